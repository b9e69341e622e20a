"""Small steps over a table of their own, to try the runner without the county's data."""

import time

from domain.shared.errors import DomainError
from domain.shared.night import Connection, Night, NightStep, Report, StepResult
from domain.shared.statements import AS_SAID_BEFORE
from domain.tasks.parameters import WALK_STOPS


class Refused(DomainError):
    code = "TEST_REFUSED"


def _note(connection: Connection, night: Night, name: str) -> None:
    connection.execute("insert into notes (run_id, name) values (%s, %s)", [night.run_id, name])


def noting(name: str, seconds: float = 0.0):
    def step(connection: Connection, night: Night, report: Report) -> StepResult:
        report(0.5, AS_SAID_BEFORE(text=f"{name} 进行中"))
        _note(connection, night, name)
        time.sleep(seconds)
        return StepResult(1, AS_SAID_BEFORE(text=f"{name} 完成"))

    return step


def telling_stops(connection: Connection, night: Night, report: Report) -> StepResult:
    """Notes how many stops a walk has on the data date."""
    _note(connection, night, str(WALK_STOPS.of(night.parameters)))
    return StepResult(1)


def refusing(connection: Connection, night: Night, report: Report) -> StepResult:
    _note(connection, night, "refused")
    raise Refused


def broken(connection: Connection, night: Night, report: Report) -> StepResult:
    _note(connection, night, "broken")
    raise ZeroDivisionError


FAN = (
    NightStep("find", noting("find")),
    NightStep("left", noting("left", 0.05), after=("find",)),
    NightStep("right", noting("right", 0.05), after=("find",)),
    NightStep("join", noting("join"), after=("left", "right"), writes=("notes",)),
)


def fan_with(name: str, run) -> tuple[NightStep, ...]:
    """The fan with one step replaced."""
    return tuple(
        NightStep(step.name, run if step.name == name else step.run, step.after, step.writes) for step in FAN
    )
