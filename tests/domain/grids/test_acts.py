"""What acts make of a draft, and what is still wrong with one: rules over plain values."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from domain.grids.acts import (
    Act,
    allow_crossing,
    assign,
    give,
    make,
    merge,
    put,
    rearrange,
    remove,
    rename,
    seat,
    split,
)
from domain.grids.drafts import LARGE, SMALL, Draft, DraftAtom, DraftGrid, Edit, as_it_was, edited, touched
from domain.grids.findings import findings, pieces
from domain.shared.errors import DomainError

# A row of atoms 1 to 6 and an island 9: 1 to 4 lie in town t, 5, 6 and the island in town u. Outlet 10 works 1 to 3.
ROW = (1, 2, 3, 4, 5, 6)
NEIGHBOURS = {atom: [n for n in (atom - 1, atom + 1) if n in ROW] for atom in ROW}
ATOMS = {atom: DraftAtom(f"a{atom}", "t" if atom < 5 else "u", 10 if atom < 4 else 20) for atom in (*ROW, 9)}
GRIDS = {
    "L1": DraftGrid("大一", LARGE, 10, "t"),
    "A": DraftGrid("甲", SMALL, 10, "t", parent="L1", origin="A"),
    "B": DraftGrid("乙", SMALL, 20, "t", parent="L1", origin="B"),
    "L2": DraftGrid("大二", LARGE, 20, "u"),
    "C": DraftGrid("丙", SMALL, 20, "u", parent="L2", origin="C"),
}
DRAFT = Draft(GRIDS, {1: "A", 2: "A", 3: "A", 4: "B", 5: "C", 6: "C", 9: "C"}, ATOMS)


def after(act: Act, draft: Draft = DRAFT) -> Draft:
    return edited(draft, act.edit(draft))


def found(draft: Draft) -> list[tuple[str, Mapping[str, object]]]:
    return [(one.code, one.values) for one in findings(draft, NEIGHBOURS)]


def test_the_draft_of_these_tests_has_nothing_wrong() -> None:
    assert found(DRAFT) == [], "an island that nothing could join is nobody's fault"


ACTS = {
    "assign": (assign({6, 9}, None), lambda d: d.grid_of.keys() == {1, 2, 3, 4, 5}),
    "split": (
        split("A", "A2", "甲东", {3}),
        lambda d: d.grid_of[3] == "A2" and d.grids["A2"] == replace(GRIDS["A"], name="甲东"),
    ),
    "merge": (
        merge("B", ["B", "C"]),
        lambda d: d.atoms_of("B") == {4, 5, 6, 9} and "C" not in d.grids and "L2" not in d.grids,
    ),
    "merge large": (
        merge("L1", ["L2"]),
        lambda d: d.children_of("L1") == {"A", "B", "C"} and "L2" not in d.grids,
    ),
    "remove": (remove("B"), lambda d: "B" not in d.grids and 4 not in d.grid_of and "L1" in d.grids),
    "remove large": (remove("L1"), lambda d: d.grids["A"].parent is None and d.grid_of == DRAFT.grid_of),
    "rename": (rename("A", " 甲新 "), lambda d: d.grids["A"].name == "甲新"),
    "give": (give("A", 20), lambda d: d.grids["A"].org_unit_id == 20 and d.grids["L1"].org_unit_id == 10),
    "give large": (give("L1", 30), lambda d: {d.grids[c].org_unit_id for c in ("L1", "A", "B")} == {30}),
    "put": (put(["B"], "L2"), lambda d: d.children_of("L2") == {"B", "C"}),
    "seat": (seat("A", "B", 7), lambda d: d.grids["A"].b_id == 7 and d.grids["A"].a_id is None),
    "make": (
        make("D", "丁", SMALL, 20, atoms=[5]),
        lambda d: d.atoms_of("D") == {5} and d.grids["D"].town_code == "u" and d.grids["D"].origin is None,
    ),
    "make large": (
        make("L3", "大三", LARGE, 20, grids=["C"]),
        lambda d: d.grids["C"].parent == "L3" and "L2" not in d.grids,
    ),
    "rearrange": (
        rearrange({4: "C", 9: "B"}, {"C": 7}),
        lambda d: d.grid_of[4] == "C" and d.grid_of[9] == "B" and d.grids["C"].a_id == 7,
    ),
    "allow": (allow_crossing(" 两村合并 "), lambda d: d.may_cross == "两村合并"),
}


@pytest.mark.parametrize(("act", "is_done"), ACTS.values(), ids=ACTS)
def test_an_act_does_what_it_says_and_can_be_taken_back(act: Act, is_done: object) -> None:
    allowed = replace(DRAFT, may_cross="为了这条测试")
    edit = act.edit(allowed)
    done = edited(allowed, edit)
    assert is_done(done)  # type: ignore[operator]
    assert edited(done, as_it_was(allowed, edit)) == allowed
    assert Edit.of_json(edit.as_json()) == edit, "what a row keeps is the same edit"


def test_a_grid_that_loses_its_last_atom_goes_with_that_act_and_so_does_its_large_grid() -> None:
    edit = assign({5, 6, 9}, "B").edit(replace(DRAFT, may_cross="并村"))
    assert edit.grids["C"] is None
    assert edit.grids["L2"] is None


def test_a_town_follows_from_the_atoms() -> None:
    crossing = after(assign({5}, "B"), replace(DRAFT, may_cross="并村"))
    assert crossing.grids["B"].town_code == "t", "it keeps its own while it has one"
    assert after(assign({4}, "A"), crossing).grids["B"].town_code == "u"


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (assign({5}, "A"), "GRID_CROSSES_TOWN"),
        (assign({4}, "A"), "GRID_CROSSES_OUTLET"),
        (merge("A", ["B"]), "GRID_CROSSES_OUTLET"),
        (put(["C"], "L1"), "GRID_CROSSES_TOWN"),
        (assign({1}, "L1"), "GRID_LEVEL_WRONG"),
        (merge("A", ["L1"]), "GRID_LEVEL_WRONG"),
        (put(["L1"], "L2"), "GRID_LEVEL_WRONG"),
        (assign({1}, "X"), "GRID_NOT_IN_PLAN"),
        (assign({77}, "A"), "ATOM_NOT_FOUND"),
        (split("A", "B", "甲东", {3}), "GRID_CODE_TAKEN"),
        (split("A", "-", "甲东", {3}), "GRID_CODE_NOT_VALID"),
        (split("A", "甲 东", "甲东", {3}), "GRID_CODE_NOT_VALID"),
        (split("A", "A2", " ", {3}), "PLAN_NAME_NOT_VALID"),
        (split("A", "A2", "甲\n东", {3}), "PLAN_NAME_NOT_VALID"),
        (split("A", "A2", "甲东", {1, 2, 3}), "ATOMS_NOT_IN_GRID"),
        (split("A", "A2", "甲东", {4}), "ATOMS_NOT_IN_GRID"),
        (split("A", "A2", "甲东", set()), "ATOMS_NOT_IN_GRID"),
        (make("D", "丁", SMALL, 20), "GRID_NEEDS_PARTS"),
        (rename("A", "甲" * 41), "PLAN_NAME_NOT_VALID"),
        (allow_crossing(" "), "PLAN_REASON_MISSING"),
    ],
)
def test_what_an_act_is_refused_for(act: Act, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        act.edit(DRAFT)
    assert refused.value.code == code


def test_a_grid_that_lies_across_a_limit_already_may_be_mended_step_by_step() -> None:
    """Of a plan that was brought in: less of it across is allowed, more is not."""
    imported = replace(DRAFT, grid_of={**DRAFT.grid_of, 5: "B", 6: "B"})
    assert after(assign({5}, "C"), imported).atoms_of("B") == {4, 6}
    with pytest.raises(DomainError):
        assign({3}, "B").edit(imported)


def test_what_is_wrong_is_told_by_atom_and_grid() -> None:
    assert found(after(assign({2}, None))) == [
        ("PLAN_GAP", {"atoms": 1, "what": "a2"}),
        ("PLAN_GRID_IN_PIECES", {"grid_code": "A", "pieces": 2}),
        ("PLAN_GRID_IN_PIECES", {"grid_code": "L1", "pieces": 2}),
    ]
    assert found(after(put(["A"], None))) == [("PLAN_GRIDS_OUTSIDE_LARGE", {"grids": 1, "what": "A"})]
    crossing = after(assign({4}, "C"), replace(DRAFT, may_cross="并村"))
    assert found(crossing) == []
    assert [code for code, _ in found(after(allow_crossing(None), crossing))] == [
        "PLAN_GRID_ACROSS_TOWNS",
        "PLAN_GRID_ACROSS_TOWNS",
    ], "the small grid and its large one"


def test_pieces_hang_together_by_borders() -> None:
    assert sorted(map(sorted, pieces({1, 2, 4, 5, 9}, NEIGHBOURS))) == [[1, 2], [4, 5], [9]]


def test_two_edits_contradict_where_they_touch_the_same_grid() -> None:
    def names(act: Act) -> frozenset[str]:
        edit = act.edit(DRAFT)
        return touched(edit, as_it_was(DRAFT, edit))

    assert names(rename("A", "x")) & names(assign({2}, None)), "the grid that an atom leaves is touched"
    assert not names(rename("A", "x")) & names(rename("C", "y"))
