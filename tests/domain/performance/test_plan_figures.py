"""Figures of any plan are sums over its atoms; the work of an atom is said once, in Python and in SQL."""

from datetime import date

import psycopg
import pytest

from domain.grids.acts import assign, give, seat
from domain.grids.drafting import change_draft, make_draft
from domain.performance.grid_statistics import count_grids
from domain.performance.plan_figures import (
    Figures,
    figures_of_atoms,
    figures_of_grids,
    figures_of_people,
)
from domain.performance.workload import Pace, minutes_a_month
from domain.shared.retention import RETENTION
from domain.shared.rows import NightRows
from domain.shared.tidying import over_before, remove_over
from domain.tasks.reasons import as_of
from schema.rules.language import LANGUAGE
from tests.domain.small_bank import DATA_DATE, SmallBank

PACE = Pace.of({})


class Counted:
    """The small bank after its night: two customers in n1 (one key, one household), one trader in n2, one in s1."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.bank = bank = SmallBank(connection)
        self.rows = NightRows(connection)
        connection.execute("update atoms set area_m2 = 4e6, lon_deg_wgs84 = 119.81")
        connection.execute(
            "update org_units set lon_deg_wgs84 = 119.80, lat_deg_wgs84 = 33.80 where code = 'A01'"
        )
        north = {"grid_id": bank.north, "org_unit_id": bank.outlet_a}
        bank.customer(**north, atom_id=bank.n1, tier="KEY", deposit_fen=100)
        bank.customer(**north, atom_id=bank.n1, kind="HOUSEHOLD", loan_fen=7)
        bank.customer(**north, atom_id=bank.n1, status="DEAD", deposit_fen=1)
        bank.customer(**north, atom_id=bank.n2, kind="SOLE_TRADER")
        bank.customer(grid_id=bank.south, org_unit_id=bank.outlet_b, atom_id=bank.s1)
        bank.customer(org_unit_id=bank.outlet_b)
        connection.execute("insert into settings (name, value) values ('data_date', '\"2026-11-20\"')")
        count_grids(connection, as_of(DATA_DATE, {}), LANGUAGE)
        self.plan = make_draft(self.rows, "新方案", bank.head_of_a, bank.plan)

    def of_grids(self, plan: int | None = None, day: date | None = None) -> dict[str, Figures]:
        return figures_of_grids(self.rows, plan or self.plan, day, {})


@pytest.fixture
def counted(connection: psycopg.Connection) -> Counted:
    return Counted(connection)


def work(key: int, general: int, outlet_m: float = 0.0) -> float:
    return minutes_a_month(PACE, key, general, 4e6, outlet_m)


def test_the_plan_in_force_sums_up_to_the_statistics_of_its_grids(counted: Counted) -> None:
    """One pass over the customers made both."""
    found = counted.of_grids(counted.bank.plan)
    kept = counted.bank.connection.execute(
        """select g.code, customers, key_customers, deposit_fen, loan_fen, due_visits
             from grid_statistics s join grids g on g.id = s.grid_id where g.plan_id = %s order by 1""",
        [counted.bank.plan],
    ).fetchall()
    names = ("customers", "key_customers", "deposit_fen", "loan_fen", "due_visits")
    assert [(code, *(getattr(f, n) for n in names)) for code, f in found.items()] == kept
    assert kept == [("L1", 4, 1, 101, 7, 0), ("N", 3, 1, 101, 7, 0), ("S", 1, 0, 0, 0, 0)]
    assert (found["N"].households, found["N"].merchants) == (1, 1)
    assert {f.changes_hands for f in found.values()} == {0}


def test_the_ground_of_an_atom_that_is_no_more_counts_where_it_went(counted: Counted) -> None:
    """Days before it ended know its customers by its own number."""
    connection, bank = counted.bank.connection, counted.bank
    before = counted.of_grids(bank.plan)
    connection.execute(
        "update atoms set to_on = '2026-11-21', successor_code = 'n1' where id = %s", [bank.n2]
    )
    connection.execute("delete from plan_atoms where atom_id = %s and plan_id = %s", [bank.n2, bank.plan])
    after = counted.of_grids(bank.plan)
    assert [one.customers for one in after.values()] == [one.customers for one in before.values()]
    assert after["N"].merchants == 1
    assert [one.code for one in figures_of_atoms(counted.rows, bank.plan, None, {})] == ["n1", "s1"]
    kept = figures_of_atoms(counted.rows, counted.plan, None, {})
    assert [(one.code, one.figures.customers) for one in kept] == [("n1", 2), ("n2", 1), ("s1", 1)]


def test_work_is_the_sum_of_the_atoms_as_the_rule_says_it(counted: Counted) -> None:
    found = counted.of_grids()
    east_m = 111195 * 0.01 * 0.8310  # the cosine of 33.8 degrees
    assert found["N"].minutes == pytest.approx(work(1, 1, east_m) + work(0, 1, east_m), rel=1e-3)
    assert found["S"].minutes == pytest.approx(work(0, 1)), "an outlet without a place is at the door"
    assert found["L1"].minutes == pytest.approx(found["N"].minutes + found["S"].minutes)


def test_what_changes_hands_and_outlets_is_told_by_grid(counted: Counted) -> None:
    bank = counted.bank

    def act(act: object, version: int) -> None:
        change_draft(counted.rows, counted.plan, act, by_id=bank.head_of_a, version=version)  # type: ignore[arg-type]

    act(give("S", bank.outlet_a), 0)
    assert (counted.of_grids()["S"].changes_hands, counted.of_grids()["S"].changes_outlet) == (0, 1)
    act(seat("S", "A", bank.manager_b), 1)
    assert (counted.of_grids()["S"].changes_hands, counted.of_grids()["L1"].changes_hands) == (1, 1)
    people = figures_of_people(counted.rows, counted.plan, None, {})
    assert {who: f.customers for who, f in people.items()} == {bank.manager_a: 3, bank.manager_b: 1}
    act(assign([bank.n2], None), 2)
    atoms = figures_of_atoms(counted.rows, counted.plan, None, {})
    assert [(one.code, one.grid, one.figures.customers) for one in atoms] == [
        ("n1", "N", 2), ("n2", None, 1), ("s1", "S", 1),
    ]  # fmt: skip


def test_a_past_day_can_be_asked_under_a_plan_that_came_later(counted: Counted) -> None:
    bank = counted.bank
    later = date(2026, 11, 21)
    bank.customer(grid_id=bank.north, org_unit_id=bank.outlet_a, atom_id=bank.n2)
    count_grids(bank.connection, as_of(later, {}), LANGUAGE)
    change_draft(counted.rows, counted.plan, assign([bank.n2], None), by_id=bank.head_of_a, version=0)
    asked = [
        counted.of_grids(plan, day)["N"].customers
        for day in (DATA_DATE, later)
        for plan in (bank.plan, counted.plan)
    ]
    assert asked == [3, 2, 4, 2]
    assert counted.of_grids(day=date(2026, 11, 1))["N"].customers == 0, "a day that nobody counted"


def test_days_run_out_but_month_ends_stay(counted: Counted) -> None:
    connection = counted.bank.connection
    for day in (date(2025, 1, 30), date(2025, 1, 31)):
        count_grids(connection, as_of(day, {}), LANGUAGE)
    kept = next(one for one in RETENTION if one.table == "atom_sums")
    before = over_before(kept, DATA_DATE, {})
    assert before is not None
    remove_over(connection, kept, before)
    days = connection.execute("select distinct data_date from atom_sums order by 1").fetchall()
    assert days == [(date(2025, 1, 31),), (DATA_DATE,)]


@pytest.mark.parametrize(
    ("given", "minutes"),
    [
        pytest.param((0, 0, 4e6, 5000.0), 0.0, id="nobody"),
        pytest.param((12, 0, 0.0, 0.0), 240.0, id="at the door alone"),
        pytest.param((0, 72, 0.0, 1000.0), 240.0 + 1.3 * 2000 / 200, id="one way out and back a walk"),
        pytest.param((4, 0, 1e6, 0.0), 80.0 + 1.3 * 0.7124 * 2000 / 200, id="from door to door"),
    ],
)
def test_minutes_of_an_atom(given: tuple[int, int, float, float], minutes: float) -> None:
    assert minutes_a_month(PACE, *given) == pytest.approx(minutes)
