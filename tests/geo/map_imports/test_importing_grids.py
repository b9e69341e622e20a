"""Grids of a bank without any, from lists and from maps: a draft, and what was there again when it is taken back."""

from pathlib import Path

import pytest
import shapely

from domain.grids.grid_lists import tell_draft_made
from domain.grids.lifecycle import check_plan
from domain.grids.plans import put_in_force
from domain.shared.imports.errors import ImportChangedSince, ImportStoodOn
from domain.shared.imports.kinds import Act, Tried
from geo.plan_drawing import draw_plan
from tests.domain.small_bank import insert
from tests.geo.map_imports.conftest import TODAY, Maps, box

QUARTERS = (box(0, 0, 20, 15), box(20, 0, 40, 15), box(0, 15, 20, 30), box(20, 15, 40, 30))
ATOMS = ["a1", "a2", "a3", "a4"]
LIST = (
    "网格编号,原子编号,网格名称,网点号,大网格编号,大小,A岗员工号,B岗员工号\n"
    "L,,城北大网格,0301,,大网格,,\n"
    "G1,a1,一号,0301,L,,m1,m2\nG1,a3,,,,,,\nG2,a2 a4,二号,0301,L,小网格,m2,m1\n"
)


@pytest.fixture
def bank(maps: Maps) -> Maps:
    connection = maps.connection
    head = insert(connection, "org_units", code="01", name="总行", kind="HEAD_OFFICE")
    unit = insert(connection, "org_units", code="0301", name="城北", kind="OUTLET", parent_id=head)
    for number in ("m1", "m2"):
        insert(
            connection, "staff", number=number, name=number, role="CUSTOMER_MANAGER", org_unit_id=unit, is_active=True,
            duty="CUSTOMERS",
        )  # fmt: skip
    maps.applied("outline", maps.drawn(box(0, 0, 40, 30), name=["某县"]))
    maps.applied("atoms", maps.drawn(*QUARTERS, code=ATOMS, 乡镇=["甲镇"] * 4))
    return maps


def sheet(maps: Maps, text: str = LIST) -> Path:
    path = maps.folder / "网格.csv"
    path.write_text(text, "utf-8")
    return path


def grids(maps: Maps) -> list[tuple]:
    return maps.execute(
        """select p.state, g.code, g.level, parent.code, string_agg(a.code, ' ' order by a.code), s.number, findings
             from plans p join grids g on g.plan_id = p.id left join grids parent on parent.id = g.parent_id
             left join plan_atoms pa on pa.grid_id = g.id left join atoms a on a.id = pa.atom_id
             left join staff s on s.id = g.post_a_id
            where p.state in ('DRAFT', 'IN_FORCE') group by p.id, g.id, parent.code, s.number order by p.id, g.code"""
    )


def counts(tried: Tried) -> tuple[int, ...]:
    return (*(tried.count(act) for act in Act), tried.same, tried.refused)


def test_a_list_makes_the_first_draft_and_goes_again(bank: Maps) -> None:
    assert counts(bank.applied("grids", sheet(bank))) == (3, 0, 0, 0, 0)
    assert grids(bank) == [
        ("DRAFT", "G1", "SMALL", "L", "a1 a3", "m1", []),
        ("DRAFT", "G2", "SMALL", "L", "a2 a4", "m2", []),
        ("DRAFT", "L", "LARGE", None, None, None, []),
    ]
    ((plan,),) = bank.execute("select id from plans")
    said = [(one.code, one.values) for one in tell_draft_made(bank.rows, "grids", TODAY)]
    assert said == [("IMPORT_DRAFT_MADE", {"number": plan, "plan": TODAY.isoformat()})]
    assert tell_draft_made(bank.rows, "posts", TODAY) == ()
    assert counts(bank.tried("grids", sheet(bank))) == (0, 0, 0, 3, 0)
    first = bank.last
    assert counts(bank.applied("grids", sheet(bank, LIST.replace("一号", "新一号")))) == (0, 1, 0, 2, 0)
    assert bank.execute("select count(*) from plans") == [(1,)]
    with pytest.raises(ImportChangedSince):
        bank.undone("grids", first)
    bank.undone("grids")
    bank.undone("grids", first)
    assert bank.execute("select state from plans") == [("DISCARDED",)]


