"""What the map's search finds, for whom, on both executors."""

from tests.schema.bank import SIDE_DEG, SOUTH_DEG, WEST_DEG
from tests.schema.conftest import Ask

FIND = """query ($text: String, $kind: [MapPlaceKind!], $id: [ID!]) {
  mapPlaces(first: 6, filter: {text: $text, kind: $kind, id: $id}) {
    edges { node { id kind name within westDeg southDeg eastDeg northDeg } } totalCount { value } } }"""
OUTLINE = "query ($id: [ID!]) { mapPlaces(first: 1, filter: {id: $id}) { edges { node { id boundary } } } }"
SQUARE = "SRID=4326;MULTIPOLYGON(((0 0, 1 0, 1 1, 0 1, 0 0)))"


async def _places(ask: Ask) -> None:
    for number, name in enumerate(("东一组", "东二组"), start=1):
        atom = await ask.pool.fetchval(
            """insert into atoms (code, name, village_code, village, town_code, town, lon_deg_wgs84, lat_deg_wgs84,
                                  area_m2, is_urban, is_stand_in)
               values ($1, $2, 'v', '东村', 't', '大东镇', 0, 0, 1, false, false) returning id""",
            f"v{number}",
            name,
        )
        await ask.pool.execute(
            "insert into atom_boundaries (atom_id, boundary_wgs84)"
            " values ($1, st_translate(cast(cast($2 as text) as geometry), $3::int, 0))",
            atom, SQUARE, number - 1,
        )  # fmt: skip
    for kind, code, name, within in (
        ("TOWN", "t", "大东镇", ""),
        ("VILLAGE", "v", "东村", "大东镇"),
        ("ATOM", "v1", "东一组", "大东镇 东村"),
    ):
        await ask.pool.execute(
            "insert into place_names values ($1, $2, $3, $4, 1, 1, 1, 0, 0, 2, 1)", kind, code, name, within
        )


async def test_places_grids_and_outlets_are_found_by_a_part_of_their_name(ask_own: Ask) -> None:
    await _places(ask_own)
    await ask_own.pool.execute(
        "update org_units set name = '东支行', lon_deg_wgs84 = 1, lat_deg_wgs84 = 1 where id = $1",
        ask_own.bank.units["B"],
    )
    await ask_own.pool.execute("update grids set name = '东网格' where id = $1", ask_own.bank.grids["g3"])

    async def found(who: str, **asked: object) -> list[tuple[str, str]]:
        answer = (await ask_own.both_ways(who, FIND, **asked)).data["mapPlaces"]
        return [(edge["node"]["kind"], edge["node"]["name"]) for edge in answer["edges"]]

    public = [("VILLAGE", "东村"), ("TOWN", "大东镇"), ("OUTLET", "东支行"), ("ATOM", "东一组")]
    assert await found("a1", text=" 东 ") == public, "another outlet's grid is not told"
    assert sorted(await found("b1", text="东")) == sorted([*public, ("SMALL", "东网格")])
    assert await found("head", text="东", kind=["TOWN", "SMALL"]) == [("TOWN", "大东镇"), ("SMALL", "东网格")]
    assert await found("head", text="v1") == [("ATOM", "东一组")]
    assert await found("head", text="%") == []
    grid = f"Grid:{ask_own.bank.grids['g3']}"
    assert await found("head", id=[grid]) == [("SMALL", "东网格")]
    assert await found("a1", id=[grid]) == []
    answer = (await ask_own.both_ways("b1", FIND, id=[grid])).data["mapPlaces"]["edges"][0]["node"]
    west = WEST_DEG + 2 * SIDE_DEG
    box = [answer[edge] for edge in ("westDeg", "southDeg", "eastDeg", "northDeg")]
    assert [round(one, 6) for one in box] == [
        round(one, 6) for one in (west, SOUTH_DEG, west + SIDE_DEG, SOUTH_DEG + SIDE_DEG)
    ]


async def test_the_outline_of_a_place_is_the_union_of_its_atoms(ask_own: Ask) -> None:
    await _places(ask_own)

    async def outline(one: str) -> object:
        return (await ask_own.both_ways("a1", OUTLINE, id=[one])).data["mapPlaces"]["edges"][0]["node"][
            "boundary"
        ]

    whole = await outline("TOWN:t")
    assert isinstance(whole, dict)
    assert whole["type"] == "MultiPolygon"
    corners = {tuple(corner) for corner in whole["coordinates"][0][0]}
    assert {(0, 0), (2, 0), (2, 1), (0, 1)} <= corners
    assert whole == await outline("VILLAGE:v")
    own = await outline(f"Grid:{ask_own.bank.grids['g1']}")
    assert isinstance(own, dict)
    assert own["coordinates"][0][0][0] != [0, 0]
