"""A private Redis. It only wakes workers and caches: it may be emptied at any moment and nothing but time is lost."""

import contextlib
import os
import secrets
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from api.local.children import is_alive, run_server_tool, tail
from api.local.place import Place
from api.local.ports import LOOPBACK, free_port
from api.local.refusal import CannotGoOn
from api.local.words import t

PREFERRED_PORT = 8671
SECONDS_TO_START = 20


@dataclass(frozen=True)
class Cache:
    """The files of one private Redis."""

    place: Place
    is_fast: bool = False

    @property
    def folder(self) -> Path:
        return self.place.servers / "redis"

    @property
    def configuration_file(self) -> Path:
        return self.folder / "redis.conf"

    def start(self) -> str:
        """Start it if it does not run; its address."""
        if running := self.running_url():
            return running
        program = shutil.which("redis-server")
        if program is None:
            raise CannotGoOn(t("local_redis.there_no_redis"))
        for attempt in range(5):
            self._write_configuration(free_port(None if self.is_fast else PREFERRED_PORT + attempt))
            run_server_tool(self.place, [program, self.configuration_file])
            if url := self._wait():
                return url
        raise CannotGoOn(t("local_redis.private_redis_did", tail=tail(self.folder / "redis.log")))

    def running_url(self) -> str | None:
        """Its address if it runs, answers, and is ours."""
        noted = self._noted()
        if "port" not in noted:
            return None
        url = f"redis://:{noted['requirepass']}@{LOOPBACK}:{noted['port']}/0"
        with contextlib.suppress(RedisError):
            return url if self._process(url) is not None else None
        return None

    def stop(self) -> bool:
        """Stop it by the number it gives itself, never by name; whether it ran."""
        url = self.running_url()
        process = self._process(url) if url else None
        if process is None:
            return False
        os.kill(process, signal.SIGTERM)
        for _ in range(100):
            if not is_alive(process):
                break
            time.sleep(0.05)
        return True

    def _process(self, url: str) -> int | None:
        with Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3) as client:
            return int(client.info("server")["process_id"]) if client.ping() else None

    def _wait(self) -> str | None:
        for _ in range(SECONDS_TO_START * 20):
            if url := self.running_url():
                return url
            if "Address already in use" in tail(self.folder / "redis.log"):
                return None
            time.sleep(0.05)
        return None

    def _noted(self) -> dict[str, str]:
        try:
            lines = self.configuration_file.read_text().splitlines()
        except FileNotFoundError:
            return {}
        return dict(line.split(" ", 1) for line in lines)

    def _write_configuration(self, port: int) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        values = {
            "port": str(port),
            "bind": LOOPBACK,
            "requirepass": self._noted().get("requirepass", secrets.token_urlsafe(24)),
            "daemonize": "yes",
            "dir": f'"{self.folder}"',
            "pidfile": f'"{self.folder}/redis.pid"',
            "logfile": f'"{self.folder}/redis.log"',
            "appendonly": "no" if self.is_fast else "yes",
            "save": '""',
            "maxmemory-policy": "noeviction",
        }
        (self.folder / "redis.log").unlink(missing_ok=True)
        fresh = self.configuration_file.with_suffix(".partial")
        fresh.touch(mode=0o600)
        fresh.write_text("".join(f"{name} {value}\n" for name, value in values.items()))
        fresh.replace(self.configuration_file)
        if account := self.place.server_account:
            for path in (self.folder, self.configuration_file):
                os.chown(path, account.pw_uid, account.pw_gid)
