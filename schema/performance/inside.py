"""Count what lies inside of a grid or an area, as somebody may read it."""

from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy import bindparam as given_value

from domain.customers.models import Customer
from domain.customers.scope import customer_scope
from domain.grids.models import Grid
from domain.performance.inside import (
    MOST_CUSTOMERS,
    TURNOVER_FROM_WAN,
    WAN_FEN,
    Like,
    Place,
    Question,
    counted,
    released,
)
from domain.products.month_end_fields import POS_VOLUME_FEN
from domain.shared.data_date import DATA_DATE
from domain.shared.row_scope import within
from domain.shared.rules.predicate import value_of
from schema.context import Context
from schema.customers.ages import age_decade
from schema.customers.areas import inside
from schema.customers.masking import is_masked
from schema.engine.errors import BadRequest, complaint
from schema.engine.given import Given, Parameters, Slot
from schema.engine.rendering import render
from schema.engine.scope import Row
from schema.performance.inside_types import InsideAnswers, InsideCell, InsideStatistics
from schema.view import View, values_of, view_of

_CODE = "BAD_PLACE"
ONE_PLACE = BadRequest(complaint(_CODE, "PLACE_NOT_ONE"))
_TOO_MANY = complaint(_CODE, "PLACE_TOO_LARGE", takes=("most",))
_NOTHING: Any = literal_column("0", BigInteger)


async def statistics_inside(context: Context, grid_id: int | None, area: Any | None) -> InsideStatistics:
    """Of a grid, small or large, or of an area. Raises BadRequest for what is no area, and for too many customers."""
    view = view_of(context.actor)
    parameters = Parameters({"area": area, "grid": grid_id})
    statement = render(_asked(view, parameters, by_area=area is not None), parameters)
    values = {**values_of(context.actor, context.today), "inside_grid": grid_id}
    answer = await context.fetch(statement.text, statement.parameters(parameters.variables, values))
    likes = [Like(*one) for one in orjson.loads(answer or "[]")]
    if sum(like.customers for like in likes) > MOST_CUSTOMERS:
        raise BadRequest(_TOO_MANY, most=MOST_CUSTOMERS)
    is_guarded = is_masked("name", view)
    return _said(released(likes) if is_guarded else counted(likes), is_guarded=is_guarded)


def _asked(view: View, parameters: Parameters, *, by_area: bool) -> Select[Any]:
    """One row for customers who are alike, as a JSON array of the fields of `Like`."""
    customer = Customer.__table__.alias()  # type: ignore[attr-defined]
    place = inside(customer, Given(Slot(("area",)), parameters), view) if by_area else _in_grid(customer)
    found = (
        select(
            customer.c.grid_id,
            customer.c.kind,
            age_decade(customer, view).label("age_decade"),
            func.substr(customer.c.industry, 1, 1, type_=String).label("industry"),
            _turnover_band(customer).label("turnover_band"),
            (customer.c.deposit_fen > _NOTHING).label("has_deposit"),
            (customer.c.loan_fen > _NOTHING).label("has_loan"),
            (customer.c.line_fen > _NOTHING).label("has_line"),
        )
        .where(
            customer.c.status == literal_column("'ACTIVE'", String),
            within(customer, customer_scope(view.scope)),
            place,
        )
        .limit(literal_column(str(MOST_CUSTOMERS + 1)))
        .subquery()
    )
    has_pos = func.coalesce(found.c.turnover_band > literal_column("0"), literal_column("false"))
    alike = select(*found.c, has_pos.label("has_pos"), func.count().label("customers")).group_by(*found.c)
    rows = alike.subquery()
    return select(cast(func.json_agg(func.json_build_array(*rows.c)), String))


def _in_grid(customer: Row) -> ColumnElement[bool]:
    """A small grid, or those of a large one."""
    grid = Grid.__table__.alias()  # type: ignore[attr-defined]
    asked: ColumnElement[Any] = given_value("inside_grid", type_=BigInteger)
    found = select(grid.c.id).where((grid.c.id == asked) | (grid.c.parent_id == asked))
    kept: ColumnElement[bool] = customer.c.grid_id.in_(found)
    return kept


def _turnover_band(customer: Row) -> ColumnElement[Any]:
    volume = value_of(POS_VOLUME_FEN[12], customer, literal_column(DATA_DATE, Date))
    known = select(volume.label("fen")).correlate(customer).subquery().lateral()
    bands: list[tuple[ColumnElement[bool], ColumnElement[Any]]] = [
        (known.c.fen < literal_column(str(limit_wan * WAN_FEN)), literal_column(str(band)))
        for band, limit_wan in enumerate(TURNOVER_FROM_WAN, start=1)
    ]
    band = case(
        (known.c.fen.is_(None), literal_column("null::integer")),
        (known.c.fen <= _NOTHING, literal_column("0")),
        *bands,
        else_=literal_column(str(len(TURNOVER_FROM_WAN) + 1)),
    )
    return select(cast(band, Integer)).select_from(known).scalar_subquery()


def _said(place: Place, *, is_guarded: bool) -> InsideStatistics:
    return InsideStatistics(
        customers=place.customers,
        is_guarded=is_guarded,
        answers=[
            InsideAnswers(
                question=question,
                cells=[
                    InsideCell(answer=answer, customers=customers)
                    for answer, customers in sorted(place.cells[question].items())
                ],
                withheld=place.withheld[question],
            )
            for question in Question
        ],
    )
