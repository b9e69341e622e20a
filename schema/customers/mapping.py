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
    cast,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from domain.customers import models
from domain.customers.permissions import VIEW_CUSTOMERS
from domain.customers.scope import customer_scope
from domain.products.models import Deposit, Loan
from domain.tasks.scope import with_its_customer
from geo.tables import WGS84_SRID, GridBoundary
from ml.tables import ModelVersion, Score, ScoreReason, ScoreRun
from schema.customers.filters import FILTERS, read_date
from schema.customers.groups import CUSTOMER_GROUP, CUSTOMER_GROUPS
from schema.customers.masking import is_masked, seen, seen_disagreement, seen_name
from schema.engine.keys import bigint_key
from schema.engine.mapping import (
    ByGlobalId,
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
from schema.engine.ordering import number, whole, words
from schema.engine.scope import Row, Scope
from schema.grids.mapping import in_force
from schema.tasks.visits_page import VISITS_OF_CUSTOMER
from schema.view import TODAY, View, branches, payload, rows_of


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


def _scores(_view: View) -> Row:
    """Scores with the run that made them, its version, and the reasons that belong to the same run."""
    score, run = Score.__table__.alias(), ScoreRun.__table__.alias()  # type: ignore[attr-defined]
    version, reason = ModelVersion.__table__.alias(), ScoreReason.__table__.alias()  # type: ignore[attr-defined]
    same_run = and_(
        reason.c.model == score.c.model,
        reason.c.customer_id == score.c.customer_id,
        reason.c.night_run_id == run.c.night_run_id,
    )
    joined = (
        score.join(run, run.c.model == score.c.model)
        .join(version, version.c.id == run.c.model_version_id)
        .outerjoin(reason, same_run)
    )
    none: ColumnElement[Any] = literal_column("'[]'::jsonb")
    columns = (run.c.data_date, version.c.version, func.coalesce(reason.c.reasons, none).label("reasons"))
    return select(score, *columns).select_from(joined).subquery()


CUSTOMER = TypeMap(
    "Customer",
    {
        "id": global_id("Customer"),
        "kind": column("kind"),
        "tier": column("tier"),
        "status": column("status"),
        "name": Value(seen_name),
        "phone": Value(lambda row, view: seen("phone", row.c.phone, view)),
        "certificate": Value(lambda row, view: seen("certificate", row.c.certificate, view)),
        "address": Value(lambda row, view: seen("address", row.c.address, view)),
        "location": Part("Location", when=_has_place),
        "industry": column("industry"),
        "profile": Part("CustomerProfile"),
        "grid": One("Grid", lambda customer, grid, _: grid.c.id == customer.c.grid_id),
        "owner": One("Staff", lambda customer, staff, _: staff.c.id == customer.c.owner_id),
        "posts": Many(
            "Post",
            lambda customer, post, _: and_(post.c.grid_id == customer.c.grid_id, in_force(post)),
            order=lambda post: [post.c.role, post.c.id],
        ),
        "relations": Many(
            "Relation",
            lambda customer, relation, _: relation.c.customer_id == customer.c.id,
            order=lambda relation: [relation.c.kind, relation.c.other_id],
        ),
        "sources": Many(
            "SourceRecord",
            lambda customer, record, _: record.c.customer_id == customer.c.id,
            order=lambda record: [record.c.feed, record.c.id],
        ),
        "disagreements": Many(
            "Disagreement",
            lambda customer, one, _: one.c.customer_id == customer.c.id,
            order=lambda one: [one.c.field],
        ),
        "deposits": Many(
            "Deposit",
            lambda customer, deposit, _: deposit.c.customer_id == customer.c.id,
            order=lambda deposit: [deposit.c.balance_fen.desc(), deposit.c.account_no],
        ),
        "loans": Many(
            "Loan",
            lambda customer, loan, _: loan.c.customer_id == customer.c.id,
            order=lambda loan: [loan.c.end_on, loan.c.number],
        ),
        "depositFen": column("deposit_fen"),
        "loanFen": column("loan_fen"),
        "lineFen": column("line_fen"),
        "scores": Many(
            "Score",
            lambda customer, score, _: score.c.customer_id == customer.c.id,
            order=lambda score: [score.c.model],
        ),
        "attritionScore": column("attrition_score"),
        "attritionBand": column("attrition_band"),
        "lastVisitOn": column("last_visit_on"),
        "dueOn": column("due_on"),
        "visits": VISITS_OF_CUSTOMER,
    },
    rows=rows_of(models.Customer),
    scope=_scope,
    read_key=bigint_key,
)


def _age_decade(row: Row, _view: View) -> ColumnElement[Any]:
    years = func.extract("year", func.age(TODAY, row.c.birth_on))
    decade: ColumnElement[Any] = func.floor(years / literal_column("10")) * literal_column("10")
    return cast(decade, Integer)


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
PERSON_PROFILE = TypeMap("PersonProfile", {"ageDecade": Value(_age_decade)})
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
        "evidence": column("evidence"),
    },
    rows=rows_of(models.SourceRecord),
)

DISAGREEMENT = TypeMap(
    "Disagreement",
    {
        "field": column("field"),
        "values": Unnested("SourceValue", _disagreeing),
        "kept": Value(lambda row, view: seen_disagreement(row.c.field, row.c.kept, view)),
    },
    rows=rows_of(models.Disagreement),
    key="customer_id",
)

SOURCE_VALUE = TypeMap(
    "SourceValue",
    {
        "feed": column("feed"),
        "value": Value(lambda row, view: seen_disagreement(row.c.field, row.c.value, view)),
    },
)

DEPOSIT = TypeMap(
    "Deposit",
    {
        "product": column("product"),
        "balanceFen": column("balance_fen"),
        "average3mFen": column("average_3m_fen"),
        "openedOn": column("opened_on"),
    },
    rows=rows_of(Deposit),
    key="account_no",
)

LOAN = TypeMap(
    "Loan",
    {
        "number": Value(lambda row, view: seen("number", row.c.number, view)),
        "product": column("product"),
        "balanceFen": column("balance_fen"),
        "rateBps": column("rate_bps"),
        "startOn": column("start_on"),
        "endOn": column("end_on"),
        "overdueDays": column("overdue_days"),
    },
    rows=rows_of(Loan),
    key="number",
)

SCORE = TypeMap(
    "Score",
    {
        "model": column("model"),
        "version": column("version"),
        "dataDate": column("data_date"),
        "value": column("value"),
        "band": column("band"),
        "reasons": column("reasons"),
    },
    rows=_scores,
    key="model",
)

ROOT = {
    "customers": Page(
        "Customer",
        lambda _root, _customer, _: true(),
        orders={
            "NAME": OrderKey(seen_name, read=words),
            "ATTRITION_SCORE": OrderKey(lambda row, _: row.c.attrition_score, read=number, is_nullable=True),
            "DEPOSIT": OrderKey(lambda row, _: row.c.deposit_fen, read=whole),
            "LOAN": OrderKey(lambda row, _: row.c.loan_fen, read=whole),
            "LAST_VISIT": OrderKey(lambda row, _: row.c.last_visit_on, read=read_date, is_nullable=True),
        },
        filters=FILTERS,
    ),
    "customer": ByGlobalId("Customer"),
    "customerGroups": CUSTOMER_GROUPS,
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
    DEPOSIT,
    LOAN,
    SCORE,
    CUSTOMER_GROUP,
    PROFILE,
    PERSON_PROFILE,
    HOUSEHOLD_PROFILE,
    BUSINESS_PROFILE,
)
