"""A private PostgreSQL with PostGIS: a cluster of its own, on the loopback and a port of its own."""

import contextlib
import os
import secrets
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import psycopg

from api.local.children import run_server_tool, tail
from api.local.place import Place
from api.local.ports import LOOPBACK, free_port
from api.local.refusal import CannotGoOn
from api.local.words import t

PREFERRED_PORT = 8611
SUPERUSER = "app"
DATABASE = "yunge"
MIB = 1 << 20


@dataclass(frozen=True)
class Cluster:
    """The files of one private cluster."""

    place: Place
    is_fast: bool = False
    """For tests: nothing survives a crash of the machine, and nothing has to."""
    archive: Path | None = None
    """Where finished log segments go, from which any moment can be had again: in production."""

    @property
    def data(self) -> Path:
        return self.place.servers / "postgres"

    @property
    def log(self) -> Path:
        return self.place.servers / "postgres.log"

    @property
    def password(self) -> str:
        """Known to whoever may read the place's own files; made once."""
        path = self.place.folder / "postgres.password"
        if not path.exists():
            fresh = path.with_suffix(".partial")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(24))
            fresh.replace(path)
        return path.read_text()

    def url(self, port: int, database: str = DATABASE) -> str:
        return f"postgresql://{SUPERUSER}:{self.password}@{LOOPBACK}:{port}/{database}"

    def running_port(self) -> int | None:
        """The port of this cluster if it runs and answers."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return None
        port = int(lines[3]) if len(lines) > 3 and lines[3].strip().isdigit() else None
        return port if port is not None and self._answers(port) else None

    def start(self) -> str:
        """Start it if it does not run; the address of the product's database."""
        port = self.running_port() or self._start_stopped()
        self._make_database(port)
        return self.url(port)

    def stop(self, *, is_discarded: bool = False) -> bool:
        """Stop it; whether it ran. What is connected is cut off, what is committed is kept.

        One whose data go afterwards writes nothing more to the disk.
        """
        if not (self.data / "postmaster.pid").exists():
            return False
        mode = "immediate" if is_discarded else "fast"
        stopped = run_server_tool(
            self.place, [find_binaries() / "pg_ctl", "-D", self.data, "-m", mode, "-w", "-t", "120", "stop"]
        )
        return stopped.returncode == 0

    def _start_stopped(self) -> int:
        binaries = find_binaries()
        if not (self.data / "PG_VERSION").exists():
            self._check_archive_is_its_own()
            self._initialise(binaries)
        self._write_configuration(binaries)
        for attempt in range(5):
            # Somebody may take the port between the look and the start: look again, a little further on.
            port = free_port(None if self.is_fast else PREFERRED_PORT + attempt)
            options = f"-p {port} -k {shlex.quote(str(self.place.sockets))} -h {LOOPBACK}"
            started = run_server_tool(
                self.place,
                [
                    binaries / "pg_ctl",
                    "-D",
                    self.data,
                    "-l",
                    self.log,
                    "-o",
                    options,
                    "-w",
                    "-t",
                    "300",
                    "start",
                ],
            )
            if started.returncode == 0 and self._answers(port):
                return port
        raise CannotGoOn(t("local_postgres.private_database_did", data=self.data, tail=tail(self.log)))

    def _initialise(self, binaries: Path) -> None:
        """Make the cluster beside its final place, so that an interrupted run leaves nothing that looks whole."""
        partial = self.data.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        password_file = self.place.servers / "initdb.password"
        password_file.write_text(self.password)
        password_file.chmod(0o600)
        if account := self.place.server_account:
            os.chown(password_file, account.pw_uid, account.pw_gid)
        made = run_server_tool(
            self.place,
            [
                binaries / "initdb",
                "--pgdata", partial,
                "--username", SUPERUSER,
                "--pwfile", password_file,
                "--auth", "scram-sha-256",
                "--encoding", "UTF8",
                "--locale", "C.UTF-8",
                *(["--no-sync"] if self.is_fast else []),
            ],
        )  # fmt: skip
        password_file.unlink()
        if made.returncode != 0:
            raise CannotGoOn(
                t("local_postgres.making_private_database", tail=tail(self.place.logs / "servers.log"))
            )
        partial.rename(self.data)

    def _write_configuration(self, binaries: Path) -> None:
        own = self.data / "yunge.conf"
        settings = configuration(self.is_fast)
        if self.archive is not None:
            self._check_archive(self.archive)
            settings |= archiving(self.archive)
        # Built by somebody else it may lack lz4. Its own method costs more than building a million keys does.
        if self._knows(binaries, "wal_compression", "lz4"):
            settings["wal_compression"] = "lz4"
        own.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
        own.chmod(0o644)
        main = self.data / "postgresql.conf"
        if "yunge.conf" not in main.read_text():
            with main.open("a") as file:
                file.write("\ninclude 'yunge.conf'\n")

    def _check_archive_is_its_own(self) -> None:
        """Segments of two clusters have the same names: the new one's would be refused for ever."""
        if self.archive is not None and self.archive.is_dir() and any(self.archive.iterdir()):
            raise CannotGoOn(t("local_postgres.archive_of_another", archive=self.archive))

    def _check_archive(self, archive: Path) -> None:
        """A folder that cannot be written would let the log grow until the disk is full."""
        self.place.hand_over_folder(archive)
        if run_server_tool(self.place, ["test", "-w", archive, "-a", "-x", archive]).returncode != 0:
            raise CannotGoOn(t("local_postgres.archive_not_writable", archive=archive))

    def _knows(self, binaries: Path, name: str, value: str) -> bool:
        """Whether this build of PostgreSQL, which does not run, would start with the setting."""
        asked = run_server_tool(
            self.place, [binaries / "postgres", "-C", name, "-D", self.data, "-c", f"{name}={value}"]
        )
        return asked.returncode == 0

    def _answers(self, port: int) -> bool:
        try:
            with psycopg.connect(self.url(port, "postgres"), connect_timeout=5) as server:
                row = server.execute("show data_directory").fetchone()
        except psycopg.OperationalError:
            return False
        return row is not None and Path(row[0]) == self.data

    def _make_database(self, port: int) -> None:
        with psycopg.connect(self.url(port, "postgres"), autocommit=True) as server:
            if not server.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                server.execute(f'create database "{DATABASE}"')
        make_extension(self.url(port))


