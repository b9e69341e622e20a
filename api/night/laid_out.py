"""A night's own list of steps: the rows that its beginning laid out, and this release's functions for them.

A release that adds, removes or renames steps leaves a night that is running as it was laid out. A step that this
release added is not in it; one that it renamed is found by the former name; one that it no longer has is left to a
worker of the release that has it, and fails the night where none takes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from domain.shared.errors import DomainError
from domain.shared.night import Connection, NightStep
from domain.shared.statements import NUMBER, TEXT

WAITS_FOR_ITS_RELEASE_SECONDS = 60
"""How long a step is left to workers of another release, which a rolling change still has side by side."""


class StepUnknown(DomainError):
    code = "NIGHT_STEP_UNKNOWN"
    takes: ClassVar = {"step": TEXT, "seconds": NUMBER}


@dataclass(frozen=True)
class LaidOutStep:
    """One row of the list. `after` is None where the release that laid it out did not note it."""

    name: str
    state: str
    after: tuple[str, ...] | None


def lay_out(connection: Connection, run_id: int, steps: Sequence[NightStep]) -> None:
    """Write the steps of this release as the list of a night; done twice it changes nothing."""
    with connection.cursor() as cursor:
        cursor.executemany(
            """insert into night_steps (night_run_id, name, position, state, progress, after)
               values (%s, %s, %s, 'WAITING', 0, %s) on conflict do nothing""",
            [(run_id, step.name, position, list(step.after)) for position, step in enumerate(steps, start=1)],
        )


def list_of(connection: Connection, run_id: int) -> list[LaidOutStep]:
    """The steps of a night in their order."""
    rows = connection.execute(
        "select name, state, after from night_steps where night_run_id = %s order by position", [run_id]
    )
    return [LaidOutStep(name, state, None if after is None else tuple(after)) for name, state, after in rows]


def known_as(name: str, steps: Sequence[NightStep]) -> NightStep | None:
    """This release's step by a name of the list, which may be a former one; None: there is none any more."""
    by_name = next((step for step in steps if step.name == name), None)
    return by_name or next((step for step in steps if name in step.formerly), None)


def ready(laid_out: Sequence[LaidOutStep], steps: Sequence[NightStep]) -> list[str]:
    """Names of the steps that are not done and wait for nothing more, by the list and not by this release."""
    done = {step.name for step in laid_out if step.state == "DONE"}
    return [
        step.name for step in laid_out if step.name not in done and _waits_for(step, laid_out, steps) <= done
    ]


def _waits_for(step: LaidOutStep, laid_out: Sequence[LaidOutStep], steps: Sequence[NightStep]) -> set[str]:
    """What a step waits for, in the list's names; one that the list does not hold is waited for by nobody."""
    names = {other.name for other in laid_out}
    if step.after is not None:
        return set(step.after) & names
    known = known_as(step.name, steps)
    after = () if known is None else known.after
    return {
        name
        for wanted in after
        for name in names
        if (found := known_as(name, steps)) is not None and found.name == wanted
    }
