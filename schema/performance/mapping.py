"""How the steps of the funnel are read."""

from sqlalchemy import Integer, String, func, select
from sqlalchemy import column as plain_column
from sqlalchemy.dialects.postgresql import array

from domain.performance.funnel import MOST_DENOMINATORS
from schema.engine.mapping import TypeMap, Unnested, column
from schema.engine.scope import Row
from schema.view import View


def _denominators(step: Row, _view: View) -> Row:
    """The denominators of one step, the usual first."""
    places = range(MOST_DENOMINATORS)
    given = (
        func.unnest(
            array([step.c[f"of_{place}"] for place in places]),
            array([step.c[f"of_{place}_count"] for place in places]),
        )
        .table_valued(plain_column("of", String), plain_column("count", Integer), with_ordinality="position")
        .render_derived()
    )
    return select(given).where(given.c.of.is_not(None)).order_by(given.c.position).lateral()


FUNNEL_STEP = TypeMap(
    "FunnelStep",
    {
        "step": column("step"),
        "count": column("count"),
        "denominators": Unnested("Denominator", _denominators, weight=MOST_DENOMINATORS),
    },
)
DENOMINATOR = TypeMap("Denominator", {"of": column("of"), "count": column("count")})
TYPES = (FUNNEL_STEP, DENOMINATOR)
