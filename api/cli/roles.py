"""`./yunge role …`: what each role may do and see."""

import psycopg
import typer

from api.local.place import Place
from api.local.status import noted_database
from api.local.words import t

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


@roles.callback()
def _group() -> None:
    """Keeps `list` a command of its own while it is the only one."""


@roles.command(
    name="list", help=t("列出全部角色：数据范围、脱敏、权限", "List all roles: scope, masking, permissions")
)
def list_roles() -> None:
    from schema.root import CONTRACT

    words = {str(one): t(one.zh, one.en) for one in CONTRACT.permissions}
    url = noted_database(Place.default())
    with psycopg.connect(url) as database:
        found = database.execute(
            "select code, name, scope, mask, permissions from roles order by position, code"
        ).fetchall()
    for code, name, scope, mask, permissions in found:
        print(f"{code}  {name}  {SCOPES[scope]}  {MASKS.get(mask, MASKS['ALL'])}")
        print("    " + t("、", ", ").join(words.get(one, _unknown(one)) for one in permissions))


def _unknown(code: str) -> str:
    return t(f"{code}（本版本没有，不生效）", f"{code} (not known to this version, gives nothing)")
