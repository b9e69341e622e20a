"""`./yunge up`: from whatever is there to a product that answers. Every step is skipped when it has nothing to do."""

import json
import os
import secrets
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.files.folder import FolderStorage
from api.local import county_files, demonstration, nights
from api.local.bundling.taking import check_tree, take_pages, taken_in
from api.local.children import tail
from api.local.county_files import County
from api.local.database import digest_of_program, migrate
from api.local.pages_turn import PagesTurn
from api.local.place import GIB, Place
from api.local.ports import free_port, is_free
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.servers import archive_of, start_servers
from api.local.stamps import is_current, write_stamp
from api.local.state import alone, note, read_state
from api.local.status import base_address
from api.local.supervisor import Supervisor
from api.local.tls import Tls, given_certificate, is_loopback, self_made
from api.local.web import build, install_packages, is_built
from api.local.words import is_english, t
from api.local.workers import are_workers_up
from api.settings import Mode, read_settings

if TYPE_CHECKING:
    from api.county.given import GivenFiles

PREFERRED_PORT = 8610
SPACE_FIRST_TIME = 3 * GIB
SPACE_LATER = GIB // 4
SECONDS_TO_ANSWER = 180


@dataclass(frozen=True)
class Wanted:
    """What `up` was asked for."""

    mode: Mode = Mode.DEMONSTRATION
    customers: int | None = None
    seed: int | None = None
    as_of: date | None = None
    host: str = "127.0.0.1"
    port: int | None = None
    from_bundle: bool = False
    tls: bool = False
    """With a certificate of our own making, where the operator gives none."""
    county: "GivenFiles | None" = None
    """Another county than the shipped one, or than the one that was kept."""
    is_prepared_only: bool = False
    """Everything but the processes, which are systemd's to start."""


def bring_up(place: Place, wanted: Wanted, screen: Screen) -> dict[str, object]:
    """Bring everything up; what was noted of it."""
    # Settings that are missing are said before anything about the machine: without them nothing would begin anyway.
    _check_mode(wanted)
    with alone(place):
        place.folder.mkdir(parents=True, exist_ok=True)
        place.logs.mkdir(exist_ok=True)
        place.need_space(SPACE_LATER if place.state_file.exists() else SPACE_FIRST_TIME)
        county = read_given_county(wanted.county, screen)
        if wanted.from_bundle:
            _take_bundle(screen)
        turn = PagesTurn()
        if wanted.mode is Mode.PRODUCTION:
            turn.comes()
        with ThreadPoolExecutor(1) as aside:
            # Pages need neither database nor files: they are built while the night goes on.
            pages = aside.submit(_make_pages, place, screen, turn)
            with turn.over_if_this_fails():
                _make_data(place, wanted, county, screen)
                supervisor = None if wanted.is_prepared_only else _start_processes(place, screen)
                if supervisor is not None and wanted.mode is Mode.DEMONSTRATION:
                    _carry_out_nights(place, supervisor, screen, turn.comes)
            pages.result()
        if supervisor is None:
            screen.line(t("units.prepared"))
            return read_state(place)
        with screen.step(t("local_up.application")):
            supervisor.start_api()
            wait_for_api(place, supervisor)
        return read_state(place)


def read_given_county(files: "GivenFiles | None", screen: Screen) -> County | None:
    """What the files are, said before anything is started. Raises CannotGoOn with all that is wrong with them."""
    if files is None:
        return None
    with screen.step(t("given_county.reading")):
        given = county_files.read_once(files)
    for told in given.notes:
        screen.line(f"  · {told}")
    return County(county_files.digest_of_files(files), given.source.region.county)


def _kept_county(place: Place, found: demonstration.Demonstration | None) -> County | None:
    """The county of a run that was interrupted before its demonstration was loaded."""
    files = county_files.kept(place) if found is None else None
    if files is None:
        return None
    given = county_files.read_once(files)
    return County(county_files.digest_of_files(files), given.source.region.county)


