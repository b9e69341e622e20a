"""Drafts in the database: made of a plan, changed by several people, taken back and done again."""

import psycopg
import pytest

from domain.grids.acts import Act, assign, put, rename, seat, split
from domain.grids.drafting import change_draft, make_draft, read_draft, redo, undo
from domain.grids.drafts import Draft
from domain.grids.plan_errors import (
    NothingToUndo,
    PlanActChangesNothing,
    PlanChangedMeanwhile,
    PlanNotADraft,
    PlanNotFound,
    PlanVersionUnknown,
)
from domain.shared.rows import NightRows
from tests.domain.small_bank import SmallBank, insert


class Drawing:
    """A draft of the small bank's plan, and two who draw: `one` and `other`."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.bank = SmallBank(connection)
        self.rows = NightRows(connection)
        self.one, self.other = self.bank.head_of_a, self.bank.head_of_b
        for pair in ((self.bank.n1, self.bank.n2), (self.bank.n2, self.bank.s1)):
            for a, b in (pair, pair[::-1]):
                insert(connection, "atom_borders", atom_id=a, other_id=b, length_m=1.0)
        self.plan = make_draft(self.rows, "新方案", self.one, self.bank.plan)

    def act(self, act: Act, version: int, by: int | None = None) -> int:
        return change_draft(self.rows, self.plan, act, by_id=by or self.one, version=version)

    @property
    def draft(self) -> Draft:
        return read_draft(self.rows, self.plan)

    def findings(self) -> list[str]:
        found = self.bank.connection.execute("select findings from plans where id = %s", [self.plan])
        return [one["code"] for one in found.fetchone()[0]]  # type: ignore[index]


@pytest.fixture
def drawing(connection: psycopg.Connection) -> Drawing:
    return Drawing(connection)


def test_a_draft_is_as_the_plan_it_is_made_of_and_leaves_that_alone(drawing: Drawing) -> None:
    in_force = read_draft(drawing.rows, drawing.bank.plan)
    assert drawing.draft.grid_of == in_force.grid_of
    assert {code: grid.parent for code, grid in drawing.draft.grids.items()} == {
        "L1": None,
        "N": "L1",
        "S": "L1",
    }
    assert drawing.draft.grids["N"].origin == "N", "whose posts go on"
    drawing.act(split("N", "N2", "北二", {drawing.bank.n2}), 0)
    assert read_draft(drawing.rows, drawing.bank.plan) == in_force
    areas = drawing.bank.connection.execute(
        "select code, area_m2 from grids where plan_id = %s order by code", [drawing.plan]
    )
    assert areas.fetchall() == [("L1", 3.0), ("N", 1.0), ("N2", 1.0), ("S", 1.0)]


def test_an_empty_draft_has_nothing_but_a_gap(drawing: Drawing) -> None:
    drawing.plan = make_draft(drawing.rows, "白纸", drawing.one, None)
    assert (drawing.draft.grids, drawing.draft.grid_of) == ({}, {})
    assert drawing.findings() == ["PLAN_GAP"]


def test_a_draft_of_a_draft_keeps_whose_posts_go_on(drawing: Drawing) -> None:
    drawing.act(split("N", "N2", "北二", {drawing.bank.n2}), 0)
    drawing.act(seat("N2", "A", drawing.bank.manager_b), 1)
    copy = read_draft(drawing.rows, make_draft(drawing.rows, "再改", drawing.other, drawing.plan))
    assert (copy.grids["N2"].origin, copy.grids["N2"].a_id) == ("N", drawing.bank.manager_b)


def test_acts_are_rows_that_can_be_taken_back_and_done_again(drawing: Drawing) -> None:
    begun = drawing.draft
    drawing.act(assign([drawing.bank.n1], None), 0)
    assert drawing.findings() == ["PLAN_GAP"]
    drawing.act(rename("N", "北新"), 1)
    assert drawing.draft.grids["N"].name == "北新"
    drawn = drawing.draft
    versions = [undo(drawing.rows, drawing.plan, by_id=drawing.one, version=v) for v in (2, 3)]
    assert versions == [3, 4]
    assert drawing.draft == begun
    assert drawing.findings() == []
    assert redo(drawing.rows, drawing.plan, by_id=drawing.one, version=4) == 5
    assert redo(drawing.rows, drawing.plan, by_id=drawing.one, version=5) == 6
    assert drawing.draft == drawn
    kept = drawing.bank.connection.execute(
        "select version, act, of_version from plan_changes where plan_id = %s order by version",
        [drawing.plan],
    )
    assert kept.fetchall() == [
        (1, "ASSIGN", None), (2, "RENAME", None), (3, "UNDO", 2), (4, "UNDO", 1), (5, "REDO", 4), (6, "REDO", 3),
    ]  # fmt: skip
    assert undo(drawing.rows, drawing.plan, by_id=drawing.one, version=6) == 7
    assert drawing.draft.grids["N"].name == "N", "what was done again is taken back first"


def test_an_atom_that_has_ended_does_not_come_back(drawing: Drawing) -> None:
    """Neither by an undo nor in a draft of an old plan: its ground is another one's."""
    bank = drawing.bank
    drawing.act(assign([bank.n2], None), 0)
    bank.connection.execute("update atoms set to_on = '2026-11-21' where id = %s", [bank.n2])
    undo(drawing.rows, drawing.plan, by_id=drawing.one, version=1)
    copy = make_draft(drawing.rows, "旧方案", drawing.one, bank.plan)
    held = "select count(*) from plan_atoms where atom_id = %s and plan_id = any(%s)"
    assert bank.connection.execute(held, [bank.n2, [drawing.plan, copy]]).fetchone() == (0,)


