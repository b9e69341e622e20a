"""A grid that goes on keeps its id when another plan begins; what belongs to the plan before goes with its row."""

from datetime import date, timedelta

import psycopg
import pytest
from sqlmodel import SQLModel

from domain.grids.drafting import make_draft
from domain.grids.going_on import OF_A_PLAN
from domain.grids.ownership import own
from domain.shared.night import silent
from domain.shared.rows import NightRows
from schema.house import HOUSE

from ..small_bank import TODAY, SmallBank, insert

FIRST_DAY, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=8)


@pytest.fixture
def bank(connection: psycopg.Connection) -> SmallBank:
    """Customers 1 to 3 in the atoms n1, n2, s1, and 4 by the books; all have owners."""
    bank = SmallBank(connection)
    for atom in (bank.n1, bank.n2, bank.s1):
        bank.customer(atom_id=atom)
    bank.customer(open_org_code="B01")
    for grid in (bank.large, bank.north, bank.south):
        connection.execute(
            """insert into grid_boundaries (grid_id, boundary_wgs84, boundary_3857)
               select %s, st_multi(st_setsrid(one, 4326)), st_multi(st_setsrid(one, 3857))
                 from st_makeenvelope(0, 0, %s, 1) as one""",
            [grid, grid],
        )
    begin(bank, TODAY)
    return bank


def begin(bank: SmallBank, day: date) -> None:
    own(bank.connection, day, silent, language=HOUSE.language)


def approved(bank: SmallBank, day: date, based_on: int, moves: dict[int, str]) -> int:
    """A plan made of another, some of whose atoms lie in other grids; one that is left empty goes."""
    plan = make_draft(NightRows(bank.connection), "新", bank.manager_a, based_on)
    for atom, grid in moves.items():
        bank.connection.execute(
            """update plan_atoms set grid_id = (select id from grids where plan_id = %s and code = %s)
                where plan_id = %s and atom_id = %s""",
            [plan, grid, plan, atom],
        )
    bank.connection.execute(
        """delete from grids g where plan_id = %s and level = 'SMALL'
              and not exists (select from plan_atoms pa where pa.grid_id = g.id)""",
        [plan],
    )
    bank.connection.execute("update plans set state = 'APPROVED', from_on = %s where id = %s", [day, plan])
    return plan


def of_plan(bank: SmallBank, plan: int) -> dict[str, tuple]:
    """By code: the large grid, the atoms, posts as who sits where since when until when, and the outline's width."""
    found = bank.connection.execute(
        """select g.code, l.code, (select array_agg(a.code order by a.code) from plan_atoms pa
                                     join atoms a on a.id = pa.atom_id where pa.grid_id = g.id),
                  (select array_agg(s.number || p.role || p.from_on || coalesce(p.to_on::text, '')
                                    order by p.role, p.from_on)
                     from posts p join staff s on s.id = p.staff_id where p.grid_id = g.id),
                  (select st_xmax(b.boundary_3857)::int from grid_boundaries b where b.grid_id = g.id)
             from grids g left join grids l on l.id = g.parent_id where g.plan_id = %s""",
        [plan],
    ).fetchall()
    return {code: tuple(rest) for code, *rest in found}


def ids(bank: SmallBank, plan: int) -> dict[str, int]:
    return dict(bank.connection.execute("select code, id from grids where plan_id = %s", [plan]).fetchall())


def grids_of(bank: SmallBank) -> list[int | None]:
    return [bank.read("grid_id", key)[0] for key in (1, 2, 3, 4)]


def placed(bank: SmallBank, day: date) -> list[tuple]:
    return bank.connection.execute(
        """select p.customer_id, p.plan_id, g.code from placements_on(%s) p
             left join grids g on g.id = p.grid_id order by 1""",
        [day],
    ).fetchall()


def written(bank: SmallBank, table: str, key: str) -> set[tuple]:
    """The versions of rows that there are: whatever is written has another one afterwards."""
    return set(bank.connection.execute(f"select ctid::text, {key} from {table}".encode()).fetchall())


def test_only_those_who_are_moved_are_written(bank: SmallBank) -> None:
    plan = approved(bank, FIRST_DAY, bank.plan, {bank.n2: "S"})
    tables = {"customers": "id", "placements": "customer_id"}
    before = {table: written(bank, table, key) for table, key in tables.items()}
    begin(bank, FIRST_DAY)
    assert ids(bank, plan) == {"L1": bank.large, "N": bank.north, "S": bank.south}
    assert grids_of(bank) == [bank.north, bank.south, bank.south, None]
    for table, key in tables.items():
        new = written(bank, table, key) - before[table]
        assert {customer for _, customer in new} == {2}, table
    causes = bank.connection.execute(
        "select from_on, cause from placements where customer_id = 2 order by 1"
    ).fetchall()
    assert causes == [(TODAY, "FIRST"), (FIRST_DAY, "PLAN")]


