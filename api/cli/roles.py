"""`./yunge role …`: what each role may do and see, and proposing that it be otherwise."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import psycopg
import typer

from api.cli.signed import By, Reason, database_url, signed_in, told_proposed
from api.local.words import t
from domain.shared.actor import Actor, RoleScope
from domain.shared.masks import Mask

if TYPE_CHECKING:
    from domain.shared.roles import RoleRights
    from domain.shared.unit_of_work import OpenUnitOfWork

roles = typer.Typer(
    no_args_is_help=True, help=t("角色：权限、脱敏、数据范围", "Roles: permissions, masking, scope")
)

SCOPES = {
    "BANK": t("全行", "the bank"),
    "OWN_UNIT": t("本机构及下级", "own unit and below"),
    "OWN_GRIDS": t("本人网格", "own grids"),
    "NOTHING": t("无客户", "no customers"),
}
MASKS = {
    "FULL_OWN": t("仅证件脱敏", "certificates masked"),
    "OUTLET": t("证件、手机脱敏", "certificates and phones masked"),
    "HEAD": t("个人信息脱敏", "persons masked"),
    "ALL": t("全部脱敏", "all masked"),
}


@roles.command(
    name="list", help=t("列出全部角色：数据范围、脱敏、权限", "List all roles: scope, masking, permissions")
)
def list_roles() -> None:
    from schema.root import CONTRACT

    words = {str(one): t(one.zh, one.en) for one in CONTRACT.permissions}
    with psycopg.connect(database_url()) as database:
        found = database.execute(
            "select code, name, scope, mask, permissions from roles order by position, code"
        ).fetchall()
    for code, name, scope, mask, permissions in found:
        print(f"{code}  {name}  {SCOPES[scope]}  {MASKS.get(mask, MASKS['ALL'])}")
        print("    " + t("、", ", ").join(words.get(one, _unknown(one)) for one in permissions))


def _unknown(code: str) -> str:
    return t(f"{code}（本版本没有，不生效）", f"{code} (not known to this version, gives nothing)")


Code = Annotated[
    str,
    typer.Argument(
        help=t("角色代码；还没有的就是新角色", "the role's code; one that there is not makes a new role"),
        show_default=False,
    ),
]


@roles.command(
    help=t(
        "提议修改角色，没有的选项保持不变；另一位同事同意后立即生效",
        "Propose other rights of a role; what is not named stays. It holds as soon as a colleague agrees",
    )
)
def propose(
    code: Code,
    by: By,
    reason: Reason,
    name: Annotated[str | None, typer.Option(help=t("名称", "its name for people"))] = None,
    give: Annotated[
        list[str] | None,
        typer.Option(help=t("增加的权限，可重复", "a permission that it gets; may be repeated")),
    ] = None,
    take: Annotated[
        list[str] | None,
        typer.Option(help=t("去掉的权限，可重复", "a permission that it loses; may be repeated")),
    ] = None,
    mask: Annotated[
        Mask | None, typer.Option(case_sensitive=False, help=t("脱敏", "what it sees masked"))
    ] = None,
    scope: Annotated[
        RoleScope | None, typer.Option(case_sensitive=False, help=t("数据范围", "which rows it has"))
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
