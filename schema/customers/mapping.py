"""How customers and what is known of them are read, scoped and masked."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
    Integer,
    String,
    and_,
    any_,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy import column as plain
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from domain.customers import models
from domain.customers.permissions import VIEW_CUSTOMERS
from domain.customers.scope import customer_scope
from domain.tasks.scope import with_its_customer
from geo.tables import WGS84_SRID, GridBoundary
from schema.customers.ages import age_decade
from schema.customers.edges import of_customer
from schema.customers.filters import FILTERS
from schema.customers.groups import CUSTOMER_GROUP, DIMENSIONS, MEASURES
from schema.customers.masking import is_masked, seen, seen_disagreement, seen_name
from schema.engine.keys import bigint_key
from schema.engine.mapping import (
    ByGlobalId,
    Field,
    Groups,
    Many,
    One,
    OneOf,
    OrderKey,
    Page,
    Part,
    TypeMap,
    Unnested,
    Value,
    column,
    global_id,
)
from schema.engine.ordering import words
from schema.engine.scope import Row, Scope
from schema.view import View, branches, payload, rows_of


def _scope(view: View) -> Scope:
    return branches(customer_scope(view.scope), VIEW_CUSTOMERS)


def _related(view: View) -> Scope:
    return branches(with_its_customer(view.scope, "other_id"))


def _degrees(name: str, axis: str) -> Value:
    """The customer's own point, or the centre of his grid where the place is masked: where the map draws him too."""

    def sql(row: Row, view: View) -> ColumnElement[Any]:
        if not is_masked("location", view):
            return row.c[name]
        boundary = GridBoundary.__table__.alias()  # type: ignore[attr-defined]
        centre = func.ST_Transform(
            func.ST_PointOnSurface(boundary.c.boundary_3857), literal_column(str(WGS84_SRID))
        )
        return (
            select(getattr(func, axis)(centre, type_=Double))
            .where(boundary.c.grid_id == row.c.grid_id)
            .scalar_subquery()
        )

    return Value(sql)


def _has_place(row: Row, view: View) -> ColumnElement[bool]:
    located: ColumnElement[bool] = row.c.lon_deg_wgs84.is_not(None)
    return and_(located, row.c.grid_id.is_not(None)) if is_masked("location", view) else located


def _method(row: Row, view: View) -> ColumnElement[Any]:
    if is_masked("location", view):
        return literal_column("'GRID'", String)
    kept = row.c["location_method"] if "location_method" in row.c else literal_column("'VISIT'", String)
    return func.coalesce(kept, literal_column("'ADDRESS'", String))


def _evidence(row: Row, _view: View) -> Row:
    """One statement for each rule that joined the record to others."""
    rule = func.string_to_array(row.c.evidence, literal_column("','"), type_=ARRAY(String))
    name = func.unnest(rule).table_valued(plain("name", String), with_ordinality="place").render_derived()
    said = func.jsonb_build_object(
        literal_column("'code'"),
        literal_column("'EVIDENCE_'", String) + name.c.name,
        literal_column("'values'"),
        literal_column("'{}'::jsonb"),
        type_=JSONB,
    )
    return select(said.label("statement")).select_from(name).order_by(name.c.place).correlate(row).lateral()


def _disagreeing(row: Row, _view: View) -> Row:
    """One row a source; the field goes with it, because masking follows it."""
    element = func.jsonb_array_elements(row.c["values"]).table_valued("value").render_derived()
    value = func.to_jsonb(element.c.value, type_=JSONB)
    return (
        select(
            row.c.field.label("field"),
            value["feed"].astext.label("feed"),
            value["value"].astext.label("value"),
        )
        .select_from(element)
        .correlate(row)
        .lateral()
    )


CUSTOMER = TypeMap(
    "Customer",
    {
        "id": global_id("Customer"),
        "kind": column("kind"),
        "status": column("status"),
        "name": Value(seen_name),
        "phone": Value(lambda row, view: seen("phone", row.c.phone, view)),
        "certificate": Value(lambda row, view: seen("certificate", row.c.certificate, view)),
        "address": Value(lambda row, view: seen("address", row.c.address, view)),
        "location": Part("Location", when=_has_place),
        "industry": column("industry"),
        "profile": Part("CustomerProfile"),
        "relations": Many(
            "Relation",
            of_customer,
            order=lambda relation: [relation.c.kind, relation.c.other_id],
        ),
        "sources": Many(
            "SourceRecord",
            of_customer,
            order=lambda record: [record.c.feed, record.c.id],
        ),
        "knownFacts": Many(
            "KnownFact",
            of_customer,
            order=lambda fact: [fact.c.feed, fact.c.name],
        ),
        "disagreements": Many(
            "Disagreement",
            of_customer,
            order=lambda one: [one.c.field],
        ),
    },
    rows=rows_of(models.Customer),
    scope=_scope,
    read_key=bigint_key,
    filters=FILTERS,
    orders={"NAME": OrderKey(seen_name, read=words)},
    dimensions=DIMENSIONS,
    measures=MEASURES,
)


