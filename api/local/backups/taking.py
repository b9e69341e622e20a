"""`./yunge backup`: while everything runs."""

import json
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from api.local.backups import DATABASE, FACTS, FILES
from api.local.backups.sums import write_sums
from api.local.backups.tools import JOBS, run_tool
from api.local.bundling.sources import commit
from api.local.place import GIB, Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.status import noted_or_refuse, program_version
from api.local.words import t
from domain.shared.data_date import data_date_in_force

BEGINS = "yunge-"
LEAST_SPACE = GIB // 10


@dataclass(frozen=True)
class Taken:
    folder: Path
    size: int
    seconds: float
    removed: int


def take_backup(place: Place, screen: Screen, out: Path, *, keep: int | None = None) -> Taken:
    """Write a backup into a new folder of `out`; with `keep`, older ones beyond that number go afterwards.

    The database is dumped as of one moment, files are copied after it: whatever a row of the dump names is there. An
    interrupted run leaves a folder that ends in `.partial`, which the next one removes.
    """
    noted = noted_or_refuse(place)
    if not out.is_dir():
        raise CannotGoOn(t("backups.no_folder", folder=out))
    database_url, began = str(noted["database_url"]), time.monotonic()
    facts = _facts(database_url)
    _need_space(out, int(facts["database_bytes"]))
    for left in out.glob(f"{BEGINS}*.partial"):
        shutil.rmtree(left)
    folder = out / f"{BEGINS}{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    partial = folder.with_name(f"{folder.name}.partial")
    partial.mkdir(mode=0o700)
    with screen.step(t("backups.database")):
        run_tool(
            "pg_dump",
            database_url,
            ["--format=directory", f"--jobs={JOBS}", "--no-comments", "--file", partial / DATABASE],
            log=place.logs / "backup.log",
        )
    with screen.step(t("backups.files")) as step:
        step.note = f"{_copy_files(files_folder(place, noted), partial / FILES):,}"
    with screen.step(t("backups.sums")):
        facts["seconds"] = round(time.monotonic() - began, 1)
        (partial / FACTS).write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", "utf-8")
        write_sums(partial)
    partial.rename(folder)
    return Taken(folder, _size(folder), time.monotonic() - began, _remove_old(out, keep))


def files_folder(place: Place, noted: dict[str, Any]) -> Path:
    """Where files that people bring lie, as the processes were told."""
    return Path(str(os.environ.get("YUNGE_FILES") or noted.get("files") or place.folder / "files"))


def _facts(database_url: str) -> dict[str, Any]:
    with psycopg.connect(database_url) as database:
        row = database.execute(
            "select array(select version_num from alembic_version), pg_database_size(current_database()), version()"
        ).fetchone()
        day = data_date_in_force(database)
    assert row is not None
    return {
        "version": program_version(),
        "commit": commit(),
        "revisions": row[0],
        "database_bytes": row[1],
        "server": row[2].split(" on ")[0],
        "data_date": day and str(day),
        "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _need_space(out: Path, database_bytes: int) -> None:
    """A dump takes a tenth to a fifth of the database; what is asked for is a quarter."""
    wanted, free = max(LEAST_SPACE, database_bytes // 4), shutil.disk_usage(out).free
    if free < wanted:
        raise CannotGoOn(
            t(
                "local_place.disk_too_full",
                folder=out,
                free=f"{free / GIB:.1f}",
                wanted_bytes=f"{wanted / GIB:.1f}",
            )
        )


def _copy_files(source: Path, to: Path) -> int:
    if not source.is_dir():
        return 0
    shutil.copytree(source, to, symlinks=True, copy_function=copy_if_there)
    return sum(1 for path in to.rglob("*") if path.is_file())


def copy_if_there(source: str, to: str) -> None:
    """One file; what came in and was looked at meanwhile is no longer where it was listed."""
    with suppress(FileNotFoundError):
        shutil.copy2(source, to)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _remove_old(out: Path, keep: int | None) -> int:
    """Whole backups alone are counted, the newest first; nothing else in the folder is touched."""
    whole = sorted(path for path in out.glob(f"{BEGINS}*T*Z") if (path / FACTS).is_file())
    old = whole[:-keep] if keep else []
    for path in old:
        shutil.rmtree(path)
    return len(old)
