"""礼品: a feature that exists in the tests alone: all that a room brings to the contract.

Gifts are given to customers by staff. Customers, staff, outlets, grids and the dashboard show them; lists of customers
are narrowed and ordered by them, groups count them.
"""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    MetaData,
    Table,
    cast,
    func,
    insert,
    literal_column,
    select,
)
from strawberry import UNSET

from domain.customers.fields import CUSTOMER
from domain.customers.models import Customer as CustomerRow
from domain.customers.scope import customer_scope
from domain.shared.audit import record
from domain.shared.errors import DomainError
from domain.shared.idempotency import Answer, answer_once
from domain.shared.parameters import Parameter, ParameterType
from domain.shared.permissions import Permission
from domain.shared.row_scope import scope_values, within
from domain.shared.rules.fields import Beside, Day, Field, FieldType
from domain.shared.rules.fields import column as asked_column
from domain.tasks.scope import with_its_customer
from geo.map_measures import MapMeasure
from schema.context import Info
from schema.customers.edges import of_customer
from schema.customers.groups import counted, one_if
from schema.customers.types import Customer
from schema.engine.given import Given
from schema.engine.keys import bigint_key
from schema.engine.mapping import (
    Many,
    One,
    OrderKey,
    Page,
    TypeMap,
    Value,
    column,
    columns,
    global_id,
)
from schema.engine.ordering import whole
from schema.engine.scope import Row, Scope
from schema.field_classes import c1, c2
from schema.global_ids import key_named
from schema.lists import read_by_the_engine
from schema.nodes import Count, Node, PageInfo, Refusal
from schema.organisation.types import Staff
from schema.permissions import read, write
from schema.rooms import Addition, SchemaRoom
from schema.scalars import Fen
from schema.view import View, branches, payload

VIEW_GIFTS = Permission("gifts.view", zh="查看礼品", en="see gifts")
GIVE_GIFT = Permission("gifts.give", zh="赠送礼品", en="give gifts")

GIFTS = Table(
    "gifts_of_the_test",
    MetaData(),
    Column("id", BigInteger, primary_key=True),
    Column("customer_id", BigInteger, nullable=False, index=True),
    Column("given_for_id", BigInteger, nullable=False),
    Column("staff_id", BigInteger, nullable=False, index=True),
    Column("given_on", Date, nullable=False),
    Column("worth_fen", BigInteger, nullable=False),
)


MOST_FEN = Parameter("gifts.most_fen", ParameterType.FEN, 5_000, "FEN", ("gifts",), lowest=0)


def _given_to_each(_day: Day) -> FromClause:
    given = select(GIFTS.c.customer_id, cast(func.sum(GIFTS.c.worth_fen), BigInteger).label("given_fen"))
    return given.group_by(GIFTS.c.customer_id).subquery("gifts_given")


GIVEN_FEN = Field(
    "givenFen",
    CUSTOMER,
    FieldType.FEN,
    asked_column("given_fen"),
    "gifts_of_the_test.worth_fen",
    level="C2",
    beside=Beside("gifts_given", "customer_id", _given_to_each),
    permission=str(VIEW_GIFTS),
)
"""What rules can ask of gifts."""


class GiftTooDear(DomainError):
    code = "GIFT_TOO_DEAR"


class NobodyToGiveTo(DomainError):
    code = "CUSTOMER_NOT_FOUND"


@strawberry.type(description="礼品: something small that a customer was given.")
class Gift(Node):
    customer: Customer = c1("The customer.")
    staff: Staff = c1("Who gave it.")
    given_on: date = c1("The day.")
    worth_fen: Fen = c2("What it cost.")


@strawberry.type(description="A gift in a list.")
class GiftEdge:
    node: Gift = c1("The gift.")
    cursor: str = c1("Where the edge lies in its list.")