def test_a_map_makes_the_same_draft_and_cut_atoms_are_listed(bank: Maps) -> None:
    areas = (box(0, 0, 20, 30), box(20, 0, 40, 14))
    columns = {"code": ["G1", "G2"], "org_code": ["0301", "0301"], "post_a": ["m1", "m2"]}
    tried = bank.applied("grids", bank.drawn(*areas, **columns))
    assert counts(tried) == (2, 0, 0, 0, 0)
    assert [(one.code, one.values) for one in tried.notes] == [
        ("GRIDS_ATOM_CUT", {"atom": "a2", "shares": "G2 93%"}),
        ("GRIDS_ATOMS_BARE", {"atoms": 1, "example": "a4"}),
    ]
    assert [(code, atoms) for _, code, _, _, atoms, _, _ in grids(bank)] == [("G1", "a1 a3"), ("G2", "a2")]
    assert grids(bank)[0][-1][0]["code"] == "PLAN_GAP"


def test_a_plan_from_a_list_comes_into_force_and_a_part_changes_it(bank: Maps) -> None:
    bank.applied("grids", sheet(bank))
    ((plan,),) = bank.execute("select id from plans")
    check_plan(bank.rows, plan, 0)
    assert draw_plan(bank.rows, plan) == 3
    bank.connection.execute("update plans set state = 'APPROVED', from_on = %s", [TODAY])
    assert put_in_force(bank.connection, TODAY) == plan
    assert bank.execute("select count(*) from posts") == [(4,)]
    assert counts(bank.tried("grids", sheet(bank))) == (0, 0, 0, 3, 0), (
        "what is in force is what the list says"
    )

    part = "网格,原子,网点,大网格\nG3,a4,0301,L\n"
    tried = bank.applied("grids", sheet(bank, part), is_whole=False)
    assert counts(tried) == (1, 1, 0, 0, 0)
    drawn = [one[1:6] for one in grids(bank) if one[0] == "DRAFT"]
    assert drawn == [
        ("G1", "SMALL", "L", "a1 a3", None),
        ("G2", "SMALL", "L", "a2", None),
        ("G3", "SMALL", "L", "a4", None),
        ("L", "LARGE", None, None, None),
    ], "whoever sits on a post goes on"
    bank.undone("grids")
    assert [one[0] for one in grids(bank)] == ["IN_FORCE"] * 3
    # Whose ground an atom that ended was, nobody knows any more: it would come back into the grid of who took it.
    savepoint = bank.connection.transaction(force_rollback=True)
    with savepoint:
        bank.applied("atoms", bank.drawn(*QUARTERS[:2], box(0, 15, 40, 30), code=ATOMS[:3]))
        assert [one[4] for one in grids(bank)] == ["a1 a3", "a2", None]
        with pytest.raises(ImportStoodOn, match="plan_atoms"):
            bank.undone("atoms")
    # A new atom lies in the grid of its ground: the plan in force has no gap.
    halves = (*QUARTERS[:3], box(20, 15, 30, 30), box(30, 15, 40, 30))
    bank.applied("atoms", bank.drawn(*halves, code=[*ATOMS, "a5"]))
    assert [one[4] for one in grids(bank)] == ["a1 a3", "a2 a4 a5", None]
    ((stored, joined),) = bank.execute(
        """select st_asbinary(b.boundary_wgs84), st_asbinary(st_union(a.boundary_wgs84))
             from grids g join grid_boundaries b on b.grid_id = g.id join plan_atoms pa on pa.grid_id = g.id
             join atom_boundaries a on a.atom_id = pa.atom_id where g.code = 'G2' group by b.grid_id"""
    )
    assert shapely.from_wkb(bytes(stored)).equals(shapely.from_wkb(bytes(joined)))


def test_what_is_wrong_with_a_list_is_said_at_its_row(bank: Maps) -> None:
    text = (
        "网格,原子,网点,大网格,A岗,B岗\n"
        "G1,a1,0301,,m1,m1\nG2,a9,0301,,,\nG3,a2,0999,,x,\nG4,a3,,,,\nG5,a4,0301,L9,,\nG6,,0301,,,\nG7,a4,0301,,,\n"
    )
    tried = bank.tried("grids", sheet(bank, text))
    assert [(one.place.row, one.said.code) for one in tried.problems] == [
        (2, "ROW_BOTH_POSTS"),
        (3, "ROW_NOT_KNOWN"),
        (4, "ROW_NOT_KNOWN"),
        (4, "ROW_NOT_KNOWN"),
        (5, "GRID_WITHOUT_OUTLET"),
        (6, "GRID_PARENT_NOT_LARGE"),
        (7, "GRID_WITHOUT_ATOMS"),
        (8, "GRIDS_ATOM_TWICE"),
    ]
    assert tried.changes == ()
