"""A real worker process with small steps, so that crashes can be tried in seconds.

`careless` is a step without the protection: it commits its effect apart from the DONE. Tests must see it end badly.
"""

import sys
import time

import psycopg

from api.jobs.context import JobContext
from api.settings import settings
from api.worker import run
from domain.shared.night import Connection, Night, NightStep, Report, StepResult


def note(connection: Connection, night: Night, name: str) -> None:
    connection.execute("insert into notes (run_id, name) values (%s, %s)", [night.run_id, name])


def sound(name: str, seconds: float = 0.2):
    def step(connection: Connection, night: Night, report: Report) -> StepResult:
        note(connection, night, name)
        time.sleep(seconds)
        return StepResult(1)

    return step


def careless(connection: Connection, night: Night, report: Report) -> StepResult:
    with psycopg.connect(settings().database_url) as apart:
        note(apart, night, "careless")
    return StepResult(1)


SMALL_STEPS = (
    NightStep("find", sound("find")),
    NightStep("left", sound("left"), after=("find",)),
    NightStep("right", sound("right"), after=("find",)),
    NightStep("careless", careless, after=("left", "right")),
    NightStep("join", sound("join"), after=("careless",)),
)

if __name__ == "__main__":
    given = settings()
    context = JobContext(given.database_url, given.landing, SMALL_STEPS)
    run(given, context, has_clock="--no-cron" not in sys.argv[1:])
