"""Who works where, and who is signed in."""

from datetime import date
from typing import Optional

import strawberry

from domain.performance.permissions import PERMISSIONS
from domain.shared import actor, org_units
from schema.field_classes import c1
from schema.lists import read_by_the_engine
from schema.nodes import Node, Refusal
from schema.permissions import enum_of

OrgUnitKind = enum_of("OrgUnitKind", org_units.OrgUnitKind.__members__, "机构类别.")
ScopeForm = enum_of(
    "ScopeForm",
    [form for form in actor.ScopeForm.__members__ if form != actor.ScopeForm.NOBODY],
    "范围形式: what a scope is made of; whose rows exactly is the server's to know.",
)
Permission = enum_of(
    "Permission",
    [one.name for one in PERMISSIONS],
    "权限: what somebody may do at all; each room adds its own.",
)


@strawberry.type(description="机构: a unit of the bank, in a tree of any depth.")
class OrgUnit(Node):
    name: str = c1("The name people use.")
    code: str = c1("The bank's own number of the unit.")
    kind: OrgUnitKind = c1("What kind of unit.")  # type: ignore[valid-type]
    parent: Optional["OrgUnit"] = c1("The unit above; null for the head office.")


@strawberry.type(description="员工. The directory of the bank is open to everybody who is signed in.")
class Staff(Node):
    name: str = c1("The name of the member of staff.")
    number: str = c1("工号.")
    role: str = c1("The code of his role; what it gives is the bank's to say.")
    org_unit: OrgUnit = c1("Where he works.")


@strawberry.type(description="Who is signed in, and what he may do.")
class Viewer:
    staff: Staff = c1("The member of staff.")
    permissions: list[Permission] = c1("Permissions, read with each request.")  # type: ignore[valid-type]
    scope: ScopeForm = c1("Of what his scope is made, read with each request.")  # type: ignore[valid-type]
    role: str = c1("The code of his role, for its words.")
    org_unit: OrgUnit = c1("Where he works.")
    data_date: date | None = c1("The data date in force; null before the first night.")
    tile_version: str = c1("Part of the address of map tiles; changes when what they show may have changed.")


@strawberry.type(description="经营看板 within the viewer's scope.")
class Dashboard:
    data_date: date = c1("The data date in force.")


@strawberry.input(description="An account with its password.")
class SignInInput:
    account: str
    password: str


@strawberry.input(description="A one-time code of an account, and the password that takes its place.")
class SetFirstPasswordInput:
    account: str
    code: str
    password: str


@strawberry.type(description="Signed in; the session is in a cookie.")
class SignInSuccess:
    @strawberry.field(description="Who is signed in now.")
    def viewer(self) -> Viewer:
        read_by_the_engine()


@strawberry.type(
    description="SIGN_IN_REFUSED: the same answer for a wrong password and an unknown account. "
    "TOO_MANY_SIGN_IN_FAILURES: after fifty from one address its turns come every six seconds, and this was none. "
    "PASSWORD_TO_BE_SET: a one-time code fits, which opens nothing but setFirstPassword. CODE_EXPIRED: it did once. "
    "PASSWORD_NOT_GOOD: what was to be a password."
)
class SignInRefused(Refusal):
    pass
