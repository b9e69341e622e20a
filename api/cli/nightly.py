"""`./yunge night`."""

from datetime import UTC, date, datetime

from api.local import demonstration, nights
from api.local.place import Place
from api.local.screen import Screen
from api.local.status import noted_database
from api.local.supervisor import Supervisor
from api.local.workers import are_workers_up
from domain.shared.calendar import data_date_at
from domain.shared.starting import DataDateInFuture


def run_night(place: Place, screen: Screen, data_date: date | None, *, is_full: bool, retrain: bool) -> None:
    """A night for a data date; by default that of the demonstration, or yesterday."""
    url = noted_database(place)
    supervisor = Supervisor(place)
    nights.carry_out(
        url,
        data_date_of(url, data_date),
        screen,
        lambda: are_workers_up(url, supervisor),
        is_full=is_full,
        retrain=retrain,
    )


def data_date_of(database_url: str, asked: date | None) -> date:
    """The data date asked for, or the newest there can be. A later one would shut out every night before it."""
    found, now = demonstration.loaded(database_url), datetime.now(UTC)
    newest = found.newest_night_on(now) if found else data_date_at(now)
    latest = max(newest, data_date_at(now))
    if asked is not None and asked > latest:
        raise DataDateInFuture(latest)
    return asked or newest
