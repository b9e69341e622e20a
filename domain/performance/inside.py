"""网格内统计: what is asked of the customers inside of a grid or an area, and what of it who sees no names may read.

Some readers know a place's customers by numbers alone. To them no number stands for fewer than five, and none can be
had from others: what is shown of a place is worked out for each of its small grids by itself, and larger places are
sums of what is shown of those. So whatever two places one takes from each other, the difference was shown anyway.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

FEWEST_SHOWN = 5
LEVELS = (FEWEST_SHOWN, 20, 100, 1_000)
"""From how many customers on cells are shown where one of them is too small."""
MOST_CUSTOMERS = 50_000
"""More are not counted while somebody waits: the dashboard has the bank."""
WAN_FEN = 1_000_000
TURNOVER_FROM_WAN = (1, 10, 50, 100)
"""Where the bands of a year's turnover begin, in 10,000 yuan; below the first and above nothing is a band too."""
OLDEST_DECADE = 80
"""It stands for whoever is older as well."""

NONE, UNKNOWN, YES, NO = "NONE", "UNKNOWN", "YES", "NO"


class Question(StrEnum):
    """By what customers are told apart. Each customer has one answer to each question that is his kind's."""

    KIND = "KIND"
    AGE = "AGE"
    INDUSTRY = "INDUSTRY"
    TURNOVER = "TURNOVER"
    DEPOSIT = "DEPOSIT"
    LOAN = "LOAN"
    LINE = "LINE"
    POS = "POS"


PERSON = "PERSON"
BUSINESSES = frozenset({"SOLE_TRADER", "ENTERPRISE", "ORGANISATION"})
KINDS_OF: Mapping[Question, frozenset[str]] = {
    Question.AGE: frozenset({PERSON}),
    Question.INDUSTRY: BUSINESSES,
}
"""Questions that are not asked of everybody."""

FINER: Mapping[Question, Question] = {Question.POS: Question.TURNOVER}
"""Questions whose answers add up those of another: whoever takes in something has a machine."""

Cells = Mapping[str, int]


@dataclass(frozen=True)
class Like:
    """Customers of one small grid (None: of none) whose answers are all the same."""

    grid_id: int | None
    kind: str
    age_decade: int | None
    industry: str | None
    turnover_band: int | None
    has_deposit: bool
    has_loan: bool
    has_line: bool
    has_pos: bool
    customers: int

    def answers(self) -> Iterable[tuple[Question, str]]:
        yield Question.KIND, self.kind
        if self.kind == PERSON:
            yield (
                Question.AGE,
                UNKNOWN if self.age_decade is None else str(min(self.age_decade, OLDEST_DECADE)),
            )
        if self.kind in BUSINESSES:
            yield Question.INDUSTRY, self.industry or UNKNOWN
        yield Question.TURNOVER, UNKNOWN if self.turnover_band is None else band_name(self.turnover_band)
        yield Question.DEPOSIT, YES if self.has_deposit else NO
        yield Question.LOAN, YES if self.has_loan else NO
        yield Question.LINE, YES if self.has_line else NO
        yield Question.POS, YES if self.has_pos else NO


def band_name(band: int) -> str:
    """Bands are numbered: 0 nothing, 1 below the first threshold, and so on."""
    return NONE if band == 0 else f"FROM_{(0, *TURNOVER_FROM_WAN)[band - 1]}"


@dataclass
class Place:
    """What one place answers: customers by question and answer."""

    customers: int = 0
    cells: dict[Question, Counter[str]] = field(default_factory=lambda: {one: Counter() for one in Question})
    withheld: Counter[Question] = field(default_factory=Counter)
    """Customers whose answer is not shown."""


def counted(likes: Iterable[Like]) -> Place:
    """Everybody's answers."""
    place = Place()
    for like in likes:
        place.customers += like.customers
        for question, answer in like.answers():
            place.cells[question][answer] += like.customers
    return place


def released(likes: Iterable[Like]) -> Place:
    """The answers that may be shown to who sees no names; the number of all is no secret."""
    by_grid: dict[int | None, list[Like]] = {}
    for like in likes:
        by_grid.setdefault(like.grid_id, []).append(like)
    total = Place()
    for some in by_grid.values():
        place = counted(some)
        kinds = shown(place.cells[Question.KIND])
        total.customers += place.customers
        for question, cells in place.cells.items():
            if not _may_answer(question, place.cells[Question.KIND], kinds):
                continue
            kept = {} if _is_betrayed(question, place.cells) else shown(cells)
            total.cells[question].update(kept)
            total.withheld[question] += sum(cells.values()) - sum(kept.values())
    return total


def _may_answer(question: Question, kinds: Cells, shown_kinds: Cells) -> bool:
    """Answers of one kind add up to its number, so they are shown, and said to be left out, where the number is."""
    return all(kind in shown_kinds for kind in KINDS_OF.get(question, ()) if kinds.get(kind))


def _is_betrayed(question: Question, cells: Mapping[Question, Cells]) -> bool:
    """Whether its answers, beside the finer ones that are shown, would tell those that are left out."""
    finer = FINER.get(question)
    return finer is not None and 0 < sum(shown(cells[finer]).values()) < sum(cells[finer].values())


def shown(cells: Cells, levels: tuple[int, ...] = LEVELS) -> dict[str, int]:
    """The cells of one small grid that may be shown: all, those from one of the levels on, or none.

    Where a cell has fewer than five, those shown begin at the first level that leaves out at least two cells, with five
    customers at least and so few or many together that none of them is the only one possible. A reader knows the whole,
    what is shown and this rule; leaving out the next smallest instead would tell him that it is the next smallest.
    """
    counts = {answer: count for answer, count in cells.items() if count > 0}
    if not counts or min(counts.values()) >= FEWEST_SHOWN:
        return counts
    for level in levels:
        left_out = [count for count in counts.values() if count < level]
        most = (FEWEST_SHOWN - 1) * len(left_out) - 1 if level == FEWEST_SHOWN else level - 1
        if len(left_out) > 1 and FEWEST_SHOWN <= sum(left_out) <= most:
            return {answer: count for answer, count in counts.items() if count >= level}
    return {}
