"""Grid statistics and funnel are what counting by hand gives."""

from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg.types.json import Jsonb

from domain.performance.funnel import FIGURES as STEP_FIGURES
from domain.performance.funnel import FUNNEL, FunnelStepName
from domain.shared.night import Night, StepResult, silent
from geo.rolling_up import roll_up_with_the_map
from schema.rules.language import LANGUAGE
from tests.cells import assert_cells_are_right
from tests.domain.small_bank import DATA_DATE, SmallBank, insert


def seen_on(day: date) -> dict[str, date]:
    """By a visit recorded here."""
    return {"last_visit_on": day, "visited_here_on": day}


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    bank = SmallBank(connection)
    north = {"grid_id": bank.north, "atom_id": bank.n1, "org_unit_id": bank.outlet_a}
    south = {"grid_id": bank.south, "atom_id": bank.s1, "org_unit_id": bank.outlet_b}
    first = bank.customer(
        **north, tier="KEY", lon_deg_wgs84=119.8, deposit_fen=100, **seen_on(date(2026, 8, 23))
    )
    bank.customer(**north, deposit_fen=20, line_fen=5, loan_fen=3, **seen_on(date(2026, 8, 22)))
    bank.customer(
        **south,
        lon_deg_wgs84=119.9,
        loan_fen=7,
        line_fen=9,
        attrition_band=5,
        **seen_on(date(2026, 5, 20)),
    )
    bank.customer(**south, line_fen=9, status="DEAD")
    bank.customer(org_unit_id=bank.outlet_b, line_fen=1)
    insert(
        connection,
        "due_visits",
        customer_id=first,
        owner_id=bank.manager_a,
        grid_id=bank.north,
        reason="CADENCE",
        statement=Jsonb({"code": "DUE_AGREED", "values": {}}),
        due_on=DATA_DATE,
        priority=1.0,
    )
    bank.credit_file(first)
    return bank


def roll(bank: SmallBank, run_id: int = 1, day: date = DATA_DATE) -> StepResult:
    return roll_up_with_the_map(
        bank.connection, Night(run_id, day, Path("/nowhere")), silent, language=LANGUAGE
    )


def test_statistics_of_small_and_large_grids(bank: SmallBank) -> None:
    """Of active customers alone: the dead one of the south is in no figure."""
    roll(bank)
    rows = bank.connection.execute(
        """select grid_id, customers, located, visited_90d, key_customers, deposit_fen, loan_fen, due_visits, at_risk
             from grid_statistics order by grid_id"""
    ).fetchall()
    assert rows == [
        (bank.large, 3, 2, 1, 1, 120, 10, 1, 1),
        (bank.north, 2, 1, 1, 1, 120, 3, 1, 0),
        (bank.south, 1, 1, 0, 0, 0, 7, 0, 1),
    ]


def test_who_was_seen_before_us_is_no_blind_spot_and_no_work_of_ours(bank: SmallBank) -> None:
    """A visit that a former system kept: nobody is missed there, and nobody's coverage grows."""
    bank.customer(grid_id=bank.south, atom_id=bank.s1, org_unit_id=bank.outlet_b, last_visit_on=DATA_DATE)
    roll(bank)
    rows = bank.connection.execute(
        "select grid_id, customers, visited_90d, visited_here_90d from grid_statistics order by grid_id"
    ).fetchall()
    assert rows == [(bank.large, 4, 2, 1), (bank.north, 2, 1, 1), (bank.south, 2, 1, 0)]


def test_how_long_ago_the_last_visit_was(bank: SmallBank) -> None:
    """Of active customers; whoever was never visited is in no median, and a large grid's is taken of its customers."""
    for days in (179, 180, 364, 365, None):
        day = None if days is None else DATA_DATE - timedelta(days)
        bank.customer(grid_id=bank.south, atom_id=bank.s1, org_unit_id=bank.outlet_b, last_visit_on=day)
    roll(bank)
    rows = bank.connection.execute(
        """select grid_id, customers, visited_90d, visited_180d, visited_365d, visited_ever, median_days_unvisited
             from grid_statistics order by grid_id"""
    ).fetchall()
    assert rows == [
        (bank.large, 8, 1, 3, 6, 7, 180),
        (bank.north, 2, 1, 2, 2, 2, 89),
        (bank.south, 6, 0, 1, 4, 5, 184),
    ]
    bank.connection.execute("update customers set last_visit_on = null")
    roll(bank)
    nobody = "select distinct visited_ever, median_days_unvisited from grid_statistics"
    assert bank.connection.execute(nobody).fetchall() == [(0, None)]


