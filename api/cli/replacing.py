"""`./yunge demo`: the present demonstration goes, another one comes. A bank's own data are never touched."""

from api.local import county_files, demonstration
from api.local.database import empty
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.servers import start_servers
from api.local.state import alone, read_state
from api.local.supervisor import Supervisor
from api.local.up import Wanted, bring_up
from api.local.words import t
from api.settings import Mode


def replace_demonstration(place: Place, screen: Screen, wanted: Wanted) -> None:
    """The county of `wanted`, or the shipped one. Files that cannot be used end it before anything is dropped."""
    with alone(place):
        place.folder.mkdir(parents=True, exist_ok=True)
        place.logs.mkdir(exist_ok=True)
        if read_state(place).get("mode") == Mode.PRODUCTION:
            raise CannotGoOn(t("replacing.this_runs_production"))
        if wanted.county is not None:
            county_files.read_once(wanted.county)
        servers = start_servers(place)
        if _holds_demonstration(servers.database_url):
            with screen.step(t("replacing.dropping_present_demonstration")):
                Supervisor(place).stop()
                empty(servers.database_url)
        if wanted.county is None:
            county_files.forget(place)
    bring_up(place, wanted, screen)


def _holds_demonstration(database_url: str) -> bool:
    """Whether there is one to drop. A database with tables but without the mark of a demonstration is refused."""
    import psycopg

    with psycopg.connect(database_url) as database:
        found = database.execute("select to_regclass('public.settings') is not null").fetchone()
        if found is None or not found[0]:
            return False
        is_used = database.execute(
            "select exists (select from customers), exists (select from batches)"
        ).fetchone()
    if demonstration.loaded(database_url) is not None:
        return True
    if is_used is not None and any(is_used):
        raise CannotGoOn(t("replacing.what_this_database"))
    return False
