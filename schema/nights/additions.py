"""What the dashboard says of feeds, and everybody hears of a night that failed."""

import strawberry
from sqlalchemy import String, exists, func, literal_column, select, true, values
from sqlalchemy import column as plain_column

from domain.feeds.contracts import FEEDS
from domain.feeds.models import Batch
from schema.engine.mapping import One, Unnested
from schema.engine.scope import Row
from schema.field_classes import c1
from schema.nights.types import FailedNight, FeedState
from schema.organisation.mapping import data_date
from schema.rooms import Addition
from schema.view import View


@strawberry.type
class OfDashboard:
    feeds: list[FeedState] = c1("数据源.")


@strawberry.type
class OfViewer:
    failed_night: FailedNight | None = c1("The last night, if it failed: what is shown is older than meant.")


def _feeds(_unit: Row, _view: View) -> Row:
    names = values(plain_column("feed", String), plain_column("position"), name="named_feeds").data(
        [(feed, position) for position, feed in enumerate(FEEDS)]
    )
    batch = Batch.__table__.alias()  # type: ignore[attr-defined]
    latest = (
        select(func.max(batch.c.data_date))
        .where(batch.c.feed == names.c.feed, batch.c.state == "LOADED")
        .correlate(names)
        .scalar_subquery()
    )
    is_held = exists().where(batch.c.feed == names.c.feed, batch.c.state == "HELD").correlate(names)
    known = select(
        names.c.feed, latest.label("data_date"), names.c.position, is_held.label("held")
    ).subquery()
    is_late = func.coalesce(known.c.data_date < data_date(), literal_column("true"))
    return select(known, is_late.label("late")).order_by(known.c.position).subquery()


ADDITIONS = (
    Addition("Dashboard", contract=OfDashboard, fields={"feeds": Unnested("FeedState", _feeds)}),
    Addition(
        "Viewer",
        contract=OfViewer,
        fields={"failedNight": One("FailedNight", lambda _viewer, _night, _: true())},
    ),
)