def make_extension(database_url: str) -> None:
    """PostGIS, the one extension that the product's tables need; a database that has it is left as it is."""
    with psycopg.connect(database_url, autocommit=True) as database:
        database.execute("create extension if not exists postgis")


def configuration(is_fast: bool) -> dict[str, str]:
    """For a machine that also runs the API, two workers and a browser. Memory in MB of what there is."""
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MIB
    common = {
        "shared_buffers": f"{min(2048, max(128, memory_mb // 8))}MB",
        "effective_cache_size": f"{max(256, memory_mb // 2)}MB",
        "work_mem": f"{min(64, max(8, memory_mb // 256))}MB",
        "maintenance_work_mem": f"{min(512, max(64, memory_mb // 32))}MB",
        # Compiling a plan costs more than the short statements of a page ever win back.
        "jit": "off",
        "random_page_cost": "1.1",
        "max_connections": "120",
        "max_wal_size": "4GB",
        # Outside production nobody copies this server by its log, so tables filled by a night's COPY stay out of it:
        # they are on the disk at the commit all the same. Production archives (`archiving`).
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "checkpoint_timeout": "15min",
        "wal_compression": "on",
        "autovacuum_naptime": "15s",
        # Neither statements nor their values reach the log: they hold personal data.
        "log_min_error_statement": "panic",
        "log_parameter_max_length_on_error": "0",
        "log_error_verbosity": "terse",
    }
    if not is_fast:
        return common
    return common | {
        "shared_buffers": "256MB",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        # A run has hundreds of databases for a minute each: looking them all over would take a tenth of a core.
        "autovacuum_naptime": "2min",
    }


ARCHIVE_SECONDS = 300
"""A quiet bank's last segment is not older than this when its machine burns down."""


def archiving(folder: Path) -> dict[str, str]:
    """What keeps every change outside of the data folder. A segment appears whole.

    One that is there is not overwritten: after a crash a segment is asked for again that was kept already. The same
    bytes are well, others are an error.
    """
    # PostgreSQL puts in %p and %f; a percent sign of the folder's own is written twice.
    kept = shlex.quote(f"{folder}/").replace("%", "%%") + "%f"
    command = (
        f"if test -f {kept}; then cmp -s %p {kept};"
        f" else cp %p {kept}.partial && sync {kept}.partial && mv {kept}.partial {kept}; fi"
    )
    return {
        "wal_level": "replica",
        "max_wal_senders": "4",
        "archive_mode": "on",
        "archive_command": "'" + command.replace("'", "''") + "'",
        "archive_timeout": f"{ARCHIVE_SECONDS}s",
    }


def find_binaries() -> Path:
    """The newest PostgreSQL on this machine that has PostGIS."""
    given = os.environ.get("PG_BINDIR")
    folders = (
        [Path(given)]
        if given
        else sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    )
    if on_path := shutil.which("pg_ctl"):
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and _has_postgis(folder):
            return folder
    raise CannotGoOn(t("local_postgres.there_no_postgresql"))


def _version(folder: Path) -> float:
    with contextlib.suppress(ValueError):
        return float(folder.parent.name)
    return 0.0


def _has_postgis(binaries: Path) -> bool:
    version = binaries.parent.name
    shares = (
        Path("/usr/share/postgresql") / version,
        binaries.parent / "share" / "postgresql",
        binaries.parent / "share",
    )
    return any((share / "extension" / "postgis.control").exists() for share in shares)
