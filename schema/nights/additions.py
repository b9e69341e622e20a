"""What the dashboard says of feeds, and everybody hears of a night that failed."""

from datetime import datetime
from typing import Any

import strawberry
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Select,
    String,
    Time,
    case,
    cast,
    exists,
    func,
    literal_column,
    select,
    true,
    values,
)
from sqlalchemy import column as plain_column

from domain.feeds.contracts import FEEDS
from domain.feeds.lateness import Arrival
from domain.feeds.models import Batch
from domain.feeds.parameters import DUE_AT
from domain.shared.calendar import BANK_ZONE
from domain.shared.parameters import VERSIONS_IN_FORCE
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
    late_feeds: list[FeedState] = c1(
        "Feeds that came before and are late or held now: what rests on them is older than the data date."
    )


def _feeds(_unit: Row, _view: View) -> Row:
    return _states().order_by(literal_column("position")).subquery()


def _late_feeds(_viewer: Row, _view: View) -> Row:
    known = _states().subquery()
    is_older = known.c.state.in_([_word(Arrival.LATE), _word(Arrival.HELD)])
    return (
        select(known)
        .where(is_older, known.c.data_date.is_not(None), known.c.late)
        .order_by(known.c.position)
        .subquery()
    )


def _states() -> Select[Any]:
    """One row a feed of the contract: how far it came, and how that is by its clock."""
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
        names.c.feed,
        latest.label("data_date"),
        names.c.position,
        is_held.label("held"),
        _due_at(names.c.feed).label("due_at"),
    ).subquery()
    is_late = func.coalesce(known.c.data_date < data_date(), literal_column("true"))
    state = case(
        (known.c.held, _word(Arrival.HELD)),
        (known.c.data_date.is_(None), _word(Arrival.NEVER)),
        (~is_late, _word(Arrival.ARRIVED)),
        (func.now() < known.c.due_at, _word(Arrival.EXPECTED)),
        else_=_word(Arrival.LATE),
    )
    return select(known, is_late.label("late"), state.label("state"))


def _due_at(feed: ColumnElement[str]) -> ColumnElement[datetime]:
    """The instant of `lateness.Clocks.due_at`, by the clocks that hold on the data date in force."""
    own = func.substring(
        _CLOCKS, literal_column("' '", String) + feed + literal_column("'=([0-9]{2}.[0-9]{2})'", String)
    )
    usual = func.substring(_CLOCKS, literal_column("'^[0-9]{2}.[0-9]{2}'", String))
    day = data_date() + literal_column("1")
    hour = cast(func.coalesce(own, usual), Time)
    return func.timezone(
        literal_column(f"'{BANK_ZONE.key}'", String), day + hour, type_=DateTime(timezone=True)
    )


def _word(arrival: Arrival) -> ColumnElement[str]:
    return literal_column(f"'{arrival}'", String)


_CLOCKS: ColumnElement[str] = literal_column(
    f"""coalesce((select regexp_replace(v.value #>> '{{}}', '[ \t\n]+', ' ', 'g') from ({VERSIONS_IN_FORCE}) v
                    where v.name = '{DUE_AT.name}'), '{DUE_AT.default}')""",  # noqa: S608
    String,
)

ADDITIONS = (
    Addition("Dashboard", contract=OfDashboard, fields={"feeds": Unnested("FeedState", _feeds)}),
    Addition(
        "Viewer",
        contract=OfViewer,
        fields={
            "failedNight": One("FailedNight", lambda _viewer, _night, _: true()),
            "lateFeeds": Unnested("FeedState", _late_feeds),
        },
    ),
)
