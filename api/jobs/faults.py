"""Named places where a test may end the process, as a crash would. Not there unless FAULT is set at the start.

`FAULT=before_commit:identity` ends the process with code 137 the first time that place is passed.
"""

import os
from collections.abc import Callable


def _nothing(_place: str) -> None:
    """In ordinary runs a fail point is an empty call."""


def _crash_at(wanted: str) -> Callable[[str], None]:
    def crash(place: str) -> None:
        if place == wanted:
            os._exit(137)

    return crash


fail_point: Callable[[str], None] = _crash_at(os.environ["FAULT"]) if "FAULT" in os.environ else _nothing
