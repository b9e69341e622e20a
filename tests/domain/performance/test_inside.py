"""What may be shown of a place to who sees no names: no number below five, and none that others betray."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest

from domain.performance.inside import (
    FEWEST_SHOWN,
    TURNOVER_FROM_WAN,
    Like,
    Question,
    band_name,
    counted,
    released,
    shown,
)

ALIKE = Like(1, "PERSON", 30, None, 0, True, False, False, False, 40)
SHOPS = replace(ALIKE, kind="SOLE_TRADER", age_decade=None, industry="F", turnover_band=2, has_pos=True)


@pytest.mark.parametrize("levels", [(5,), (5, 8, 12)])
def test_nothing_shown_is_small_and_no_small_number_can_be_worked_out(levels: tuple[int, ...]) -> None:
    """Every table of three answers up to fourteen: who knows the whole, what is shown and the rule itself still finds
    more than one number possible wherever fewer than five stand."""
    alike: dict[object, list[dict[str, int]]] = defaultdict(list)
    for counts in product(range(15), repeat=3):
        cells = dict(zip("ABC", counts, strict=True))
        kept = shown(cells, levels)
        assert all(count >= FEWEST_SHOWN for count in kept.values())
        alike[sum(counts), tuple(sorted(kept.items()))].append(cells)
    for (_, kept), tables in alike.items():
        for answer in set("ABC") - {name for name, _ in kept}:
            possible = {table[answer] for table in tables}
            assert len(possible) > 1 or possible == {0} or min(possible) >= FEWEST_SHOWN, (kept, tables)


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        ({}, {}),
        ({"A": 5, "B": 900}, {"A": 5, "B": 900}),
        ({"A": 0, "B": 6}, {"B": 6}),
        ({"A": 4}, {}),
        ({"A": 3, "B": 900}, {}),
        ({"A": 3, "B": 50, "C": 60}, {}),
        ({"A": 3, "B": 50, "C": 160}, {"C": 160}),
        ({"A": 1, "B": 1, "C": 60, "D": 170}, {"D": 170}),
        ({"A": 2, "B": 3, "C": 6, "D": 70}, {"C": 6, "D": 70}),
        ({"A": 4, "B": 4, "C": 6, "D": 70}, {"D": 70}),
    ],
)
def test_cells_are_left_out_together(cells: dict[str, int], kept: dict[str, int]) -> None:
    assert shown(cells) == kept


def _cells(likes: Sequence[Like], question: Question) -> dict[str, int]:
    return dict(released(likes).cells[question])


def test_a_large_grid_shows_the_sum_of_what_its_small_grids_show() -> None:
    """Otherwise the large one less the small ones that are shown would be the one that is not."""
    quiet = [replace(ALIKE, grid_id=2), replace(SHOPS, grid_id=2, customers=3)]
    open_ = [replace(ALIKE, customers=20), replace(SHOPS, customers=9)]
    assert _cells(open_, Question.KIND) == {"PERSON": 20, "SOLE_TRADER": 9}
    assert _cells(quiet, Question.KIND) == {}
    both = released([*open_, *quiet])
    assert dict(both.cells[Question.KIND]) == {"PERSON": 20, "SOLE_TRADER": 9}
    assert both.withheld[Question.KIND] == 43
    assert both.customers == 72


def test_answers_of_a_kind_are_shown_where_its_number_is() -> None:
    """Ages add up to the persons: they would tell what the table of kinds leaves out."""
    likes = [
        replace(ALIKE, customers=6),
        replace(SHOPS, customers=3),
        replace(SHOPS, kind="ENTERPRISE", customers=200),
    ]
    assert _cells(likes, Question.KIND) == {"ENTERPRISE": 200}
    assert _cells(likes, Question.AGE) == {}
    assert _cells(likes, Question.INDUSTRY) == {}
    assert released(likes).withheld[Question.INDUSTRY] == 0, (
        "how many are left out is the number of businesses"
    )
    alone = released([replace(SHOPS, customers=1)])
    assert (alone.customers, dict(alone.withheld)[Question.KIND], alone.withheld[Question.INDUSTRY]) == (
        1,
        1,
        0,
    )


def test_two_questions_about_one_thing_do_not_betray_what_one_leaves_out() -> None:
    """Who takes in something has a machine and the others have none: with both, what is left out of the one is the rest
    of the other."""
    quiet = replace(ALIKE, turnover_band=0, customers=100)
    unknown = replace(ALIKE, turnover_band=None, customers=3)
    some, more = (replace(SHOPS, turnover_band=band, customers=6) for band in (1, 2))
    answers = released([quiet, unknown, some, more])
    assert dict(answers.cells[Question.TURNOVER]) == {"NONE": 100}
    assert (dict(answers.cells[Question.POS]), answers.withheld[Question.POS]) == ({}, 115)
    whole = released([quiet, replace(unknown, customers=8), some, more])
    assert dict(whole.cells[Question.POS]) == {"NO": 108, "YES": 12}
    neither = released([replace(quiet, customers=12), unknown, some, more])
    assert (dict(neither.cells[Question.TURNOVER]), dict(neither.cells[Question.POS])) == (
        {},
        {"NO": 15, "YES": 12},
    )


def test_everybody_answers_once_what_is_asked_of_his_kind() -> None:
    oldest = replace(ALIKE, age_decade=100, turnover_band=None)
    unknown = replace(ALIKE, age_decade=None, has_deposit=False)
    household = replace(ALIKE, kind="HOUSEHOLD", age_decade=None)
    place = counted([ALIKE, oldest, unknown, household, SHOPS, replace(SHOPS, industry=None)])
    assert place.cells[Question.AGE] == {"30": 40, "80": 40, "UNKNOWN": 40}
    assert place.cells[Question.INDUSTRY] == {"F": 40, "UNKNOWN": 40}
    assert place.cells[Question.TURNOVER] == {"NONE": 120, "UNKNOWN": 40, "FROM_1": 80}
    assert place.cells[Question.DEPOSIT] == {"YES": 200, "NO": 40}
    for question in (Question.KIND, Question.TURNOVER, Question.LOAN, Question.LINE, Question.POS):
        assert sum(place.cells[question].values()) == place.customers == 240
    assert not +place.withheld


def test_bands_are_named_by_where_they_begin() -> None:
    names = [band_name(band) for band in range(len(TURNOVER_FROM_WAN) + 2)]
    assert names == ["NONE", "FROM_0", "FROM_1", "FROM_10", "FROM_50", "FROM_100"]