@strawberry.type(description="A page of gifts, the latest first.")
class GiftConnection:
    edges: list[GiftEdge] = c1("The page.")
    page_info: PageInfo = c1("Where the page lies.")
    total_count: Count = c1("How many gifts there are within the scope.")


@strawberry.input(description="A gift for a customer.")
class GiveGiftInput:
    idempotency_key: UUID
    customer_id: strawberry.ID
    worth_fen: Fen


@strawberry.type(description="The gift is given.")
class GiveGiftSuccess:
    key: strawberry.Private[int]

    @strawberry.field(description="The gift.")
    def gift(self) -> Gift:
        read_by_the_engine()


@strawberry.type(description="GIFT_TOO_DEAR, CUSTOMER_NOT_FOUND, IDEMPOTENCY_KEY_REUSED.")
class GiftNotGiven(Refusal):
    pass


GiveGiftResult = Annotated[GiveGiftSuccess | GiftNotGiven, strawberry.union("GiveGiftResult")]


@strawberry.type
class GiftQueries:
    @read(VIEW_GIFTS, "Gifts within the viewer's scope, the latest first.")
    def gifts(self, first: int | None = UNSET, after: str | None = UNSET) -> GiftConnection:
        read_by_the_engine(first, after)


@strawberry.type
class GiftMutations:
    @write(GIVE_GIFT, "Gives a customer something worth 50 yuan at most.")
    async def give_gift(self, info: Info, input: GiveGiftInput) -> GiveGiftResult:
        key = await _give(info, input)
        return GiveGiftSuccess(key=key)


async def _give(info: Info, input: GiveGiftInput) -> int:
    actor, customer_id = info.context.who(), key_named(input.customer_id, "Customer")

    async with info.context.open_unit_of_work() as uow:

        async def act() -> Answer:
            if input.worth_fen > 5_000:
                raise GiftTooDear("礼品最多 50 元。")
            customer = CustomerRow.__table__  # type: ignore[attr-defined]
            seen = select(customer.c.id).where(
                customer.c.id == customer_id, within(customer, customer_scope(actor.form))
            )
            if (await uow.session.execute(seen, scope_values(actor))).first() is None:
                raise NobodyToGiveTo("没有找到这位客户。")
            given = insert(GIFTS).values(
                customer_id=customer_id,
                given_for_id=customer_id,
                staff_id=actor.staff_id,
                given_on=info.context.today,
                worth_fen=input.worth_fen,
            )
            made = (await uow.session.execute(given.returning(GIFTS.c.id))).scalar_one()
            await record(uow, by=actor.principal, action="gift.given", subject=f"Gift:{made}")
            return {"gift": made}

        answer = await answer_once(
            uow,
            by=actor.principal,
            key=input.idempotency_key,
            operation="giveGift",
            body={"customer": customer_id, "worth": input.worth_fen},
            act=act,
        )
    return int(answer["gift"])


def _scope(view: View) -> Scope:
    return branches(with_its_customer(view.scope), VIEW_GIFTS)


GIFT = TypeMap(
    "Gift",
    {
        "id": global_id("Gift"),
        "customer": One("Customer", lambda gift, customer, _: customer.c.id == gift.c.customer_id),
        "staff": One("Staff", lambda gift, staff, _: staff.c.id == gift.c.staff_id),
        "givenOn": column("given_on"),
        "worthFen": column("worth_fen"),
    },
    rows=lambda _view: GIFTS.alias(),
    scope=_scope,
    read_key=bigint_key,
)
LATEST = OrderKey(lambda row, _: row.c.given_on, read=date.fromisoformat)
PAYLOAD = TypeMap(
    "GiveGiftSuccess",
    {"gift": One("Gift", lambda _payload, gift, _: gift.c.id == payload(BigInteger()))},
    is_root=True,
)


@strawberry.type
class OfCustomer:
    given_fen: Fen = c2("What all gifts of the customer cost.")

    @c1("礼品, the latest first.")
    def gifts(self, first: int | None = UNSET, after: str | None = UNSET) -> GiftConnection:
        read_by_the_engine(first, after)


