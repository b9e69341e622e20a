"""The accounts of one's own people, and handing out codes for them."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

import strawberry
from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    String,
    and_,
    any_,
    case,
    literal_column,
    text,
)
from sqlalchemy import column as sql_column

from domain.shared.accounts import ACCOUNTS_OF_STAFF
from domain.shared.actor import ScopeForm
from domain.shared.permissions import VIEW_ACCOUNTS
from domain.shared.row_scope import ACTOR_STAFF, ACTOR_UNIT, ACTOR_UNITS
from schema.engine.mapping import Field, One, Page, TypeMap, Value, column
from schema.engine.scope import NOTHING, Only, Row, Scope
from schema.field_classes import c1
from schema.lists import read_by_the_engine
from schema.nodes import Count, PageInfo, Refusal
from schema.organisation.types import Staff
from schema.view import View, may, payload


@strawberry.enum(
    description="账号状态: NONE until a code is handed out, CODE until its use, CODE_OVER without one, then OPEN; "
    "LOCKED for a while, DISABLED by the operator, ENDED with the employment."
)
class AccountState(Enum):
    NONE = "NONE"
    CODE = "CODE"
    CODE_OVER = "CODE_OVER"
    OPEN = "OPEN"
    LOCKED = "LOCKED"
    DISABLED = "DISABLED"
    ENDED = "ENDED"


@strawberry.type(
    description="员工账号: a member of staff of the viewer's units with his way in, or without one."
)
class StaffAccount:
    staff: Staff = c1("Whose it is.")
    account: str = c1("What he signs in with.")
    state: AccountState = c1("Where it stands.")
    code_until: datetime | None = c1(
        "Until when the code that was handed out is good; null where there is none."
    )
    locked_until: datetime | None = c1("Until when wrong tries lock it.")
    signed_in_at: datetime | None = c1("When he last signed in, as far as sessions are kept.")
    hindrance: str | None = c1(
        "The code of what stands in the way of a code from the viewer; null where he may."
    )


@strawberry.type(description="An account in its list.")
class StaffAccountEdge:
    node: StaffAccount = c1("The account.")
    cursor: str = c1("Where it stands in the list.")


@strawberry.type(description="A page of accounts.")
class StaffAccountConnection:
    edges: list[StaffAccountEdge] = c1("The accounts of the page.")
    page_info: PageInfo = c1("Where the page lies.")
    total_count: Count = c1("How many there are.")


@strawberry.input(description="Hands out a one-time code; whatever password there was ends.")
class HandOutCodeInput:
    idempotency_key: UUID
    staff_id: strawberry.ID


@strawberry.type(description="The code, shown this once: it is kept as a hash alone.")
class HandOutCodeSuccess:
    key: strawberry.Private[int | None]
    given: strawberry.Private[str]
    name: strawberry.Private[str]

    @strawberry.field(description="What its holder types in the place of a password.")
    def code(self) -> str:
        return self.given

    @strawberry.field(description="What he signs in with.")
    def account(self) -> str:
        return self.name

    @strawberry.field(description="The account as it stands now.")
    def staff_account(self) -> StaffAccount | None:
        read_by_the_engine()


@strawberry.type(
    description="ACCOUNT_HOLDER_NOT_FOUND, OWN_ACCOUNT, ACCOUNT_DISABLED, EMPLOYMENT_ENDED, ACCOUNT_DECIDES, "
    "ACCOUNT_SEES_MORE, ACCOUNT_NAME_TAKEN, IDEMPOTENCY_KEY_REUSED."
)
class CodeNotHandedOut(Refusal):
    pass


HandOutCodeResult = Annotated[HandOutCodeSuccess | CodeNotHandedOut, strawberry.union("HandOutCodeResult")]

_COLUMNS = (
    ("id", BigInteger()),
    ("org_unit_id", BigInteger()),
    ("account", String()),
    ("state", String()),
    ("code_until", DateTime(timezone=True)),
    ("locked_until", DateTime(timezone=True)),
    ("signed_in_at", DateTime(timezone=True)),
    ("hindrance", String()),
    ("sees_far", Boolean()),
)


def _rows(_view: View) -> Row:
    return text(ACCOUNTS_OF_STAFF).columns(*(sql_column(name, kind) for name, kind in _COLUMNS)).subquery()


def _hindrance(row: Row, view: View) -> ColumnElement[Any]:
    """The code with which handing out would be refused, in the order in which the rule looks."""
    sees_more = literal_column("false", Boolean) if view.scope is ScopeForm.BANK else row.c.sees_far
    return case(
        (row.c.id == ACTOR_STAFF, literal_column("'OWN_ACCOUNT'", String)),
        (row.c.hindrance.is_not(None), row.c.hindrance),
        (sees_more, literal_column("'ACCOUNT_SEES_MORE'", String)),
        else_=literal_column("null::text", String),
    )


def _own_units(view: View) -> Scope:
    shown: dict[ScopeForm, Any] = {
        ScopeForm.BANK: lambda row: row.c.id > 0,
        ScopeForm.UNIT: lambda row: row.c.org_unit_id == ACTOR_UNIT,
        ScopeForm.UNITS: lambda row: row.c.org_unit_id == any_(ACTOR_UNITS),
        ScopeForm.MIXED: lambda row: row.c.org_unit_id == any_(ACTOR_UNITS),
    }
    seen = shown.get(view.scope)
    return NOTHING if seen is None else (Only(lambda row: and_(may(VIEW_ACCOUNTS), seen(row))),)


STAFF_ACCOUNT = TypeMap(
    "StaffAccount",
    {
        "staff": One("Staff", lambda row, staff, _: staff.c.id == row.c.id),
        "account": column("account"),
        "state": column("state"),
        "codeUntil": column("code_until"),
        "lockedUntil": column("locked_until"),
        "signedInAt": column("signed_in_at"),
        "hindrance": Value(_hindrance),
    },
    rows=_rows,
    scope=_own_units,
)
CODE_PAYLOAD = TypeMap(
    "HandOutCodeSuccess",
    {"staffAccount": One("StaffAccount", lambda _payload, row, _: row.c.id == payload(BigInteger()))},
    is_root=True,
)
ACCOUNTS_ROOT: dict[str, Field] = {"staffAccounts": Page("StaffAccount")}
ACCOUNT_TYPES = (STAFF_ACCOUNT, CODE_PAYLOAD)
