"""Named places where a test may end or freeze the process. Nothing is there unless FAULT is set at the start.

`FAULT=before_commit:identity` ends the process with code 137 when that place is passed; commas separate several;
a leading `hang:` freezes it (SIGSTOP) instead. With FAULT_ONCE naming a folder, each place strikes only one process.
"""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path


def _nothing(_place: str) -> None:
    """In ordinary runs a fail point is an empty call."""


def _is_first(place: str) -> bool:
    folder = os.environ.get("FAULT_ONCE")
    if folder is None:
        return True
    try:
        (Path(folder) / place).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _strike_at(wanted: list[str]) -> Callable[[str], None]:
    def strike(place: str) -> None:
        if place in wanted and _is_first(place):
            os._exit(137)
        if f"hang:{place}" in wanted and _is_first(place):
            os.kill(os.getpid(), signal.SIGSTOP)
            # The process stops a moment later than the call returns; this thread must not get further meanwhile.
            time.sleep(1)

    return strike


fail_point: Callable[[str], None] = (
    _strike_at(os.environ["FAULT"].split(",")) if "FAULT" in os.environ else _nothing
)
