"""A customer put together from all feeds, and what is known of him."""

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from schema.customers.inputs import CustomerKind, CustomerStatus, CustomerTier
from schema.field_classes import c1, c2
from schema.geometry import Location
from schema.lists import read_by_the_engine
from schema.nodes import Count, Node, PageInfo, Refusal
from schema.organisation.types import Staff
from schema.scalars import Fen

if TYPE_CHECKING:
    from schema.grids.types import Grid, Post
    from schema.tasks.types import VisitConnection


@strawberry.type(description="关系: shop and operator, household and member, firm and representative.")
class Relation:
    kind: str = c2("What the other is to this customer.")
    customer: "Customer" = c2("The other customer; relations to customers outside the scope are absent.")


@strawberry.type(description="来源记录: this customer as one feed knows him.")
class SourceRecord:
    feed: str = c1("The feed.")
    key: str = c2("The feed's own number; its end alone where the role sees masked values.")
    data_date: date = c1("The data date of the record's present state.")
    evidence: str = c1("Why the record belongs to this customer.")


@strawberry.type(description="What one feed says of a field.")
class SourceValue:
    feed: str = c1("The feed.")
    value: str = c2("Its value, masked like the field itself.")


@strawberry.type(description="来源分歧: a field on which the bank's sources contradict each other.")
class Disagreement:
    field: str = c1("The field.")
    values: list[SourceValue] = c2("Who says what.")
    kept: str = c2("What was kept, masked like the field itself.")


@strawberry.type(description="存款账户.")
class Deposit:
    product: str = c2("The product.")
    balance_fen: Fen = c2("The balance at the data date.")
    average3m_fen: Fen = c2("The average balance of three months.", name="average3mFen")
    opened_on: date = c1("When it was opened.")


@strawberry.type(description="贷款借据.")
class Loan:
    number: str = c2("借据号; its end alone where the role sees masked values.")
    product: str = c2("The product.")
    balance_fen: Fen = c2("The balance at the data date.")
    rate_bps: int = c2("The yearly rate in basis points: 435 is 4.35 %.")
    start_on: date = c2("The day it was drawn.")
    end_on: date = c2("The day it is due.")
    overdue_days: int = c2("Days overdue; 0 when none.")


@strawberry.type(description="评分: a model's value for this customer.")
class Score:
    model: str = c1("The model.")
    version: str = c1("The model's version.")
    data_date: date = c1("The data date it was computed from.")
    value: float = c2("The calibrated probability.")
    band: int = c2("1 (low) to 5 (high).")
    reasons: list[str] = c2(
        "The three strongest reasons in Chinese; empty until asked for outside the top 50."
    )


@strawberry.type(description="个人概况.")
class PersonProfile:
    age_decade: int | None = c2(
        "The decade of the age: 30 for 30 to 39. A birthday would tell the certificate."
    )


@strawberry.type(description="家庭概况.")
class HouseholdProfile:
    members: list["Customer"] = c2("Members who are customers within the scope.")


@strawberry.type(description="经营概况: of a shop, a firm or another organisation.")
class BusinessProfile:
    industry: str | None = c1("行业, GB/T 4754.")
    run_by: list["Customer"] = c2("Operators and representatives who are customers within the scope.")


CustomerProfile = Annotated[
    PersonProfile | HouseholdProfile | BusinessProfile,
    strawberry.union(
        "CustomerProfile", description="客户概况: what there is to say of a customer of this kind."
    ),
]


@strawberry.type(description="客户: one party put together from all feeds.")
class Customer(Node):
    kind: CustomerKind = c1("客户类别.")
    tier: CustomerTier = c1("客户分层.")
    status: CustomerStatus = c1("客户状态.")
    name: str = c2("The name; 张** where the role sees masked values.")
    phone: str | None = c2("The mobile; 138****5678 where the role sees masked values.")
    certificate: str | None = c2("The certificate's number, always masked.")
    address: str | None = c2("The address; down to the village where the role sees masked values.")
    location: Location | None = c2(
        "Where the customer is; the grid's centre where the role sees masked values."
    )
    industry: str | None = c1("行业, GB/T 4754.")
    profile: CustomerProfile = c2("What there is to say of a customer of this kind.")
    grid: Annotated["Grid", strawberry.lazy("schema.grids.types")] | None = c1(
        "The small grid; null without a point."
    )
    owner: Staff | None = c1("主办: who sits on the A post of the grid.")
    posts: list[Annotated["Post", strawberry.lazy("schema.grids.types")]] = c1(
        "A and B of the customer's grid."
    )
    relations: list[Relation] = c2("Shop, household, firm.")
    sources: list[SourceRecord] = c2("What this customer was put together from.")
    disagreements: list[Disagreement] = c2("Where the sources contradict each other.")
    deposits: list[Deposit] = c2("Accounts at the data date.")
    loans: list[Loan] = c2("Loans at the data date.")
    deposit_fen: Fen = c2("All deposits.")
    loan_fen: Fen = c2("All loans.")
    line_fen: Fen = c2("All credit lines in force.")
    scores: list[Score] = c2("What the models in force say.")
    attrition_score: float | None = c2("The attrition score in force.")
    attrition_band: int | None = c2("Its band, 1 (low) to 5 (high).")
    last_visit_on: date | None = c1("The day of the last visit.")
    due_on: date | None = c1("By when somebody is to see the customer.")

    @c2("走访, the latest first.")
    def visits(
        self, first: int | None = UNSET, after: str | None = UNSET
    ) -> Annotated["VisitConnection", strawberry.lazy("schema.tasks.types")]:
        read_by_the_engine(first, after)


@strawberry.type(description="A customer in a list.")
class CustomerEdge:
    node: Customer = c1("The customer.")
    cursor: str = c1("Where the edge lies in its list.")


@strawberry.type(description="A page of customers within the viewer's scope.")
class CustomerConnection:
    edges: list[CustomerEdge] = c1("The page.")
    page_info: PageInfo = c1("Where the page lies.")
    total_count: Count = c1("How many customers match, within the scope.")


@strawberry.input(description="Two source records that are not one party, whatever the evidence.")
class CutLinkInput:
    idempotency_key: UUID
    feed_a: str
    key_a: str
    feed_b: str
    key_b: str
    reason: str


@strawberry.type(description="The link is cut.")
class CutLinkSuccess:
    key: strawberry.Private[list[int]]

    @strawberry.field(description="The customers to whom the two records belong now.")
    def customers(self) -> list[Customer]:
        read_by_the_engine()


@strawberry.type(description="RECORD_NOT_FOUND, RECORDS_NOT_LINKED, REASON_MISSING, IDEMPOTENCY_KEY_REUSED.")
class LinkNotCut(Refusal):
    pass
