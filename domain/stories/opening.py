"""开行: the steps from an empty installation to the first walk, as a rule over what is there.

A step is done when nothing that it needs is missing. What is worth telling beside that (`notes`) keeps nobody from
going on. The facts are counted in `opening_facts`; the desk's page and `./yunge opening` say the same sentences.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.shared.statements import DATE, NUMBER, TEXT, Statement, declare


class StepName(StrEnum):
    """In the order in which a bank takes them."""

    OUTLINE = "OUTLINE"
    ATOMS = "ATOMS"
    ORGANISATION = "ORGANISATION"
    STAFF = "STAFF"
    GRIDS = "GRIDS"
    SOURCES = "SOURCES"
    NIGHT = "NIGHT"


class StepState(StrEnum):
    WAITING = "WAITING"
    """Another step comes first."""
    OPEN = "OPEN"
    """Nothing is there yet, and it can be begun."""
    BEGUN = "BEGUN"
    """Something is there, and something is missing."""
    DONE = "DONE"


IMPORTS: Mapping[StepName, tuple[str, ...]] = {
    StepName.OUTLINE: ("outline",),
    StepName.ATOMS: ("atoms", "towns", "successors"),
    StepName.ORGANISATION: ("org",),
    StepName.STAFF: ("staff",),
    StepName.GRIDS: ("grids", "posts"),
}
"""The kinds of import by which a step is taken, of those that the house has."""

AFTER: Mapping[StepName, tuple[StepName, ...]] = {
    StepName.ATOMS: (StepName.OUTLINE,),
    StepName.STAFF: (StepName.ORGANISATION,),
    StepName.GRIDS: (StepName.ATOMS, StepName.ORGANISATION),
    StepName.NIGHT: (StepName.STAFF, StepName.GRIDS, StepName.SOURCES),
}
"""What has to be there before; sources need nothing, so they can be described while others draw grids."""


@dataclass(frozen=True)
class Facts:
    """What an installation holds today. A `first_…` is the name of one of those counted beside it."""

    outline: str | None = None
    outline_km2: float = 0
    atoms: int = 0
    towns: int = 0
    units: int = 0
    outlets: int = 0
    outlets_without_place: int = 0
    first_without_place: str = ""
    staff: int = 0
    managers: int = 0
    """Staff whose duty are customers."""
    outlets_without_head: int = 0
    first_without_head: str = ""
    without_way_in: int = 0
    may_bring: int = 0
    may_decide: int = 0
    """People who may bring, and who may agree to, a list; somebody who may do both counts for each."""
    both_alone: bool = False
    """Whether the only one who may bring is the only one who may agree."""
    plan: str | None = None
    plan_from_on: date | None = None
    next_plan: str | None = None
    next_from_on: date | None = None
    draft: str | None = None
    small_grids: int = 0
    atoms_without_grid: int = 0
    grids_without_a: int = 0
    first_without_a: str = ""
    adapters: int = 0
    feeds_taken: int = 0
    customer_files: int = 0
    """Files of people or firms that were taken: without them a night makes nobody."""
    files_held: int = 0
    files_refused: int = 0
    """Feeds of which every file so far was sent back."""
    night_on: date | None = None
    """The last data date whose night ended well."""
    night_failed_on: date | None = None
    """The last night, where it failed."""
    customers: int = 0
    walks: int = 0
    two_for_feeds: bool = True
    """Whether one can write descriptions of files and another agree to them."""


@dataclass(frozen=True)
class Step:
    name: StepName
    state: StepState
    imports: tuple[str, ...]
    told: tuple[Statement, ...]
    """What is there."""
    lacks: tuple[Statement, ...]
    """What is missing."""
    notes: tuple[Statement, ...]
    """What is worth a look and keeps nobody."""
    advice: Statement | None
    """What to do next; null where nothing is to be done."""
    after: tuple[StepName, ...]
    """The steps that come first and are not done."""


@dataclass(frozen=True)
class _Found:
    told: tuple[Statement, ...] = ()
    lacks: tuple[Statement, ...] = ()
    notes: tuple[Statement, ...] = ()


OUTLINE = declare("OPENING_OUTLINE", place=TEXT, square_km=NUMBER)
ATOMS = declare("OPENING_ATOMS", atoms=NUMBER, towns=NUMBER)
UNITS = declare("OPENING_UNITS", units=NUMBER, outlets=NUMBER)
STAFF = declare("OPENING_STAFF", staff=NUMBER, managers=NUMBER)
PLAN = declare("OPENING_PLAN", plan=TEXT, grids=NUMBER, begins_on=DATE)
PLAN_TO_COME = declare("OPENING_PLAN_TO_COME", plan=TEXT, begins_on=DATE)
DRAFT = declare("OPENING_DRAFT", plan=TEXT)
FILES = declare("OPENING_FILES", feeds=NUMBER)
ADAPTERS = declare("OPENING_ADAPTERS", adapters=NUMBER)
NIGHT = declare("OPENING_NIGHT", data_on=DATE, customers=NUMBER, walks=NUMBER)

NO_OUTLINE = declare("OPENING_NO_OUTLINE")
NO_ATOMS = declare("OPENING_NO_ATOMS")
NO_OUTLETS = declare("OPENING_NO_OUTLETS")
NO_MANAGERS = declare("OPENING_NO_MANAGERS")
NO_SECOND_PERSON = declare("OPENING_NO_SECOND_PERSON")
NO_SECOND_FOR_FEEDS = declare("OPENING_NO_SECOND_FOR_FEEDS")
NO_PLAN = declare("OPENING_NO_PLAN")
ATOMS_WITHOUT_GRID = declare("OPENING_ATOMS_WITHOUT_GRID", atoms=NUMBER)
NO_POSTS = declare("OPENING_NO_POSTS")
NO_CUSTOMER_FILE = declare("OPENING_NO_CUSTOMER_FILE")
NO_NIGHT = declare("OPENING_NO_NIGHT")
NIGHT_FAILED = declare("OPENING_NIGHT_FAILED", data_on=DATE)
NO_WALKS = declare("OPENING_NO_WALKS")

WITHOUT_PLACE = declare("OPENING_WITHOUT_PLACE", outlets=NUMBER, first=TEXT)
WITHOUT_HEAD = declare("OPENING_WITHOUT_HEAD", outlets=NUMBER, first=TEXT)
WITHOUT_WAY_IN = declare("OPENING_WITHOUT_WAY_IN", staff=NUMBER)
GRIDS_WITHOUT_A = declare("OPENING_GRIDS_WITHOUT_A", grids=NUMBER, first=TEXT)
FILES_HELD = declare("OPENING_FILES_HELD", files=NUMBER)
FILES_REFUSED = declare("OPENING_FILES_REFUSED", feeds=NUMBER)

ADVICE: Mapping[StepName, Statement] = {
    StepName.OUTLINE: declare("OPENING_DO_OUTLINE")(),
    StepName.ATOMS: declare("OPENING_DO_ATOMS")(),
    StepName.ORGANISATION: declare("OPENING_DO_ORGANISATION")(),
    StepName.STAFF: declare("OPENING_DO_STAFF")(),
    StepName.GRIDS: declare("OPENING_DO_GRIDS")(),
    StepName.SOURCES: declare("OPENING_DO_SOURCES")(),
    StepName.NIGHT: declare("OPENING_DO_NIGHT")(),
}


def opening_steps(facts: Facts, kinds: frozenset[str]) -> tuple[Step, ...]:
    """All steps in their order. `kinds` are those that can be imported."""
    found = {name: look(facts) for name, look in _LOOKS.items()}
    done = {name for name, one in found.items() if not one.lacks}
    return tuple(
        _step(name, found[name], tuple(one for one in AFTER.get(name, ()) if one not in done), kinds)
        for name in StepName
    )


def _step(name: StepName, found: _Found, after: tuple[StepName, ...], kinds: frozenset[str]) -> Step:
    state = _state(found, has_to_wait=bool(after))
    return Step(
        name,
        state,
        tuple(kind for kind in IMPORTS.get(name, ()) if kind in kinds),
        found.told,
        found.lacks,
        found.notes,
        None if state in (StepState.DONE, StepState.WAITING) else ADVICE[name],
        after,
    )


def _state(found: _Found, *, has_to_wait: bool) -> StepState:
    if not found.lacks:
        return StepState.DONE
    if found.told:
        return StepState.BEGUN
    return StepState.WAITING if has_to_wait else StepState.OPEN


def _said(*pairs: tuple[bool, Callable[[], Statement]]) -> tuple[Statement, ...]:
    """Those that hold; a statement is made only then, for its values are there only then."""
    return tuple(say() for holds, say in pairs if holds)


def _outline(facts: Facts) -> _Found:
    if facts.outline is None:
        return _Found(lacks=(NO_OUTLINE(),))
    return _Found(told=(OUTLINE(place=facts.outline, square_km=round(facts.outline_km2)),))


def _atoms(facts: Facts) -> _Found:
    if not facts.atoms:
        return _Found(lacks=(NO_ATOMS(),))
    return _Found(told=(ATOMS(atoms=facts.atoms, towns=facts.towns),))


def _organisation(facts: Facts) -> _Found:
    return _Found(
        told=_said((facts.units > 1, lambda: UNITS(units=facts.units, outlets=facts.outlets))),
        lacks=_said((not facts.outlets, NO_OUTLETS)),
        notes=_said(
            (
                facts.outlets_without_place > 0,
                lambda: WITHOUT_PLACE(outlets=facts.outlets_without_place, first=facts.first_without_place),
            ),
        ),
    )


def _staff(facts: Facts) -> _Found:
    has_two = facts.may_bring > 0 and facts.may_decide > 0 and not facts.both_alone
    return _Found(
        told=_said((facts.staff > 1, lambda: STAFF(staff=facts.staff, managers=facts.managers))),
        lacks=_said((not facts.managers, NO_MANAGERS)),
        notes=_said(
            (not has_two, NO_SECOND_PERSON),
            (
                facts.outlets_without_head > 0,
                lambda: WITHOUT_HEAD(outlets=facts.outlets_without_head, first=facts.first_without_head),
            ),
            (facts.without_way_in > 0, lambda: WITHOUT_WAY_IN(staff=facts.without_way_in)),
        ),
    )


def _grids(facts: Facts) -> _Found:
    plan, from_on = facts.plan, facts.plan_from_on
    coming, next_on = facts.next_plan, facts.next_from_on
    told = [PLAN(plan=plan, grids=facts.small_grids, begins_on=from_on)] if plan and from_on else []
    if coming and next_on:
        told.append(PLAN_TO_COME(plan=coming, begins_on=next_on))
    if facts.draft:
        told.append(DRAFT(plan=facts.draft))
    has_plan = plan is not None
    has_posts = facts.grids_without_a < facts.small_grids
    return _Found(
        told=tuple(told),
        lacks=_said(
            (not has_plan, NO_PLAN),
            (
                has_plan and facts.atoms_without_grid > 0,
                lambda: ATOMS_WITHOUT_GRID(atoms=facts.atoms_without_grid),
            ),
            (has_plan and not has_posts, NO_POSTS),
        ),
        notes=_said(
            (
                has_plan and has_posts and facts.grids_without_a > 0,
                lambda: GRIDS_WITHOUT_A(grids=facts.grids_without_a, first=facts.first_without_a),
            ),
        ),
    )


def _sources(facts: Facts) -> _Found:
    return _Found(
        told=_said(
            (facts.adapters > 0, lambda: ADAPTERS(adapters=facts.adapters)),
            (facts.feeds_taken > 0, lambda: FILES(feeds=facts.feeds_taken)),
        ),
        lacks=_said((not facts.customer_files, NO_CUSTOMER_FILE)),
        notes=_said(
            (not facts.two_for_feeds, NO_SECOND_FOR_FEEDS),
            (facts.files_held > 0, lambda: FILES_HELD(files=facts.files_held)),
            (facts.files_refused > 0, lambda: FILES_REFUSED(feeds=facts.files_refused)),
        ),
    )


def _night(facts: Facts) -> _Found:
    on, failed_on = facts.night_on, facts.night_failed_on
    told = (NIGHT(data_on=on, customers=facts.customers, walks=facts.walks),) if on else ()
    failed = (NIGHT_FAILED(data_on=failed_on),) if failed_on else ()
    if on is None:
        return _Found(lacks=failed or (NO_NIGHT(),))
    return _Found(told, lacks=failed + _said((not facts.walks, NO_WALKS)))


_LOOKS: Mapping[StepName, Callable[[Facts], _Found]] = {
    StepName.OUTLINE: _outline,
    StepName.ATOMS: _atoms,
    StepName.ORGANISATION: _organisation,
    StepName.STAFF: _staff,
    StepName.GRIDS: _grids,
    StepName.SOURCES: _sources,
    StepName.NIGHT: _night,
}