def test_points_and_cells_say_how_long_ago_the_last_visit_was(bank: SmallBank) -> None:
    """The day before the first that counts is in the next class; a new day moves who crosses, and nobody else."""
    ages = (0, 89, 90, 179, 180, 364, 365, None)
    for days in ages:
        day = None if days is None else DATA_DATE - timedelta(days)
        customer = bank.customer(last_visit_on=day)
        bank.connection.execute(
            "insert into customer_points (customer_id, point_3857) values (%s, st_point(0, 0, 3857))",
            [customer],
        )
    roll(bank, 1)
    said = "select visit_class from customer_points order by customer_id"
    assert [place for (place,) in bank.connection.execute(said)] == [0, 0, 1, 1, 2, 2, 3, 4]
    assert_cells_are_right(bank.connection)
    rows = "select customer_id, ctid::text from customer_points"
    before = set(bank.connection.execute(rows))
    roll(bank, 2, DATA_DATE + timedelta(1))
    assert [place for (place,) in bank.connection.execute(said)] == [0, 1, 1, 2, 2, 3, 3, 4]
    assert len(before ^ set(bank.connection.execute(rows))) == 6
    assert_cells_are_right(bank.connection)
    version = bank.connection.execute("select value from settings where name = 'tile_version'").fetchone()
    assert version == ("20261121-2",)


FIGURES = ("customers", "in_grid", "visited", "filed", "granted", "drawn")


def test_figures_of_the_funnel_by_outlet(bank: SmallBank) -> None:
    """The dead one counts nowhere; a file or a visit of who is in no grid counts nowhere either."""
    roll(bank)
    sums = ", ".join(f"sum({name})::int" for name in FIGURES)
    rows = bank.connection.execute(
        f"select org_unit_id, {sums} from customer_sums where status = 'ACTIVE' group by 1 order by 1"
    ).fetchall()
    assert rows == [(bank.outlet_a, 2, 2, 2, 1, 1, 1), (bank.outlet_b, 2, 1, 0, 0, 2, 1)]


def test_a_second_night_without_news_keeps_the_tiles_version(bank: SmallBank) -> None:
    setting = "select value from settings where name = %s"
    roll(bank, 1)
    roll(bank, 2)
    assert bank.connection.execute(setting, ["tile_version"]).fetchone() == ("20261120-1",)
    assert bank.connection.execute(setting, ["data_date"]).fetchone() == ("2026-11-20",)
    bank.customer(grid_id=bank.north, atom_id=bank.n1, org_unit_id=bank.outlet_a)
    roll(bank, 3)
    assert bank.connection.execute(setting, ["tile_version"]).fetchone() == ("20261120-3",)


def test_points_of_tiles_say_what_is_so_of_their_customers(bank: SmallBank) -> None:
    """A customer whom no file touched may be in another band: that is another picture, and another version."""
    customer = bank.customer(tier="KEY", attrition_band=5)
    bank.connection.execute(
        "insert into customer_points (customer_id, point_3857) values (%s, st_point(0, 0, 3857))", [customer]
    )
    roll(bank, 1)
    said = "select kind, tier, attrition_band from customer_points"
    assert bank.connection.execute(said).fetchall() == [("PERSON", "KEY", 5)]
    roll(bank, 2)
    bank.connection.execute("update customers set attrition_band = null, tier = 'GENERAL'")
    roll(bank, 3)
    assert bank.connection.execute(said).fetchall() == [("PERSON", "GENERAL", None)]
    versions = bank.connection.execute("select value from settings where name = 'tile_version'").fetchall()
    assert versions == [("20261120-3",)]


def test_every_step_is_divided_by_a_step_that_its_customers_have_reached() -> None:
    assert [step.name for step in FUNNEL] == list(FunnelStepName)[1:]
    assert set(STEP_FIGURES.values()) <= set(FIGURES)
    for step in FUNNEL:
        assert step.denominators
        assert all(
            list(FunnelStepName).index(one) < list(FunnelStepName).index(step.name)
            for one in step.denominators
        )
