"""`./yunge role …`: what each role may do and see."""

import psycopg
import typer

from api.local.place import Place
from api.local.status import noted_or_refuse
from api.local.words import is_english, t

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


@roles.callback()
def _group() -> None:
    """Keeps `list` a command of its own while it is the only one."""


@roles.command(name="list", help=t("roles.list_all_roles"))
def list_roles() -> None:
    from schema.root import CONTRACT

    words = {str(one): one.en if is_english() else one.zh for one in CONTRACT.permissions}
    url = str(noted_or_refuse(Place.default())["database_url"])
    with psycopg.connect(url) as database:
        found = database.execute(
            "select code, name, scope, mask, permissions from roles order by position, code"
        ).fetchall()
    for code, name, scope, mask, permissions in found:
        print(f"{code}  {name}  {SCOPES[scope]}  {MASKS.get(mask, MASKS['ALL'])}")
        print("    " + t("roles.words").join(words.get(one, _unknown(one)) for one in permissions))


def _unknown(code: str) -> str:
    return t("roles.not_known_this", code=code)
