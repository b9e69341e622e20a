"""Lanes of the test run with their budgets in worker-seconds: what each kind of test may take.

Together they are ten minutes on two cores. A budget is printed beside what was used and never asserted: an hour in
which the machine is slow is nobody's fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    name: str
    folders: tuple[str, ...]
    budget_s: int


LANES = (
    Lane("rules and SQL", ("domain", "geo", "ml", "migrations", "house"), 285),
    Lane("schema", ("schema",), 205),
    Lane("browser", ("browser",), 285),
    Lane("api and cli", ("api",), 220),
    Lane("faults", ("faults",), 60),
)
RESERVE_S = 55
"""For what comes; each large change may take 45 of it and says so where it raises a lane.

Taken so far: 25 by schema, 45 by browser and 100 by api, for odd requests, held files, the phone's device store and a
bank of one's own by commands and at the desk. Given back: 15 by rules and SQL, since databases are lent again
(`tests/databases.py`) and the long run climbs the older migrations.
"""


def lane_of(node_id: str) -> str | None:
    """The lane of a test by its address (`tests/schema/test_rights.py::test_…`)."""
    folder = node_id.removeprefix("tests/").split("/", 1)[0]
    return next((lane.name for lane in LANES if folder in lane.folders), None)


def table(used_s: Mapping[str, float]) -> list[str]:
    """One line a lane that was used, and their sum; `over` marks what took more than its budget."""
    lines = [
        f"{lane.name:<14}{used_s[lane.name]:>8.0f} of {lane.budget_s:>4} s"
        + ("   over" if used_s[lane.name] > lane.budget_s else "")
        for lane in LANES
        if lane.name in used_s
    ]
    budget_s = sum(lane.budget_s for lane in LANES) + RESERVE_S
    return [*lines, f"{'all':<14}{sum(used_s.values()):>8.0f} of {budget_s:>4} s with the reserve"]
