"""Who works where, and who is signed in."""

from datetime import date
from typing import Optional

import strawberry

from schema.field_classes import c1
from schema.lists import read_by_the_engine
from schema.nodes import Node, Refusal


@strawberry.type(description="机构: the head office or one of its outlets.")
class OrgUnit(Node):
    name: str = c1("The name people use.")
    code: str = c1("The bank's own number of the unit.")
    kind: str = c1("HEAD_OFFICE or OUTLET.")
    parent: Optional["OrgUnit"] = c1("The unit above; null for the head office.")


@strawberry.type(description="员工. The directory of the bank is open to everybody who is signed in.")
class Staff(Node):
    name: str = c1("The name of the member of staff.")
    number: str = c1("工号.")
    role: str = c1("HEAD_OFFICE, ADMINISTRATOR, OUTLET_MANAGER or CUSTOMER_MANAGER.")
    org_unit: OrgUnit = c1("Where he works.")


@strawberry.type(description="Who is signed in, and what he may do.")
class Viewer:
    staff: Staff = c1("The member of staff.")
    permissions: list[str] = c1("Permissions, read with each request.")
    role: str = c1("HEAD_OFFICE, ADMINISTRATOR, OUTLET_MANAGER or CUSTOMER_MANAGER.")
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


@strawberry.type(description="Signed in; the session is in a cookie.")
class SignInSuccess:
    @strawberry.field(description="Who is signed in now.")
    def viewer(self) -> Viewer:
        read_by_the_engine()


@strawberry.type(
    description="SIGN_IN_REFUSED: the same answer for a wrong password and an unknown account. "
    "TOO_MANY_SIGN_IN_FAILURES: fifty from one address within 15 minutes."
)
class SignInRefused(Refusal):
    pass
