"""What an outer scheduler watches: `<data date>.running`, `.ok` or `.failed` in a folder, one for each recent night.

The database is the truth and these files follow it: whoever looks next puts right what an interruption left behind.
"""

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.shared.night import Connection

RECENT_NIGHTS = 7
KEPT_DAYS = 60
"""A scheduler that looks back further reads the product's own list of nights."""
ENDINGS = {"RUNNING": "running", "DONE": "ok", "FAILED": "failed"}
_OURS = re.compile(r"(\d{4}-\d{2}-\d{2})\.(running|ok|failed)(\.\d+\.partial)?")


@dataclass(frozen=True)
class NightState:
    """The last run of one data date. `held` are files that wait for a person's word."""

    data_date: date
    state: str
    run_id: int
    started_at: datetime
    ended_at: datetime | None = None
    failed_step: str | None = None
    held: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        return f"{self.data_date}.{ENDINGS[self.state]}"

    def content(self) -> str:
        """One JSON object on one line."""
        told: dict[str, Any] = {
            "data_date": str(self.data_date),
            "state": ENDINGS[self.state],
            "night": self.run_id,
            "started_at": self.started_at.isoformat(timespec="seconds"),
            "ended_at": self.ended_at and self.ended_at.isoformat(timespec="seconds"),
            "failed_step": self.failed_step,
            "held": list(self.held),
        }
        return json.dumps(told, ensure_ascii=False) + "\n"


_LAST = """
select data_date, state, id, started_at, ended_at,
       (select name from night_steps where night_run_id = run.id and state = 'FAILED' order by position limit 1),
       case when state = 'DONE'
            then array(select file_name from batches where state = 'HELD' and batches.data_date <= run.data_date
                        order by file_name)
            else '{}' end
  from (select distinct on (data_date) * from night_runs order by data_date desc, id desc limit %s) run
"""


def last_nights(connection: Connection, count: int = RECENT_NIGHTS) -> list[NightState]:
    """The last run of each of the latest data dates, the latest first."""
    rows = connection.execute(_LAST, [count]).fetchall()
    return [
        NightState(day, state, run_id, started_at, ended_at, step, tuple(held))
        for day, state, run_id, started_at, ended_at, step, held in rows
    ]


def publish(folder: Path, nights: Sequence[NightState]) -> None:
    """Bring the folder to what the nights are. Raises OSError where it cannot be written.

    A file appears whole, under its own name, and everybody may read it whatever the umask of this process. A verdict
    of an earlier run goes before the new state comes, so nobody reads yesterday's success for tonight's.
    """
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
    for night in nights:
        path = folder / night.file_name
        if _reads(path) == night.content():
            _remove_others(folder, night)
            continue
        if night.state == "RUNNING":
            _remove_others(folder, night)
        _write(path, night.content())
        _remove_others(folder, night)
    if nights:
        _remove_old(folder, nights[0].data_date - timedelta(days=KEPT_DAYS))


def _reads(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None


def _write(path: Path, content: str) -> None:
    # Several workers and a waiting command may write the same at once: each its own partial, and the last rename wins.
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    with partial.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), 0o644)
        os.fsync(file.fileno())
    partial.replace(path)


def _remove_others(folder: Path, night: NightState) -> None:
    for ending in ENDINGS.values():
        name = f"{night.data_date}.{ending}"
        if name != night.file_name:
            (folder / name).unlink(missing_ok=True)


def _remove_old(folder: Path, before: date) -> None:
    for path in folder.iterdir():
        ours = _OURS.fullmatch(path.name)
        # As text: a name with a day that no calendar has is somebody else's, and stops no night.
        if ours and ours[1] < before.isoformat():
            path.unlink(missing_ok=True)
