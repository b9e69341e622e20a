"""`./yunge opening`: where the bank stands on the way to its first walk, and what to do next."""

from datetime import UTC, datetime

import psycopg

from api.cli.signed import database_url
from api.local.imports import KINDS
from api.local.words import say, t
from domain.shared.calendar import bank_day
from domain.shared.rows import NightRows
from domain.stories.opening import Step, StepState, opening_steps
from domain.stories.opening_facts import opening_facts

MARKS = {StepState.DONE: "✓", StepState.BEGUN: "…", StepState.OPEN: "→", StepState.WAITING: " "}


def tell_opening() -> bool:
    """Print every step; whether all of them are done."""
    with psycopg.connect(database_url()) as database:
        facts = opening_facts(NightRows(database), bank_day(datetime.now(UTC)))
    steps = opening_steps(facts, frozenset(kind.name for kind in KINDS))
    for number, step in enumerate(steps, 1):
        _tell(number, step)
    return all(step.state is StepState.DONE for step in steps)


def _tell(number: int, step: Step) -> None:
    name, state = t(f"opening.{step.name}"), t(f"opening.{step.state}")
    print(f"{MARKS[step.state]} {number}  {name}  {state}")
    for said in (*step.told, *step.lacks, *step.notes):
        print(f"     {say(said)}")
    if step.state is StepState.WAITING:
        first = t("lists.separator").join(t(f"opening.{one}") for one in step.after)
        print(f"     {t('opening.comes_first', steps=first)}")
    if step.advice is not None:
        print(f"     {say(step.advice)}")
