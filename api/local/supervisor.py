"""The product's own processes under supervisord (PyPI `supervisor`): started again when they end, logged, stopped."""

import os
import shlex
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from api.local.children import is_alive, tail
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.serving import UVICORN
from api.local.tls import Tls
from api.local.words import t
from api.settings import ROOT

WORKERS = 2
SECONDS_TO_START = 15

CONFIGURATION = """\
[unix_http_server]
file = {socket}
chmod = 0700

[supervisord]
logfile = {logs}/supervisord.log
pidfile = {folder}/supervisord.pid
childlogdir = {logs}
directory = {root}
{user}

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[program:api]
command = {python} -P -m {uvicorn} --host {host} --port {port} --no-access-log{tls}
autostart = false
autorestart = true
startsecs = 2
startretries = 5
stopwaitsecs = 20
stdout_logfile = {logs}/api.log
stdout_logfile_maxbytes = 20MB
stdout_logfile_backups = 3
redirect_stderr = true

[program:worker]
command = {python} -P -m api.worker
numprocs = {workers}
process_name = worker-%(process_num)d
autostart = true
autorestart = true
startsecs = 2
startretries = 20
stopwaitsecs = 30
killasgroup = true
stdout_logfile = {logs}/worker-%(process_num)d.log
stdout_logfile_maxbytes = 20MB
stdout_logfile_backups = 3
redirect_stderr = true
"""


@dataclass(frozen=True)
class Supervisor:
    place: Place

    @property
    def socket(self) -> Path:
        """Not among the servers' sockets: those belong to the servers' user."""
        inside = self.place.folder / "supervisor.sock"
        return inside if len(str(inside).encode()) <= 90 else Path(f"/tmp/yunge-{self.place.short_name}.sock")  # noqa: S108

    @property
    def configuration_file(self) -> Path:
        return self.place.folder / "supervisord.conf"

    def is_running(self) -> bool:
        try:
            return bool(self.ask("getState")["statename"] in ("RUNNING", "RESTARTING"))
        except (OSError, Fault):
            return False

    def start(self, *, host: str, port: int, tls: Tls | None = None) -> None:
        """Start the supervisor with its workers; the API waits for `start_api`."""
        self.configuration_file.write_text(self._configuration(host, port, tls))
        # The processes read `.local/state.json`; addresses in our own environment must not outlive this command.
        hidden = ("DATABASE_URL", "REDIS_URL")
        environment = {name: value for name, value in os.environ.items() if name not in hidden}
        environment |= {"PYTHONPATH": str(ROOT), "YUNGE_STATE": str(self.place.state_file)}
        log = self.place.logs / "supervisord.start.log"
        with log.open("wb") as file:
            subprocess.run(  # noqa: S603
                [sys.executable, "-P", "-m", "supervisor.supervisord", "-c", str(self.configuration_file)],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
                check=False,
            )
        for _ in range(SECONDS_TO_START * 10):
            if self.is_running():
                return
            time.sleep(0.1)
        raise CannotGoOn(t("local_supervisor.supervisor_did_not", tail=tail(log)))

    def start_api(self) -> None:
        if self._state("api") not in ("RUNNING", "STARTING"):
            self.ask("startProcess", "api", False)

    def states(self) -> dict[str, str]:
        """Every process with its state; empty where nothing runs."""
        try:
            found = cast("list[dict[str, Any]]", self.ask("getAllProcessInfo"))
        except (OSError, Fault):
            return {}
        return {str(process["name"]): str(process["statename"]) for process in found}

    def stop(self) -> bool:
        """Stop everything in order and wait for it; whether it ran."""
        if not self.is_running():
            return False
        pid = int(cast("int", self.ask("getPID")))
        self.ask("shutdown")
        for _ in range(600):
            if not is_alive(pid):
                return True
            time.sleep(0.1)
        raise CannotGoOn(t("local_supervisor.supervisor_still_there", pid=pid))

    def _state(self, name: str) -> str:
        return self.states().get(name, "")

    def ask(self, method: str, *arguments: object) -> Any:
        """One call of supervisord's own interface, over its socket."""
        transport = SupervisorTransport(None, None, f"unix://{self.socket}")
        try:
            return getattr(ServerProxy("http://127.0.0.1", transport=transport).supervisor, method)(
                *arguments
            )
        finally:
            transport.close()

    def _configuration(self, host: str, port: int, tls: Tls | None) -> str:
        def escaped(path: Path | str) -> str:
            return str(path).replace("%", "%%")

        def quoted(path: Path) -> str:
            return escaped(shlex.quote(str(path)))

        encrypted = (
            ""
            if tls is None
            else f" --ssl-certfile {quoted(tls.certificate)} --ssl-keyfile {quoted(tls.key)}"
        )

        return CONFIGURATION.format(
            socket=escaped(self.socket),
            logs=escaped(self.place.logs),
            folder=escaped(self.place.folder),
            root=escaped(ROOT),
            python=quoted(Path(sys.executable)),
            user="user = root" if os.geteuid() == 0 else "",
            uvicorn=" ".join(UVICORN),
            workers=WORKERS,
            host=host,
            port=port,
            tls=encrypted,
        )
