"""Balance over a draft in the database: asked, answered as rows, stopped, taken over as one act and taken back."""

from datetime import date
from typing import Any

import psycopg
import pytest

from domain.grids.acts import rename
from domain.grids.balances import (
    BalanceEnded,
    BalanceNamesUnknown,
    BalanceNotFound,
    BalanceSeedNotValid,
    BalanceShareNotValid,
    BalanceWeightsNotValid,
    Wish,
    ask_balance,
    stop_balance,
    take_over,
)
from domain.grids.drafting import change_draft, make_draft, read_draft, undo
from domain.grids.plan_errors import PlanChangedMeanwhile, PlanNotADraft, PlanNotFound
from domain.shared.rows import NightRows
from geo.balance_ground import read_ground
from geo.balance_proposals import BalanceStopped, NothingToBalance, answer_balance
from tests.domain.small_bank import DATA_DATE, SmallBank, insert

ATOMS = 8


class Drawing:
    """A draft in which outlet A has eight atoms in a row, each a grid; M1 holds seven of them and M2 the last."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.bank = bank = SmallBank(connection)
        self.connection, self.rows = connection, NightRows(connection)
        self.atoms = [self._atom(number) for number in range(ATOMS)]
        for one, other in zip(self.atoms, self.atoms[1:], strict=False):
            for a, b in ((one, other), (other, one)):
                insert(connection, "atom_borders", atom_id=a, other_id=b, length_m=1.0)
        for number, atom in enumerate(self.atoms):
            grid = bank.grid(f"G{number}", "SMALL", bank.outlet_a, bank.large)
            insert(connection, "plan_atoms", plan_id=bank.plan, atom_id=atom, grid_id=grid)
            bank.post(grid, bank.manager_b if number == ATOMS - 1 else bank.manager_a, "A")
            figures = dict.fromkeys(
                ("located", "visited_90d", "deposit_fen", "loan_fen", "due_visits", "at_risk"), 0
            )
            kept = {
                "data_date": DATA_DATE,
                "kind": "PERSON",
                "tier": "GENERAL",
                "customers": 30,
                "key_customers": 3,
            }
            insert(connection, "atom_sums", atom_id=atom, **kept, **figures)
        connection.execute("insert into settings (name, value) values ('data_date', '\"2026-11-20\"')")
        self.plan = make_draft(self.rows, "新方案", bank.head_of_a, bank.plan)

    def _atom(self, number: int) -> int:
        place = {"lon_deg_wgs84": 119.8 + number / 100, "lat_deg_wgs84": 33.8, "area_m2": 1e6}
        place |= {"is_urban": False, "is_stand_in": False}
        named = {"code": f"a{number}", "name": "组", "village_code": "v", "village": "村"}
        return insert(self.connection, "atoms", **named, town_code="t", town="镇", **place)

    def ask(self, **wish: Any) -> int:
        return ask_balance(self.rows, self.plan, Wish(**wish), by_id=self.bank.head_of_a)

    def answer(self, balance: int) -> dict[str, int]:
        """The numbers of the proposals by character."""
        answer_balance(self.connection, balance, {}, lambda _done: None)
        found = self.connection.execute(
            "select character, id from plan_proposals where balance_id = %s", [balance]
        )
        return dict(found.fetchall())

    def fetch(self, what: str, *given: Any) -> list[Any]:
        return self.connection.execute(what, given).fetchall()


@pytest.fixture
def drawing(connection: psycopg.Connection) -> Drawing:
    return Drawing(connection)


def test_three_proposals_are_kept_with_what_each_changes(drawing: Drawing) -> None:
    found = drawing.answer(drawing.ask())
    assert sorted(found) == ["EVEN", "FEW", "SHORT"]
    for proposal in found.values():
        before, after = drawing.fetch(
            "select evenness_before, evenness_after from plan_proposal_outlets"
            " where proposal_id = %s and org_unit_id = %s",
            proposal,
            drawing.bank.outlet_a,
        )[0]
        assert before > 6
        assert after <= 1.15
        people = drawing.fetch(
            "select sum(minutes_before), sum(minutes_after) from plan_proposal_people where proposal_id = %s",
            proposal,
        )
        assert people[0][0] == pytest.approx(people[0][1])
        hands = drawing.fetch(
            "select customers, atoms from plan_proposal_hands where proposal_id = %s", proposal
        )
        counted = drawing.fetch("select customers from plan_proposals where id = %s", proposal)
        assert sum(customers for customers, _ in hands) == counted[0][0] > 0
    state = drawing.fetch("select state, progress from plan_balances")
    assert state == [("DONE", 1.0)]


def test_a_proposal_is_taken_over_as_one_act_and_taken_back(drawing: Drawing) -> None:
    begun = read_draft(drawing.rows, drawing.plan)
    proposal = drawing.answer(drawing.ask())["FEW"]
    by = drawing.bank.head_of_a
    assert take_over(drawing.rows, proposal, by_id=by) == (drawing.plan, 1)
    drawn = read_draft(drawing.rows, drawing.plan)
    seated = {code for code, grid in drawn.grids.items() if grid.a_id == drawing.bank.manager_b}
    moved = [atom for atom in drawing.atoms if drawn.grid_of[atom] != begun.grid_of[atom]]
    assert seated or moved
    again = drawing.answer(drawing.ask())["FEW"]
    assert drawing.fetch("select customers, posts_changed from plan_proposals where id = %s", again) == [
        (0, 0)
    ]
    undo(drawing.rows, drawing.plan, by_id=by, version=1)
    assert read_draft(drawing.rows, drawing.plan) == begun
    assert drawing.fetch("select applied_version from plan_proposals where id = %s", proposal) == [(1,)]


def test_what_others_changed_since_is_a_clash(drawing: Drawing) -> None:
    proposal = drawing.answer(drawing.ask())["EVEN"]
    atoms, a_posts = drawing.fetch("select atoms, a_posts from plan_proposals where id = %s", proposal)[0]
    grid = next(iter([*a_posts, *atoms.values()]))
    change_draft(drawing.rows, drawing.plan, rename(grid, "新名"), by_id=drawing.bank.head_of_b, version=0)
    with pytest.raises(PlanChangedMeanwhile):
        take_over(drawing.rows, proposal, by_id=drawing.bank.head_of_a)
    assert drawing.fetch("select applied_version from plan_proposals where id = %s", proposal) == [(None,)]


def test_locks_and_half_posts_are_read_by_their_names(drawing: Drawing) -> None:
    balance = drawing.ask(atoms=("a7",), grids=("G1",), people=("M3",), percents={"M2": 50}, also=("O1",))
    wish = drawing.fetch("select wish from plan_balances where id = %s", balance)[0][0]
    read = read_ground(drawing.connection, drawing.plan, wish, {})
    assert read is not None
    locks = read.ground.locks
    assert [read.atom_codes[a] for a in locks.atoms] == ["a7"]
    assert [read.grids[g] for g in locks.grids] == ["G1"]
    assert [read.people_numbers[p] for p in locks.people] == ["M3"]
    assert dict(zip(read.people_numbers, read.ground.people.share.tolist(), strict=True)) == {
        "M1": 1.0, "M2": 0.5, "M3": 1.0, "O1": 1.0,
    }  # fmt: skip


def test_who_is_to_sit_on_a_in_the_draft_counts_and_not_who_does_now(drawing: Drawing) -> None:
    drawing.connection.execute(
        "update grids set post_a_id = %s where plan_id = %s and code like 'G%%'",
        [drawing.bank.manager_b, drawing.plan],
    )
    read = read_ground(drawing.connection, drawing.plan, Wish().kept(), {})
    assert read is not None
    held = {
        read.people_numbers[p]
        for g, p in enumerate(read.ground.grids.people)
        if read.grids[g].startswith("G")
    }
    assert held == {"M2"}


def test_one_who_holds_grids_of_two_outlets_keeps_them(drawing: Drawing) -> None:
    ended = "update posts set to_on = '2026-02-01' where staff_id = %s"
    drawing.connection.execute(ended, [drawing.bank.manager_south])
    drawing.bank.post(drawing.bank.south, drawing.bank.manager_a, "A", date(2026, 3, 1))
    drawing.connection.execute(
        "update staff set org_unit_id = %s where number = 'M1'", [drawing.bank.head_office]
    )
    found = drawing.answer(drawing.ask())
    assert (
        drawing.fetch("select a_posts from plan_proposals where id = any(%s)", list(found.values()))
        == [({},)] * 3
    )


def test_a_balance_that_was_stopped_leaves_nothing(drawing: Drawing) -> None:
    balance = drawing.ask()
    stop_balance(drawing.rows, balance)
    with pytest.raises(BalanceStopped), drawing.connection.transaction():
        answer_balance(drawing.connection, balance, {}, lambda _done: None)
    assert drawing.fetch("select state from plan_balances") == [("STOPPED",)]
    assert drawing.fetch("select from plan_proposals") == []
    with pytest.raises(BalanceEnded):
        stop_balance(drawing.rows, balance)
    with pytest.raises(BalanceNotFound):
        stop_balance(drawing.rows, balance + 1)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        ({"even": -1.0}, BalanceWeightsNotValid),
        ({"even": float("nan")}, BalanceWeightsNotValid),
        ({"few": 101.0}, BalanceWeightsNotValid),
        ({"even": 0.0, "few": 0.0, "short": 0.0}, BalanceWeightsNotValid),
        ({"seed": -1}, BalanceSeedNotValid),
        ({"seed": 2**31}, BalanceSeedNotValid),
        ({"percents": {"M1": 0}}, BalanceShareNotValid),
        ({"percents": {"M1": 101}}, BalanceShareNotValid),
        ({"atoms": ("nowhere",)}, BalanceNamesUnknown),
        ({"grids": ("L1",)}, BalanceNamesUnknown),
        ({"people": ("nobody",)}, BalanceNamesUnknown),
        ({"percents": {"nobody": 50}}, BalanceNamesUnknown),
    ],
)
def test_what_cannot_be_asked_is_refused(
    drawing: Drawing, wish: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        drawing.ask(**wish)


def test_only_a_draft_with_atoms_is_balanced(drawing: Drawing) -> None:
    for plan, refusal in ((drawing.bank.plan, PlanNotADraft), (None, PlanNotFound)):
        with pytest.raises(refusal):
            ask_balance(drawing.rows, plan, Wish(), by_id=drawing.bank.head_of_a)
    empty = make_draft(drawing.rows, "白纸", drawing.bank.head_of_a, None)
    balance = ask_balance(drawing.rows, empty, Wish(), by_id=drawing.bank.head_of_a)
    with pytest.raises(NothingToBalance):
        answer_balance(drawing.connection, balance, {}, lambda _done: None)


def test_half_a_post_that_is_kept_with_the_person_counts_unless_the_wish_says_otherwise(
    drawing: Drawing,
) -> None:
    drawing.connection.execute("update staff set full_time_percent = 50 where number in ('M2', 'M3')")
    read = read_ground(drawing.connection, drawing.plan, Wish(percents={"M3": 80}).kept(), {})
    assert read is not None
    assert dict(zip(read.people_numbers, read.ground.people.share.tolist(), strict=True)) == {
        "M1": 1.0, "M2": 0.5, "M3": 0.8,
    }  # fmt: skip