def test_a_grid_that_went_comes_back_as_it_was(drawing: Drawing) -> None:
    begun = drawing.draft
    drawing.act(assign([drawing.bank.n1, drawing.bank.n2], None), 0)
    assert "N" not in drawing.draft.grids
    undo(drawing.rows, drawing.plan, by_id=drawing.one, version=1)
    assert drawing.draft == begun


def test_who_stands_on_an_older_version_is_told_who_changed_the_same(drawing: Drawing) -> None:
    drawing.act(rename("N", "北新"), 0, by=drawing.other)
    with pytest.raises(PlanChangedMeanwhile) as refused:
        drawing.act(assign([drawing.bank.n1], None), 0)
    assert refused.value.statement.values == {
        "version": 0, "changes": 1, "who": "O2", "plan_act": "RENAME", "what": "N",
    }  # fmt: skip
    assert drawing.act(rename("S", "南新"), 0) == 2, "elsewhere, nobody is in anybody's way"
    assert drawing.act(assign([drawing.bank.n1], None), 2) == 3


def test_nobody_takes_back_what_is_not_his_or_what_others_have_built_on(drawing: Drawing) -> None:
    drawing.act(split("N", "N2", "北二", {drawing.bank.n2}), 0)
    with pytest.raises(NothingToUndo):
        undo(drawing.rows, drawing.plan, by_id=drawing.other, version=1)
    with pytest.raises(NothingToUndo):
        redo(drawing.rows, drawing.plan, by_id=drawing.one, version=1)
    drawing.act(rename("N2", "北二新"), 1, by=drawing.other)
    with pytest.raises(PlanChangedMeanwhile):
        undo(drawing.rows, drawing.plan, by_id=drawing.one, version=2)
    assert undo(drawing.rows, drawing.plan, by_id=drawing.other, version=2) == 3


def test_an_act_after_an_undo_leaves_nothing_to_do_again(drawing: Drawing) -> None:
    drawing.act(rename("N", "北新"), 0)
    undo(drawing.rows, drawing.plan, by_id=drawing.one, version=1)
    drawing.act(rename("N", "北更新"), 2)
    with pytest.raises(NothingToUndo):
        redo(drawing.rows, drawing.plan, by_id=drawing.one, version=3)


def test_what_is_no_draft_is_not_changed(drawing: Drawing) -> None:
    with pytest.raises(PlanNotADraft):
        change_draft(drawing.rows, drawing.bank.plan, rename("N", "x"), by_id=drawing.one, version=0)
    with pytest.raises(PlanNotFound):
        change_draft(drawing.rows, 777, rename("N", "x"), by_id=drawing.one, version=0)
    with pytest.raises(PlanNotFound):
        make_draft(drawing.rows, "新", drawing.one, 777)
    with pytest.raises(PlanVersionUnknown):
        drawing.act(rename("N", "x"), 3)
    with pytest.raises(PlanActChangesNothing):
        drawing.act(rename("N", "N"), 0)
    with pytest.raises(PlanActChangesNothing):
        drawing.act(put(["N"], "L1"), 0)
