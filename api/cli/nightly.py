"""`./yunge night`."""

from datetime import UTC, date, datetime

from api.local import demonstration, nights
from api.local.place import Place
from api.local.screen import Screen
from api.local.status import noted_database
from api.local.supervisor import Supervisor
from api.local.up import are_workers_up
from domain.shared.calendar import data_date_at


def run_night(place: Place, screen: Screen, data_date: date | None, *, is_full: bool, retrain: bool) -> None:
    """A night for a data date; by default that of the demonstration, or yesterday."""
    url = noted_database(place)
    if data_date is None:
        found = demonstration.loaded(url)
        now = datetime.now(UTC)
        data_date = found.newest_night_on(now) if found else data_date_at(now)
    supervisor = Supervisor(place)
    nights.carry_out(
        url, data_date, screen, lambda: are_workers_up(supervisor), is_full=is_full, retrain=retrain
    )