def _check_mode(wanted: Wanted) -> None:
    """Production has what it needs before anything is started; what a demonstration noted does not count."""
    if wanted.mode is Mode.PRODUCTION:
        if wanted.county is not None:
            raise CannotGoOn(t("given_county.not_in_production"))
        landing = os.environ.get("YUNGE_LANDING")
        if not landing or not Path(landing).is_dir():
            raise CannotGoOn(t("local_up.production_needs_yunge"))
        files = os.environ.get("YUNGE_FILES")
        if not files or not Path(files).is_absolute():
            raise CannotGoOn(t("local_up.production_needs_files"))
        read_settings(
            mode=Mode.PRODUCTION,
            database_url="postgresql:",
            redis_url="redis:",
            landing=Path(landing),
            files=Path(files),
            secret=os.environ.get("YUNGE_SECRET", ""),
        )


def _take_bundle(screen: Screen) -> None:
    with screen.step(t("local_up.desk_phone_pages")) as step:
        bundle = taken_in()
        check_tree(bundle)
        take_pages(bundle)
        step.note = t("bundling.from_the_bundle")


def _make_pages(place: Place, screen: Screen, turn: PagesTurn) -> None:
    if is_built():
        # Those of a bundle need no Node, and no packages of it.
        with screen.step(t("local_up.desk_phone_pages")) as step:
            step.note = t("local_up.unchanged")
        return
    with screen.step(t("local_up.web_packages")) as step:
        step.note = "" if install_packages(place) else t("local_up.unchanged")
    if not turn.is_awaited():
        return
    with screen.step(t("local_up.desk_phone_pages")) as step:
        step.note = "" if build(place) else t("local_up.unchanged")


def _make_data(place: Place, wanted: Wanted, county: County | None, screen: Screen) -> None:
    """Servers, schema, county and files, and where everything is."""
    with screen.step(t("local_up.postgresql_postgis_redis")):
        is_production = wanted.mode is Mode.PRODUCTION
        servers = start_servers(place, archive=archive_of(place) if is_production else None)
    with screen.step(t("local_up.schema")) as step:
        step.note = "" if migrate(place, servers.database_url) else t("local_up.unchanged")
    found = demonstration.loaded(servers.database_url)
    if wanted.mode is Mode.PRODUCTION and found is not None:
        raise CannotGoOn(t("local_up.this_database_holds", found=found))
    if wanted.mode is not Mode.PRODUCTION:
        asked = demonstration.choose(
            found,
            customers=wanted.customers,
            seed=wanted.seed,
            as_of=wanted.as_of,
            county=county or _kept_county(place, found),
        )
        if wanted.county is not None:
            county_files.keep(place, wanted.county)
        demonstration.load(place, servers.database_url, asked, screen)
    _note_addresses(place, wanted, servers.database_url, servers.redis_url)
    _warn_of_open_lines(place, screen)


def _note_addresses(place: Place, wanted: Wanted, database_url: str, redis_url: str) -> None:
    noted = read_state(place)
    is_production = wanted.mode is Mode.PRODUCTION
    tls = given_certificate() or (self_made(place, wanted.host) if wanted.tls else None)
    note(
        place,
        mode=wanted.mode.value,
        database_url=database_url,
        redis_url=redis_url,
        servers=str(place.servers),
        landing=os.environ.get("YUNGE_LANDING") or (None if is_production else str(place.landing)),
        state_dir=os.environ.get("YUNGE_STATE_DIR"),
        files=str(_make_files(place)),
        truth=None if is_production else str(place.truth),
        # In production the secret stays where the operator keeps it: in the environment of the processes.
        secret=None if is_production else noted.get("secret") or secrets.token_urlsafe(48),
        host=wanted.host,
        port=_port(place, wanted, noted),
        tls_certificate=tls and str(tls.certificate),
        tls_key=tls and str(tls.key),
    )


def _make_files(place: Place) -> Path:
    """The folder for files that people send, for the product's own user alone."""
    storage = FolderStorage(Path(os.environ.get("YUNGE_FILES") or place.files))
    storage.make()
    return storage.folder


def _warn_of_open_lines(place: Place, screen: Screen) -> None:
    """Away from the machine itself an unencrypted phone has no position, and its passwords can be read on the way."""
    noted = read_state(place)
    if "tls_certificate" not in noted and not is_loopback(str(noted["host"])):
        screen.line(t("local_tls.line_is_open"))


