"""Which atoms share border is kept as the boundaries have it."""

import numpy as np
import psycopg
import pytest

from domain.shared.night import Connection
from domain.shared.rows import NightRows
from geo.borders import keep_borders
from geo.coverage import shared_borders
from geo.locator import AtomIndex
from tests.domain.small_bank import SmallBank


def square(west: int, south: int) -> str:
    east, north = west + 1, south + 1
    ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
    return f"SRID=4326;MULTIPOLYGON((({ring})))"


def borders(connection: Connection) -> list[tuple[int, int, int]]:
    rows = connection.execute("select atom_id, other_id, length_m from atom_borders order by 1, 2").fetchall()
    return [(one, other, round(length_m / 1000)) for one, other, length_m in rows]


def test_neighbours_share_border_and_a_corner_is_none(connection: psycopg.Connection) -> None:
    bank = SmallBank(connection)
    put = "insert into atom_boundaries (atom_id, boundary_wgs84) values (%s, %s)"
    for atom, shape in ((bank.n1, square(0, 0)), (bank.n2, square(0, 1)), (bank.s1, square(1, 1))):
        connection.execute(put, [atom, shape])
    assert keep_borders(NightRows(connection)) == 2
    assert borders(connection) == [
        (bank.n1, bank.n2, 111), (bank.n2, bank.n1, 111), (bank.n2, bank.s1, 111), (bank.s1, bank.n2, 111),
    ]  # fmt: skip
    assert keep_borders(NightRows(connection)) == 0, "nothing has changed"
    moved = "update atom_boundaries set boundary_wgs84 = %s where atom_id = %s"
    connection.execute(moved, [square(2, 2), bank.n1])
    assert keep_borders(NightRows(connection)) == 1
    assert [(one, other) for one, other, _ in borders(connection)] == [(bank.n2, bank.s1), (bank.s1, bank.n2)]


def test_the_county_is_loaded_with_its_borders(county: Connection) -> None:
    index = AtomIndex.read(county)
    expected = {(int(index.ids[a]), int(index.ids[b])) for a, b in shared_borders(index.boundaries)}
    found = {(one, other) for one, other, _ in borders(county) if one < other}
    assert found == expected
    assert len(found) > len(index.ids)
    assert np.isfinite([length for *_, length in borders(county)]).all()
    with pytest.raises(psycopg.errors.UniqueViolation):
        county.execute("insert into atom_borders select * from atom_borders limit 1")