def test_the_plan_that_is_over_answers_for_its_days(bank: SmallBank) -> None:
    before, days_before = of_plan(bank, bank.plan), placed(bank, TODAY)
    plan = approved(bank, FIRST_DAY, bank.plan, {bank.n2: "S"})
    drawn = of_plan(bank, plan)
    begin(bank, FIRST_DAY)
    after = of_plan(bank, bank.plan)
    ended = {
        code: [f"{one}{FIRST_DAY}" for one in row[2]] if row[2] else None for code, row in before.items()
    }
    assert after == {code: (*row[:2], ended[code], row[3]) for code, row in before.items()}
    assert not set(ids(bank, bank.plan).values()) & set(ids(bank, plan).values())
    assert {code: row[:2] for code, row in of_plan(bank, plan).items()} == {
        code: row[:2] for code, row in drawn.items()
    }
    assert of_plan(bank, plan)["S"][2] == [f"M3A{FIRST_DAY}"]
    assert days_before == [(1, bank.plan, "N"), (2, bank.plan, "N"), (3, bank.plan, "S"), (4, None, None)]
    assert placed(bank, TODAY) == days_before
    assert placed(bank, FIRST_DAY) == [(1, plan, "N"), (2, plan, "S"), (3, plan, "S"), (4, None, None)]


def test_a_grid_that_was_split_goes_on_and_the_new_one_is_another(bank: SmallBank) -> None:
    plan = approved(bank, FIRST_DAY, bank.plan, {})
    part = bank.grid("N2", "SMALL", bank.outlet_a, ids(bank, plan)["L1"], plan=plan)
    bank.connection.execute("update grids set origin_code = 'N' where id = %s", [part])
    bank.connection.execute(
        "update plan_atoms set grid_id = %s where plan_id = %s and atom_id = %s", [part, plan, bank.n2]
    )
    begin(bank, FIRST_DAY)
    assert grids_of(bank) == [bank.north, part, bank.south, None]
    assert of_plan(bank, plan)["N2"][0] == "L1"
    assert bank.read("owner_id", 2) == (bank.manager_a,), "who sat on N goes on in both"


def test_a_number_that_comes_from_another_grid_is_another_grid(bank: SmallBank) -> None:
    plan = approved(bank, FIRST_DAY, bank.plan, {})
    bank.connection.execute("update grids set origin_code = 'N' where plan_id = %s and code = 'S'", [plan])
    begin(bank, FIRST_DAY)
    now = ids(bank, plan)
    assert now["N"] == bank.north
    assert now["S"] not in (bank.south, bank.north)
    assert grids_of(bank)[2] == now["S"]
    assert bank.read("owner_id", 3) == (bank.manager_a,)


def test_the_older_shape_comes_back(bank: SmallBank) -> None:
    """S is merged into N and drawn again: N went on all the time, S is a new one, and each day says its own."""
    merged = approved(bank, FIRST_DAY, bank.plan, {bank.s1: "N"})
    begin(bank, FIRST_DAY)
    assert grids_of(bank) == [bank.north, bank.north, bank.north, None]
    again = approved(bank, LATER, bank.plan, {})
    begin(bank, LATER)
    now = ids(bank, again)
    assert now["N"] == bank.north
    assert grids_of(bank) == [bank.north, bank.north, now["S"], None]
    assert now["S"] != bank.south == ids(bank, bank.plan)["S"]
    assert of_plan(bank, bank.plan)["S"][1] == of_plan(bank, again)["S"][1] == ["s1"]
    third = [placed(bank, day)[2] for day in (TODAY, FIRST_DAY, LATER)]
    assert third == [(3, bank.plan, "S"), (3, merged, "N"), (3, again, "S")]


def test_after_days_without_a_plan_grids_go_on(bank: SmallBank) -> None:
    bank.connection.execute("update plans set to_on = %s", [FIRST_DAY])
    plan = approved(bank, LATER, bank.plan, {})
    before = written(bank, "customers", "id")
    begin(bank, LATER)
    assert ids(bank, plan)["N"] == bank.north
    assert {key for _, key in written(bank, "customers", "id") - before} <= {1, 2, 3}
    assert grids_of(bank) == [bank.north, bank.north, bank.south, None]
    between = FIRST_DAY + timedelta(days=2)
    assert placed(bank, between)[0] == (1, bank.plan, "N"), "nobody took him out of it"


def test_a_list_goes_on(bank: SmallBank) -> None:
    days = {"from_on": TODAY}
    unit = {"name": "市场", "kind": "MARKET", "org_unit_id": bank.outlet_b}
    listed = insert(bank.connection, "list_grids", code="@M", **unit, **days)
    member = {"customer_id": 1, "named_for_id": 1, "named_as": "1"}
    insert(bank.connection, "list_grid_members", list_grid_id=listed, **member, **days)
    market = bank.grid("@M", "LIST", bank.outlet_b, None)
    bank.post(market, bank.manager_south, "A")
    begin(bank, TODAY)
    assert bank.read("grid_id, owner_id", 1) == (market, bank.manager_south)
    plan = approved(bank, FIRST_DAY, bank.plan, {bank.n2: "S"})
    before = written(bank, "customers", "id")
    begin(bank, FIRST_DAY)
    assert ids(bank, plan)["@M"] == market
    assert bank.read("grid_id, owner_id", 1) == (market, bank.manager_south)
    assert {key for _, key in written(bank, "customers", "id") - before} == {2}


def test_whatever_names_a_grid_goes_with_its_plan_or_stays() -> None:
    """A new table with a key onto grids says which: in `OF_A_PLAN`, by a cascade, or as figures that stay."""
    keys = {
        (key.parent.table.name, key.parent.name): key
        for table in SQLModel.metadata.tables.values()
        for key in table.foreign_keys
        if key.target_fullname == "grids.id"
    }
    cascades = {name for name, key in keys.items() if key.onupdate == "CASCADE"}
    waits = {name for name, key in keys.items() if key.deferrable}
    assert cascades == {("grid_boundaries", "grid_id")}
    assert waits == {*OF_A_PLAN, ("grid_statistics", "grid_id")}
    assert keys.keys() == cascades | waits