def _port(place: Place, wanted: Wanted, noted: dict[str, object]) -> int:
    """The port asked for, or the one that is in use by ourselves, or the next free one."""
    own = noted.get("port")
    if wanted.is_prepared_only:
        # Taken or not: by now it may be our own application, under systemd.
        return wanted.port or (own if isinstance(own, int) else PREFERRED_PORT)
    if Supervisor(place).is_running() and isinstance(own, int) and wanted.port in (None, own):
        return own
    if wanted.port is None:
        return free_port(own if isinstance(own, int) else PREFERRED_PORT, wanted.host)
    if not is_free(wanted.port, wanted.host):
        raise CannotGoOn(t("local_up.port_taken_another", port=wanted.port))
    return wanted.port


def _start_processes(place: Place, screen: Screen) -> Supervisor:
    """Start the supervisor, or start it anew where the program or its addresses changed."""
    supervisor = Supervisor(place)
    noted = read_state(place)
    stamp = place.folder / "stamps" / "processes"
    digest = f"{digest_of_program()} {sorted(noted.items())}"
    is_same = is_current(stamp, digest)
    if supervisor.is_running():
        if is_same:
            return supervisor
        with screen.step(t("local_up.stopping_old_processes")):
            supervisor.stop()
    with screen.step(t("local_up.workers")):
        supervisor.start(host=str(noted["host"]), port=int(noted["port"]), tls=_noted_tls(noted))
    write_stamp(stamp, digest)
    return supervisor


def _noted_tls(noted: dict[str, object]) -> Tls | None:
    if "tls_certificate" not in noted:
        return None
    return Tls(Path(str(noted["tls_certificate"])), Path(str(noted["tls_key"])))


def wait_for_api(place: Place, supervisor: Supervisor) -> None:
    """Until it is ready. Raises CannotGoOn when it ends, or when a registered document does not fit it."""
    noted = read_state(place)
    url = base_address(noted)
    for _ in range(SECONDS_TO_ANSWER * 5):
        said = readiness(f"{url}/readyz", noted.get("tls_certificate"))
        if unfit := said.get("documents"):
            sentences = "\n".join(one["message"] for one in unfit)
            raise CannotGoOn(t("local_up.documents_do_not", sentences=sentences, url=url))
        if said.get("status") == "ok":
            return
        if supervisor.states().get("api") == "FATAL":
            break
        time.sleep(0.2)
    raise CannotGoOn(
        t("local_up.application_does_not", logs=place.logs / "api.log", tail=tail(place.logs / "api.log", 20))
    )


def readiness(url: str, certificate: object = None) -> dict[str, Any]:
    """What `/readyz` says in the terminal's language; nothing while nobody answers.

    `certificate` is the file that the application was started with: it may be self-made.
    """
    asked = urllib.request.Request(url, headers={"Accept-Language": "en" if is_english() else "zh-CN"})  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=5, context=_trusting(certificate)) as answer:  # noqa: S310  (our own address)
            return _object(answer.read())
    except urllib.error.HTTPError as refusal:
        return _object(refusal.read())
    except OSError:
        return {}


def _trusting(certificate: object) -> ssl.SSLContext | None:
    """Trust in who was started with this certificate, whatever name it was made for."""
    if certificate is None:
        return None
    context = ssl.create_default_context(cafile=str(certificate))
    context.check_hostname = False
    return context


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _carry_out_nights(
    place: Place, supervisor: Supervisor, screen: Screen, when_read: Callable[[], None]
) -> None:
    """The two nights of the demonstration's files, with the visits of the past between them; then what is due today."""
    url = str(read_state(place)["database_url"])
    found = demonstration.loaded(url)
    if found is None:
        return

    def night(data_date: date) -> None:
        nights.carry_out(
            url,
            data_date,
            screen,
            lambda: are_workers_up(url, supervisor),
            may_join=True,
            when_read=when_read,
        )

    if not nights.has_night(url, found.first_night_on):
        night(found.first_night_on)
    if not nights.has_night(url, found.as_of):
        demonstration.add_past_visits(url, found, screen)
        night(found.as_of)
    newest = found.newest_night_on(datetime.now(UTC))
    if not nights.has_night(url, newest):
        night(newest)
