"""What `./yunge up` noted: addresses and folders. `api.settings` reads the same file."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.words import t


def read_state(place: Place) -> dict[str, Any]:
    try:
        noted: dict[str, Any] = json.loads(place.state_file.read_text())
    except FileNotFoundError:
        return {}
    return noted


def note(place: Place, **facts: Any) -> dict[str, Any]:
    """Add facts; None takes one away. The file is for its owner alone, because the addresses hold passwords."""
    noted = {name: value for name, value in (read_state(place) | facts).items() if value is not None}
    fresh = place.state_file.with_suffix(".partial")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(noted, ensure_ascii=False, indent=1, default=str) + "\n")
    fresh.replace(place.state_file)
    return noted


def is_at_work(place: Place) -> bool:
    """Whether a launcher is at work here. The lock is not touched: a launcher may just want to take it."""
    try:
        who = (place.folder / "lock").read_text().strip()
    except FileNotFoundError:
        return False
    return who.isdigit() and Path("/proc", who).exists()


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """One launcher at a time; the second is told which process is at work, and nothing of its is done."""
    place.folder.mkdir(parents=True, exist_ok=True)
    with (place.folder / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            who = file.read().strip() or "?"
            raise CannotGoOn(t("local_state.another_yunge_at", who=who)) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