def _said(row: Row, view: View) -> ColumnElement[Any]:
    """A word or a code; who is named in it is masked as customers are."""
    said: ColumnElement[Any] = row.c.said
    is_name = row.c.name == literal_column("'registryRepresentative'", String)
    # Nobody here knows what a third party wrote.
    is_anything = row.c.feed == literal_column("'facts'", String)
    return case((or_(is_name, is_anything), seen("name", said, view)), else_=said)


def _related_as(*kinds: str) -> Many:
    """Customers to whom this one has a relation of such a kind."""

    def related(customer: Row, other: Row, _arguments: Any) -> ColumnElement[bool]:
        relation = models.Relation.__table__.alias()  # type: ignore[attr-defined]
        found = select(relation.c.other_id).where(
            relation.c.customer_id == customer.c.id,
            relation.c.other_id == other.c.id,
            relation.c.kind.in_([literal_column(f"'{kind}'", String) for kind in kinds]),
        )
        return found.correlate(customer, other).exists()

    return Many("Customer", related, order=lambda other: [other.c.id])


PROFILE = OneOf(
    "CustomerProfile",
    kind=lambda row: row.c.kind,
    types={
        "PERSON": "PersonProfile",
        "HOUSEHOLD": "HouseholdProfile",
        "SOLE_TRADER": "BusinessProfile",
        "ENTERPRISE": "BusinessProfile",
        "ORGANISATION": "BusinessProfile",
    },
)
PERSON_PROFILE = TypeMap("PersonProfile", {"ageDecade": Value(age_decade)})
HOUSEHOLD_PROFILE = TypeMap("HouseholdProfile", {"members": _related_as("MEMBER")})
BUSINESS_PROFILE = TypeMap(
    "BusinessProfile",
    {"industry": column("industry"), "runBy": _related_as("OPERATOR", "REPRESENTATIVE")},
)

LOCATION = TypeMap(
    "Location",
    {
        "lonDeg": _degrees("lon_deg_wgs84", "ST_X"),
        "latDeg": _degrees("lat_deg_wgs84", "ST_Y"),
        "sourceDatum": Value(
            lambda row, _view: func.coalesce(row.c.source_datum, literal_column("'WGS84'", String))
        ),
        "accuracyM": Value(
            lambda row, view: (
                literal_column("null::float8", Double) if is_masked("location", view) else row.c.accuracy_m
            )
        ),
        "method": Value(_method),
    },
)

RELATION = TypeMap(
    "Relation",
    {
        "kind": column("kind"),
        "customer": One("Customer", lambda relation, other, _: other.c.id == relation.c.other_id),
    },
    rows=rows_of(models.Relation),
    key="other_id",
    scope=_related,
)

SOURCE_RECORD = TypeMap(
    "SourceRecord",
    {
        "feed": column("feed"),
        "key": Value(lambda row, view: seen("number", row.c.key, view)),
        "dataDate": column("data_date"),
        "evidence": Unnested("Statement", _evidence, weight=2),
    },
    rows=rows_of(models.SourceRecord),
)

DISAGREEMENT = TypeMap(
    "Disagreement",
    {
        "field": column("field"),
        "values": Unnested("SourceValue", _disagreeing, weight=4),
        "kept": Value(lambda row, view: seen_disagreement(row.c.field, row.c.kept, view)),
    },
    rows=rows_of(models.Disagreement),
    key="customer_id",
)

KNOWN_FACT = TypeMap(
    "KnownFact",
    {
        "name": column("name"),
        "feed": column("feed"),
        "fen": column("fen"),
        "number": Value(lambda row, _view: cast(row.c.number, Integer)),
        "text": Value(_said),
        "day": column("day_on"),
        "asOf": column("as_of"),
    },
    rows=rows_of(models.CustomerFact),
    key="name",
)

SOURCE_VALUE = TypeMap(
    "SourceValue",
    {
        "feed": column("feed"),
        "value": Value(lambda row, view: seen_disagreement(row.c.field, row.c.value, view)),
    },
)

ROOT: dict[str, Field] = {
    "customers": Page("Customer"),
    "customer": ByGlobalId("Customer"),
    "customerGroups": Groups("CustomerGroup", of="Customer"),
}
PAYLOAD = TypeMap(
    "CutLinkSuccess",
    {
        "customers": Many(
            "Customer",
            lambda _payload, customer, _: customer.c.id == any_(payload(ARRAY(BigInteger))),
            order=lambda customer: [customer.c.id],
        )
    },
    is_root=True,
)
TYPES = (
    PAYLOAD,
    CUSTOMER,
    LOCATION,
    RELATION,
    SOURCE_RECORD,
    DISAGREEMENT,
    SOURCE_VALUE,
    KNOWN_FACT,
    CUSTOMER_GROUP,
    PROFILE,
    PERSON_PROFILE,
    HOUSEHOLD_PROFILE,
    BUSINESS_PROFILE,
)
