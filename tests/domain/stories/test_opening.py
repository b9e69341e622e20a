"""The steps of an opening, by what is there: pure, but for one test of how it is counted."""

from dataclasses import replace
from datetime import date

import pytest

from domain.stories.opening import Facts, Step, StepName, StepState, opening_steps

KINDS = frozenset({"outline", "atoms", "org", "staff", "grids", "posts", "other"})
DAY = date(2026, 11, 27)
DONE = Facts(
    outline="某县",
    outline_km2=1234.4,
    atoms=900,
    towns=12,
    units=8,
    outlets=5,
    staff=40,
    managers=30,
    may_bring=1,
    may_decide=1,
    plan="首版",
    plan_from_on=DAY,
    small_grids=30,
    feeds_taken=4,
    customer_files=1,
    night_on=DAY,
    customers=10_000,
    walks=30,
)


def steps(facts: Facts) -> dict[StepName, Step]:
    return {one.name: one for one in opening_steps(facts, KINDS)}


def states(facts: Facts) -> str:
    return " ".join(one.state[0] for one in opening_steps(facts, KINDS))


def codes(step: Step) -> set[str]:
    return {one.code.removeprefix("OPENING_") for one in (*step.lacks, *step.notes)}


def test_an_empty_installation_can_begin_with_what_needs_nothing() -> None:
    # The operator himself is one unit and one member of staff.
    found = steps(Facts(units=1, staff=1, may_bring=1))
    assert states(Facts(units=1, staff=1, may_bring=1)) == "O W O W W O W"
    assert found[StepName.GRIDS].after == (StepName.ATOMS, StepName.ORGANISATION)
    assert found[StepName.NIGHT].after == (StepName.STAFF, StepName.GRIDS, StepName.SOURCES)
    assert all((one.advice is None) == (one.state is StepState.WAITING) for one in found.values())
    assert all(len(one.lacks) == 1 and not one.told for one in found.values())


def test_a_bank_that_walks_has_nothing_left_to_do() -> None:
    assert states(DONE) == "D D D D D D D"
    assert all(one.advice is None and not one.lacks and one.told for one in steps(DONE).values())
    assert not any(one.notes for one in steps(DONE).values())


@pytest.mark.parametrize(
    ("changed", "step", "state", "missing"),
    [
        ({"outline": None}, StepName.OUTLINE, "OPEN", "NO_OUTLINE"),
        ({"atoms": 0}, StepName.ATOMS, "OPEN", "NO_ATOMS"),
        ({"outline": None, "atoms": 0}, StepName.ATOMS, "WAITING", "NO_ATOMS"),
        ({"outline": None}, StepName.ATOMS, "DONE", None),
        ({"outlets": 0}, StepName.ORGANISATION, "BEGUN", "NO_OUTLETS"),
        ({"outlets_without_place": 2}, StepName.ORGANISATION, "DONE", "WITHOUT_PLACE"),
        ({"managers": 0}, StepName.STAFF, "BEGUN", "NO_MANAGERS"),
        ({"may_decide": 0}, StepName.STAFF, "DONE", "NO_SECOND_PERSON"),
        ({"both_alone": True}, StepName.STAFF, "DONE", "NO_SECOND_PERSON"),
        ({"without_way_in": 3}, StepName.STAFF, "DONE", "WITHOUT_WAY_IN"),
        ({"outlets_without_head": 1}, StepName.STAFF, "DONE", "WITHOUT_HEAD"),
        ({"plan": None, "plan_from_on": None, "small_grids": 0}, StepName.GRIDS, "OPEN", "NO_PLAN"),
        ({"plan": None, "small_grids": 0, "draft": "首版"}, StepName.GRIDS, "BEGUN", "NO_PLAN"),
        ({"atoms_without_grid": 4}, StepName.GRIDS, "BEGUN", "ATOMS_WITHOUT_GRID"),
        ({"grids_without_a": 30}, StepName.GRIDS, "BEGUN", "NO_POSTS"),
        ({"grids_without_a": 2}, StepName.GRIDS, "DONE", "GRIDS_WITHOUT_A"),
        ({"customer_files": 0}, StepName.SOURCES, "BEGUN", "NO_CUSTOMER_FILE"),
        ({"two_for_feeds": False}, StepName.SOURCES, "DONE", "NO_SECOND_FOR_FEEDS"),
        ({"files_held": 1}, StepName.SOURCES, "DONE", "FILES_HELD"),
        ({"files_refused": 1}, StepName.SOURCES, "DONE", "FILES_REFUSED"),
        ({"night_on": None}, StepName.NIGHT, "OPEN", "NO_NIGHT"),
        ({"night_on": None, "night_failed_on": DAY}, StepName.NIGHT, "OPEN", "NIGHT_FAILED"),
        ({"night_failed_on": DAY}, StepName.NIGHT, "BEGUN", "NIGHT_FAILED"),
        ({"walks": 0}, StepName.NIGHT, "BEGUN", "NO_WALKS"),
    ],
)
def test_what_is_missing_is_said_and_what_is_worth_a_look_keeps_nobody(
    changed: dict[str, object], step: StepName, state: str, missing: str | None
) -> None:
    found = steps(replace(DONE, **changed))[step]  # type: ignore[arg-type]
    assert (found.state, codes(found)) == (state, set() if missing is None else {missing})


def test_a_step_offers_the_lists_that_can_be_imported() -> None:
    assert steps(DONE)[StepName.GRIDS].imports == ("grids", "posts")
    of_few = {one.name: one.imports for one in opening_steps(DONE, frozenset({"posts", "org"}))}
    assert (of_few[StepName.GRIDS], of_few[StepName.OUTLINE]) == (("posts",), ())
