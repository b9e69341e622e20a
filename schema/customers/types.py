"""A customer put together from all feeds, and what is known of him."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from schema.customers.inputs import CustomerKind, CustomerStatus
from schema.field_classes import c1, c2
from schema.geometry import Location
from schema.lists import read_by_the_engine
from schema.nodes import Count, Node, PageInfo, Refusal
from schema.scalars import Fen
from schema.statements import Statement


@strawberry.type(description="关系: shop and operator, household and member, firm and representative.")
class Relation:
    kind: str = c2("What the other is to this customer.")
    customer: "Customer" = c2("The other customer; relations to customers outside the scope are absent.")


@strawberry.type(description="来源记录: this customer as one feed knows him.")
class SourceRecord:
    feed: str = c1("The feed.")
    key: str = c2("The feed's own number; its end alone where the role sees masked values.")
    data_date: date = c1("The data date of the record's present state.")
    evidence: list[Statement] = c1("Why the record belongs to this customer.")


@strawberry.type(description="What one feed says of a field.")
class SourceValue:
    feed: str = c1("The feed.")
    value: str = c2("Its value, masked like the field itself.")


@strawberry.type(description="来源分歧: a field on which the bank's sources contradict each other.")
class Disagreement:
    field: str = c1("The field.")
    values: list[SourceValue] = c2("Who says what.")
    kept: str = c2("What was kept, masked like the field itself.")


@strawberry.type(
    description="已知信息: one thing that a feed tells of a customer besides who he is; one of its values is there."
)
class KnownFact:
    name: str = c1("What it is: a field of the rules (docs/rules.md).")
    feed: str = c1("Which feed tells it.")
    fen: Fen | None = c2("The value, where it is an amount.")
    number: int | None = c2("The value, where it is a number.")
    text: str | None = c2("The value, where it is a word or a code; names are masked like the customer's.")
    day: date | None = c2("The value, where it is a day.")
    as_of: date = c1("Of which day it is.")


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
    relations: list[Relation] = c2("Shop, household, firm.")
    sources: list[SourceRecord] = c2("What this customer was put together from.")
    known_facts: list[KnownFact] = c2("What feeds tell of the customer besides who he is, each with its day.")
    disagreements: list[Disagreement] = c2("Where the sources contradict each other.")


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
