"""`./yunge dev`: the product in the foreground, each part started again when its sources change."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from api.local import demonstration
from api.local.database import migrate
from api.local.place import Place
from api.local.ports import free_port
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.servers import start_servers
from api.local.serving import UVICORN
from api.local.state import alone, note, read_state
from api.local.supervisor import Supervisor
from api.local.web import FRONTEND, install_packages, node_environment
from api.local.words import t
from api.settings import ROOT, Mode

PREFERRED_PORT = 8620
PREFERRED_WEB_PORT = 8630
ROOMS = ("api", "schema", "domain", "geo", "ml")


def develop(place: Place, screen: Screen) -> None:
    """Bring the servers and the demonstration up, then run API, worker and Vite until Ctrl-C."""
    with alone(place):
        if Supervisor(place).is_running():
            raise CannotGoOn(t("develop.what_yunge_up"))
        if read_state(place).get("mode") == Mode.PRODUCTION:
            raise CannotGoOn(t("develop.this_runs_production"))
        place.make()
        with screen.step(t("develop.postgresql_postgis_redis")):
            servers = start_servers(place)
        migrate(place, servers.database_url)
        asked = demonstration.choose(
            demonstration.loaded(servers.database_url), customers=None, seed=None, as_of=None
        )
        demonstration.load(place, servers.database_url, asked, screen)
        with screen.step(t("develop.web_packages")):
            install_packages(place)
        secret = read_state(place).get("secret") or "a development secret that guards nothing"
        note(
            place,
            database_url=servers.database_url,
            redis_url=servers.redis_url,
            landing=str(place.landing),
            truth=str(place.truth),
            secret=secret,
            mode=Mode.DEMONSTRATION.value,
            host="127.0.0.1",
            port=read_state(place).get("port", PREFERRED_PORT),
        )
        _run_until_interrupted(screen)


def _run_until_interrupted(screen: Screen) -> None:
    port, web_port = free_port(PREFERRED_PORT), free_port(PREFERRED_WEB_PORT)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "YUNGE_MODE": Mode.DEVELOPMENT.value,
        "YUNGE_PORT": str(port),
    }
    web = {**node_environment(), "YUNGE_API": f"http://127.0.0.1:{port}"}
    watched = [part for room in ROOMS for part in ("--reload-dir", room)]
    uvicorn = ["-m", *UVICORN, "--port", str(port), "--reload", *watched]
    worker = ["-m", "watchfiles", "--filter", "python", f"{sys.executable} -m api.worker --no-cron", *ROOMS]
    parts = {
        t("develop.application"): start_part([sys.executable, *uvicorn], ROOT, environment),
        t("develop.worker"): start_part([sys.executable, *worker], ROOT, environment),
        t("develop.pages"): start_part(["npm", "run", "dev", "--", "--port", str(web_port)], FRONTEND, web),
    }
    screen.line(t("develop.desk_http_127", web_port=web_port))
    screen.line(t("develop.phone_http_127", web_port=web_port))
    screen.line(f"GraphQL http://127.0.0.1:{port}/graphql")
    watch(parts, screen)


def start_part(command: list[str], folder: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """A part with a group of processes of its own: npm ends without the server that it started."""
    return subprocess.Popen(  # noqa: S603
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )


def watch(parts: dict[str, subprocess.Popen[bytes]], screen: Screen) -> None:
    """Until Ctrl-C, or until one of the parts ends by itself: then it is named. None of them stays behind."""
    # A plain kill and a terminal that is closed end the parts as Ctrl-C does.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    try:
        while not (ended := [name for name, part in parts.items() if part.poll() is not None]):
            time.sleep(0.5)
    except KeyboardInterrupt:
        screen.line("")
        return
    finally:
        for part in parts.values():
            # What it started may outlive it; where nothing does, there is no such group any more.
            with suppress(ProcessLookupError):
                os.killpg(part.pid, signal.SIGTERM)
        for part in parts.values():
            part.wait()
    raise CannotGoOn(t("develop.ended_itself_reason", ended=t("lists.separator").join(ended)))
