"""A column is written by the room that owns it and by no other: the code is read against the declarations."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
import sqlmodel
from sqlalchemy.dialects import postgresql

import domain.tables  # noqa: F401
import ml.tables  # noqa: F401
from domain.customers.models import CUSTOMERS, Customer
from domain.shared.columns import added_columns
from geo.tables import CustomerPoint
from tests.conftest import ROOT
from tests.house.column_writes import UNREADABLE, assigned, writes_of

OWN_ROOM = {"customers": "customers", "customer_points": "geo"}
TABLES = {"customers": CUSTOMERS, "customer_points": CustomerPoint.__table__}  # type: ignore[attr-defined]
FOLDERS = ("domain", "geo", "ml", "schema", "api")
"""`schema` and `api` own no column: what they write of a customer they write by a function of the owner."""
KEYS = {("customers", "id"), ("customer_points", "customer_id")}


def room_of(file: Path) -> str:
    parts = file.relative_to(ROOT).parts
    return parts[1] if parts[0] == "domain" else parts[0]


def writes() -> Iterator[tuple[str, str, str]]:
    """(room, table, column) of everything that the rooms write."""
    for folder in FOLDERS:
        for file in (ROOT / folder).rglob("*.py"):
            source = file.read_text()
            if "ustomer" in source or "CUSTOMER" in source:
                module = import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
                yield from ((room_of(file), *write) for write in writes_of(source, vars(module)))


def is_allowed(room: str, table: str, column: str) -> bool:
    """Keys are written by whoever brings a row; an expression in brackets or an alias is no column."""
    if column != UNREADABLE and column not in TABLES[table].columns:
        return True
    return (table, column) in KEYS or added_columns(TABLES[table]).get(column, OWN_ROOM[table]) == room


WRITES = sorted(set(writes()))


@pytest.mark.parametrize(("room", "table", "column"), WRITES)
def test_only_the_owner_writes_a_column(room: str, table: str, column: str) -> None:
    assert is_allowed(room, table, column)


def test_every_column_of_a_customer_has_a_writer() -> None:
    """Or the reader has gone blind."""
    found = {(table, column) for _, table, column in WRITES}
    missing = {(name, column) for name, table in TABLES.items() for column in table.columns.keys()} - found  # noqa: SIM118
    # Made by the database from the point.
    assert missing <= {("customer_points", "mercator_column"), ("customer_points", "mercator_row")}


def test_a_write_by_an_expression_is_seen_in_the_product() -> None:
    """A visit writes the customer's last one by an `update()` of an alias inside of a larger statement."""
    file = ROOT / "domain" / "tasks" / "visit_statement.py"
    module = vars(import_module("domain.tasks.visit_statement"))
    assert list(writes_of(file.read_text(), module)) == [
        ("customers", "last_visit_on"),
        ("customers", "visited_here_on"),
    ]


PLANTED = {
    "SQL": ('run("update customers c set tier = 1 where id = 2")', {"tier"}),
    "SQL with values put in": ('run(f"update customers set tier = {x}, kind = {y}")', {"tier", "kind"}),
    "SQL of an upsert": (
        'run("insert into customers (name) select 1 on conflict (id) do update set tier = 1")',
        {"name", "tier"},
    ),
    "update by names": ("session.execute(update(Customer).where(x).values(tier=1))", {"tier"}),
    "update by columns": (
        "update(CUSTOMERS).values({CUSTOMERS.c.tier: 1, col(Customer.kind): 2})",
        {"tier", "kind"},
    ),
    "update in an order": (
        'update(CUSTOMERS).ordered_values(("tier", 1), (CUSTOMERS.c.kind, 2))',
        {"tier", "kind"},
    ),
    "update by a row": ('row = {"tier": 1}\nupdate(Customer).values(**row)', {"tier"}),
    "update of an alias": (
        "def f():\n    c = Customer.__table__.alias()\n    return update(c).values(tier=1).cte()",
        {"tier"},
    ),
    "update of the table itself": ("Customer.__table__.update().values(tier=1)", {"tier"}),
    "update by the library's name": ("sqlalchemy.update(Customer).values(tier=1)", {"tier"}),
    "update by parameters": ("session.execute(update(Customer), rows)", {UNREADABLE}),
    "update by a row from elsewhere": ("update(Customer).values(elsewhere())", {UNREADABLE}),
    "insert": ('insert(CUSTOMERS).values([{"name": 1, "tier": 2}])', {"name", "tier"}),
    "insert of a select": ('row = {"tier": 1}\ninsert(Customer).from_select([*row], select(x))', {"tier"}),
    "upsert": (
        'insert(Customer).values(name=1).on_conflict_do_update(index_elements=["id"], set_={"tier": 1})',
        {"name", "tier"},
    ),
    "an object that is added": ('uow.session.add(Customer(name="x", tier=1))', {"name", "tier"}),
    "an object of the module that is made": ("session.add(models.Customer(tier=1))", {"tier"}),
    "an object that was found": (
        "async def f(s):\n    found = await s.get(Customer, 1)\n    found.tier = 1",
        {"tier"},
    ),
    "an object among others": (
        "for one in session.scalars(select(Customer).where(x)):\n    one.deposit_fen += 1",
        {"deposit_fen"},
    ),
    "an object that was given": ("def f(one: Customer | None) -> None:\n    one.tier = 1", {"tier"}),
    "an object by a name's text": ('def f(one: "Customer") -> None:\n    setattr(one, "tier", 1)', {"tier"}),
}
NAMES: dict[str, Any] = {
    "Customer": Customer,
    "CUSTOMERS": CUSTOMERS,
    "models": import_module("domain.customers.models"),
    "update": sqlmodel.update,
    "insert": postgresql.insert,
    "sqlalchemy": sqlalchemy,
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_stranger_who_writes_is_found(kind: str) -> None:
    source, columns = PLANTED[kind]
    found = set(writes_of(source, NAMES))
    assert found == {("customers", column) for column in columns}
    assert not any(is_allowed(room, *write) for write in found for room in ("api", "schema", "rules"))


@pytest.mark.parametrize(
    "source",
    [
        "found = {}\nfound.update(tier=1)",
        "def f(one: Customer) -> str:\n    return one.tier",
        "update(Staff).values(tier=1)",
        "select(Customer.tier).where(Customer.kind == 1)",
        'run("update customer_tiers set tier = 1")',
    ],
)
def test_what_is_no_write_is_none(source: str) -> None:
    assert list(writes_of(source, NAMES)) == []


def test_a_set_is_read_whole() -> None:
    found = assigned("a = f(1, 2), (b, c) = (excluded.b, excluded.c), d_1 = (select max(x) from y)")
    assert found == {"a", "b", "c", "d_1"}
