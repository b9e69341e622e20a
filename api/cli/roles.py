"""`./yunge role …`: what each role may do and see, and proposing that it be otherwise."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import psycopg
import typer

from api.cli.signed import By, Reason, database_url, signed_in, told_proposed
from api.local.words import is_english, t
from domain.shared.actor import Actor, RoleScope
from domain.shared.masks import Mask

if TYPE_CHECKING:
    from domain.shared.roles import RoleRights
    from domain.shared.unit_of_work import OpenUnitOfWork

roles = typer.Typer(no_args_is_help=True, help=t("roles.roles_permissions_masking"))

SCOPES = {
    "BANK": t("roles.bank"),
    "OWN_UNIT": t("roles.own_unit_below"),
    "OWN_GRIDS": t("roles.own_grids"),
    "NOTHING": t("roles.no_customers"),
}
MASKS = {
    "FULL_OWN": t("roles.certificates_masked"),
    "OUTLET": t("roles.certificates_phones_masked"),
    "HEAD": t("roles.persons_masked"),
    "ALL": t("roles.all_masked"),
}


@roles.command(name="list", help=t("roles.list_all_roles"))
def list_roles() -> None:
    from schema.root import CONTRACT

    words = {str(one): one.en if is_english() else one.zh for one in CONTRACT.permissions}
    with psycopg.connect(database_url()) as database:
        found = database.execute(
            "select code, name, scope, mask, permissions from roles order by position, code"
        ).fetchall()
    for code, name, scope, mask, permissions in found:
        print(f"{code}  {name}  {SCOPES[scope]}  {MASKS.get(mask, MASKS['ALL'])}")
        print("    " + t("roles.words").join(words.get(one, _unknown(one)) for one in permissions))


def _unknown(code: str) -> str:
    return t("roles.not_known_this", code=code)


Code = Annotated[
    str,
    typer.Argument(
        help=t("roles.role_code_one"),
        show_default=False,
    ),
]


@roles.command(help=t("roles.propose_other_rights"))
def propose(
    code: Code,
    by: By,
    reason: Reason,
    name: Annotated[str | None, typer.Option(help=t("roles.name_for_people"))] = None,
    give: Annotated[
        list[str] | None,
        typer.Option(help=t("roles.permission_that_gets")),
    ] = None,
    take: Annotated[
        list[str] | None,
        typer.Option(help=t("roles.permission_that_loses")),
    ] = None,
    mask: Annotated[Mask | None, typer.Option(case_sensitive=False, help=t("roles.what_sees_masked"))] = None,
    scope: Annotated[
        RoleScope | None, typer.Option(case_sensitive=False, help=t("roles.which_rows_has"))
    ] = None,
) -> None:
    from domain.shared.proposals import propose as write
    from domain.shared.role_changes import ROLE, role_change
    from domain.shared.roles import NO_RIGHTS, RoleRights, role_named
    from schema.root import KINDS

    def changed(before: "RoleRights") -> "RoleRights":
        permissions = before.permissions.union(give or ()).difference(take or ())
        return RoleRights(permissions, mask or before.mask, scope or before.scope)

    async def act(open_unit_of_work: "OpenUnitOfWork", actor: Actor, now: datetime) -> int:
        kind = next(one for one in KINDS if one.name == ROLE)
        async with open_unit_of_work() as uow:
            named, before = await role_named(uow, code) or ("", NO_RIGHTS)
            change = role_change(code, name or named, changed(before))
            return await write(uow, actor, kind, change, key=uuid4(), reason=reason, until=None, now=now)

    told_proposed(signed_in(by, act))