@strawberry.input
class CustomersGiven:
    has_gift: bool | None = UNSET


@strawberry.type
class OfGroup:
    has_gift: bool | None = c1("Whether they were given something, where it is grouped by.")
    with_gift: int = c1("Those who were given something.")


@strawberry.type
class OfStaff:
    gifts: list[Gift] = c1("What he gave, the latest first.")


@strawberry.type
class GiftsSeen:
    gifts: int = c1("Gifts of its customers within the scope.")


def _worth(customer: Row, _view: View) -> ColumnElement[Any]:
    gift = GIFTS.alias()
    found = select(cast(func.coalesce(func.sum(gift.c.worth_fen), literal_column("0")), BigInteger))
    return found.where(gift.c.customer_id == customer.c.id).correlate(customer).scalar_subquery()


def _has_gift(customer: Row) -> ColumnElement[bool]:
    gift = GIFTS.alias()
    return select(gift.c.id).where(gift.c.customer_id == customer.c.id).correlate(customer).exists()


def _kept(row: Row, asked: Given, _view: View) -> ColumnElement[bool]:
    return _has_gift(row) if asked.known() else ~_has_gift(row)


def _of_customers_in(name: str) -> Value:
    """How many gifts the viewer sees of customers whose column names the row."""

    def sql(row: Row, view: View) -> ColumnElement[Any]:
        gift, customer = GIFTS.alias(), CustomerRow.__table__.alias()  # type: ignore[attr-defined]
        found = (
            select(cast(func.count(), Integer))
            .select_from(gift.join(customer, customer.c.id == gift.c.customer_id))
            .where(customer.c[name] == row.c.id, within(customer, customer_scope(view.scope)))
        )
        return found.correlate(row).scalar_subquery()

    return Value(sql)


GIFTS_ON_THE_MAP = MapMeasure(
    "gifts",
    "(select count(*) from gifts_of_the_test t join customers c on c.id = t.customer_id where c.grid_id = g.id)",
)
GIFT_ROOM = SchemaRoom(
    "gifts",
    map_measures=(GIFTS_ON_THE_MAP,),
    types=(GIFT, PAYLOAD),
    queries=GiftQueries,
    root={"gifts": Page("Gift", newest_first=LATEST)},
    mutations=GiftMutations,
    nodes=(Gift,),
    refusals=(GiftNotGiven,),
    permissions=(VIEW_GIFTS, GIVE_GIFT),
    additions=(
        Addition(
            "Customer",
            contract=OfCustomer,
            fields={
                "givenFen": Value(_worth),
                "gifts": Page(
                    "Gift",
                    of_customer,
                    newest_first=LATEST,
                ),
            },
            filter_input=CustomersGiven,
            filters={"hasGift": _kept},
            orders={"GIVEN": OrderKey(_worth, read=whole)},
            dimensions={"HAS_GIFT": lambda row, _view: cast(_has_gift(row), Boolean)},
            measures={"withGift": counted(one_if(_has_gift))},
        ),
        Addition(
            "CustomerGroup", contract=OfGroup, fields={"hasGift": column("HAS_GIFT"), **columns("withGift")}
        ),
        Addition(
            "Staff",
            contract=OfStaff,
            fields={
                "gifts": Many(
                    "Gift",
                    lambda staff, gift, _: gift.c.staff_id == staff.c.id,
                    order=lambda gift: [gift.c.given_on.desc(), gift.c.id],
                )
            },
        ),
        Addition("OrgUnit", contract=GiftsSeen, fields={"gifts": _of_customers_in("org_unit_id")}),
        Addition("Grid", contract=GiftsSeen, fields={"gifts": _of_customers_in("grid_id")}),
        Addition("Dashboard", contract=GiftsSeen, fields={"gifts": _of_customers_in("org_unit_id")}),
    ),
)
