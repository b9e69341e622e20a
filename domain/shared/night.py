"""What a step of the night is given and gives back. The list of steps is `api/night/steps.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import psycopg

from domain.shared.statements import TEXT, Statement, declare

Connection = psycopg.Connection[tuple[Any, ...]]
Report = Callable[[float, Statement | None], None]
"""Tells how far a step is: a fraction from 0 to 1, and what it does."""

DOING = declare("NIGHT_DOING", doing=TEXT)
"""What a step does at the moment, as a code that has words (`values.doing` of the catalogues)."""


@dataclass(frozen=True)
class Night:
    """One night run. `is_full` asks every step to work on everything instead of on what changed.

    `parameters` are the values of the data date (`Parameter.of` reads one); the runner reads them once a step.
    """

    run_id: int
    data_date: date
    landing: Path
    is_full: bool = False
    retrain: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class StepResult:
    """Rows worked on, and what people should know. `figures` is kept with the step's log line."""

    rows: int
    message: Statement | None = None
    figures: dict[str, float] = field(default_factory=dict)


class Step(Protocol):
    """A step runs in one transaction that the runner opened; it never commits."""

    def __call__(self, connection: Connection, night: Night, report: Report) -> StepResult: ...


def silent(_fraction: float, _message: Statement | None = None) -> None:
    """A report that nobody reads: for tests and benchmarks."""


@dataclass(frozen=True)
class NightStep:
    """`after` names the steps that must be done before; `writes` the tables whose statistics change with it.

    `numbers` are the tables whose rows this step alone numbers: an attempt that was undone would leave a gap in the
    numbers, and customers are called by the lowest number of their records. `formerly` are names of earlier releases,
    by which a night that was laid out before the change still calls it.
    `is_wanted` says of a night that begins, with its landing folder, whether it has the step at all.
    """

    name: str
    run: Step
    after: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    is_wanted: Callable[[Connection, Path], bool] | None = None


def step_of(module: str, function: str, **given: Any) -> Step:
    """A step whose module is loaded when it runs: a worker that only explains a score loads no geometry."""

    def run(connection: Connection, night: Night, report: Report) -> StepResult:
        loaded: Callable[..., StepResult] = getattr(import_module(module), function)
        return partial(loaded, **given)(connection, night, report)

    return run
