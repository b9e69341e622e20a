"""Towns, villages and atoms are named where their atoms lie, and anew when those are others."""

import psycopg

from domain.shared.night import Connection
from domain.shared.rows import NightRows
from geo.borders import keep_borders
from geo.place_names import keep_place_names
from tests.domain.small_bank import SmallBank

VERSION = "select value #>> '{}' from settings where name = 'tile_version'"


def strip(south: float, north: float) -> str:
    ring = f"0 {south}, 1 {south}, 1 {north}, 0 {north}, 0 {south}"
    return f"SRID=4326;MULTIPOLYGON((({ring})))"


def named(connection: Connection) -> dict[tuple[str, str], tuple[str, str]]:
    rows = connection.execute("select kind, code, name, within from place_names").fetchall()
    return {(kind, code): (name, within) for kind, code, name, within in rows}


def test_places_are_named_inside_of_themselves_and_anew_when_atoms_change(
    connection: psycopg.Connection,
) -> None:
    bank = SmallBank(connection)
    connection.execute("insert into settings (name, value) values ('tile_version', '\"1\"')")
    put = "insert into atom_boundaries (atom_id, boundary_wgs84) values (%s, %s)"
    for atom, shape in ((bank.n1, strip(0, 1)), (bank.n2, strip(1, 4)), (bank.s1, strip(4, 5))):
        connection.execute(put, [atom, shape])
    move = "update atoms set village_code = 'w', village = '庄' where id = %s"
    connection.execute(move, [bank.s1])
    keep_borders(NightRows(connection))
    assert keep_place_names(NightRows(connection)) == 6
    found = named(connection)
    assert found.pop(("TOWN", "t")) == ("镇", "")
    assert found.pop(("VILLAGE", "v")) == ("村", "镇")
    assert found.pop(("VILLAGE", "w")) == ("庄", "镇")
    assert {(kind, within) for (kind, _), (_, within) in found.items()} == {
        ("ATOM", "镇 村"),
        ("ATOM", "镇 庄"),
    }
    box = connection.execute(
        """select west_deg_wgs84, south_deg_wgs84, east_deg_wgs84, north_deg_wgs84,
                  (0.5 - centre_row / 2.0 ^ 30) * 360 between 1 and 4
             from place_names where kind = 'TOWN'"""
    ).fetchone()
    assert box == (0, 0, 1, 5, True), "the name stands in the middle atom"
    assert keep_place_names(NightRows(connection)) == 0, "nothing has changed"
    before = connection.execute(VERSION).fetchone()
    connection.execute("update atoms set village_code = 'v', village = '新村'")
    assert keep_place_names(NightRows(connection)) == 6
    assert named(connection)["VILLAGE", "v"] == ("新村", "镇")
    assert ("VILLAGE", "w") not in named(connection)
    assert connection.execute(VERSION).fetchone() != before
