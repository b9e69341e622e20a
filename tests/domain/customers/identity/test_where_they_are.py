"""Points of files held against the ground, in two nights and at a cut: one judge for all.

Two atoms beside each other, `n1` in the west and `s1` in the east; what an address names is 镇村n1 and 镇村s1.
"""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from domain.customers.identity.crowded import PARTIES_PER_POINT
from domain.shared.night import Night, silent
from domain.shared.principal import SYSTEM
from domain.shared.unit_of_work import UnitOfWork
from domain.stories import links
from geo.locator import locate_customers
from geo.owning import own_on_the_map
from schema.house import HOUSE, ROOMS
from tests.domain.customers.identity.county import WANG, core, customers, drop, everything, night
from tests.domain.feeds.files import DAY
from tests.domain.small_bank import SmallBank

WEST, EAST, ELSEWHERE = (119.75234, 33.75123), (119.85234, 33.75123), (120.30123, 33.75123)
IN_WEST, IN_EAST = "镇村n1", "镇村s1"
CENTRE, SOON = (119.86111, 33.76111), (119.86222, 33.76222)
Row = dict[str, str]
CODE = "92320923MA1ABCDE1X"


def terminal(key: str, point: tuple[float, float] | None, address: str = "", **values: str) -> Row:
    placed = {}
    if point is not None:
        placed = {"lon_deg": f"{point[0]:.6f}", "lat_deg": f"{point[1]:.6f}", "datum": "WGS84"}
    return (
        {"merchant_no": key, "name": f"{key}面馆", "address": address, "month_volume": "1.00"}
        | placed
        | values
    )


TERMINALS = [
    terminal("right", WEST, IN_WEST),
    terminal("nought", (0.0, 0.0), IN_WEST),
    terminal("half", (0.0, 33.751234), IN_WEST),
    terminal("swapped", (WEST[1], WEST[0]), IN_WEST),
    terminal("whole", (119.0, 33.0), IN_WEST),
    terminal("abroad", (2.352200, 48.856600), IN_WEST),
    terminal("nowhere", (0.0, 0.0)),
    terminal("elsewhere", ELSEWHERE),
    terminal("branch 1", None, IN_WEST, name="两地面馆", uscc=CODE),
    terminal("branch 2", EAST, IN_EAST, name="两地面馆", uscc=CODE),
    *(terminal(f"centre {n}", CENTRE) for n in range(PARTIES_PER_POINT)),
    terminal("centre and there", CENTRE, IN_EAST),
    *(terminal(f"till {n}", EAST, name="大超市", phone="13912345678") for n in range(PARTIES_PER_POINT + 2)),
    *(terminal(f"soon {n}", SOON) for n in range(PARTIES_PER_POINT)),
]
TONIGHT = [*TERMINALS, terminal("soon one more", SOON)]
SURVEYS = [
    {"file_no": f"Y{n}", "head_name": f"张{name}", "pre_line": "1.00", "lon_deg": f"{CENTRE[0]}",
     "lat_deg": f"{CENTRE[1]}", "datum": "WGS84", "address": IN_WEST if n == 0 else IN_EAST if n == 1 else ""}
    for n, name in enumerate("甲乙丙丁戊己庚辛壬癸子")
]  # fmt: skip


def carry_out(address: str, landing: Path, *, is_full: bool) -> list[dict[str, list[str]]]:
    left = []
    with psycopg.connect(address) as connection:
        bank = SmallBank(connection)
        for atom, west in ((bank.n1, 119.70), (bank.s1, 119.80)):
            connection.execute(
                "insert into atom_boundaries (atom_id, boundary_wgs84)"
                " values (%s, st_multi(st_makeenvelope(%s, 33.70, %s, 33.80, 4326)))",
                [atom, west, west + 0.1],
            )
            connection.execute("update atoms set lon_deg_wgs84 = %s where id = %s", [west + 0.05, atom])
        connection.execute("delete from plan_atoms where atom_id = %s", [bank.n2])
        connection.execute("delete from atoms where id = %s", [bank.n2])
        for position, terminals in enumerate((TERMINALS, TONIGHT)):
            day = DAY + timedelta(days=position)
            content = {
                "core_customer": [
                    core("C1", "远方面馆", kind="S", cert_type="20", org_no="A01"),
                    core("C2", "王磊", cert_no=WANG),
                ],
                "core_deposit": [{"acct_no": "A1", "cust_no": "C1", "balance": "1.00"}],
                "pos_merchant": [
                    *terminals,
                    terminal("far", ELSEWHERE, name="远方面馆", settle_acct_no="A1"),
                ],
                "crm_legacy": [],
                "sunshine_credit": SURVEYS,
            }
            drop(landing, content, day)
            run_id, _ = night(connection, landing, day, is_full=is_full)
            place_and_own(connection, Night(run_id, day, landing, is_full))
            connection.execute(
                "insert into settings (name, value) values ('data_date', to_jsonb(%s::text))"
                " on conflict (name) do update set value = excluded.value",
                [day],
            )
            connection.commit()
            left.append(everything(connection))
    return left


def place_and_own(connection: psycopg.Connection, run: Night) -> None:
    locate_customers(connection, run, silent)
    own_on_the_map(connection, run, silent, language=HOUSE.language)


@pytest.fixture(scope="module")
def placed(
    make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[dict[str, list[str]]]]:
    address = make_database()
    return address, carry_out(address, tmp_path_factory.mktemp("places"), is_full=False)


def where(address: str, feed: str = "pos_merchant") -> dict[str, tuple]:
    """key → (method, atom's name, longitude and latitude to a metre)."""
    with psycopg.connect(address) as connection:
        found = connection.execute(
            """select r.key, c.location_method, a.name, round(c.lon_deg_wgs84::numeric, 5),
                      round(c.lat_deg_wgs84::numeric, 5)
                 from source_records r join customers c on c.id = r.customer_id left join atoms a on a.id = c.atom_id
                where r.feed = %s""",
            [feed],
        ).fetchall()
    return {row[0]: (row[1], row[2], row[3] and (float(row[3]), float(row[4]))) for row in found}


def test_what_cannot_be_a_place_gives_way_to_the_address(placed: tuple[str, list]) -> None:
    found = where(placed[0])
    assert found["right"] == found["swapped"] == ("POS", "n1", WEST)
    for name in ("nought", "half", "whole", "abroad"):
        assert found[name][:2] == ("ADDRESS", "n1"), name
    assert found["nowhere"] == (None, None, None)


def test_somebody_from_elsewhere_has_a_place_and_no_atom(placed: tuple[str, list]) -> None:
    assert where(placed[0])["elsewhere"] == ("POS", None, ELSEWHERE)


def test_nothing_is_to_be_done_for_somebody_from_elsewhere_night_after_night(
    placed: tuple[str, list],
) -> None:
    """He has no atom and is not on the map, and is for all that not somebody whom a cut took off it."""
    with psycopg.connect(placed[0]) as connection:
        worked_on = connection.execute(
            """select r.key from night_changes n join source_records r on r.customer_id = n.customer_id
                where n.night_run_id = (select max(night_run_id) from night_changes) and r.feed = 'pos_merchant'"""
        ).fetchall()
    assert ("soon one more",) in worked_on
    assert ("elsewhere",) not in worked_on


def test_the_place_of_two_branches_is_that_of_the_address(placed: tuple[str, list]) -> None:
    found = where(placed[0])
    assert found["branch 1"] == found["branch 2"]
    assert found["branch 1"][:2] == ("ADDRESS", "n1")


def test_a_default_that_many_share_is_nobodys_place_but_of_who_is_there(placed: tuple[str, list]) -> None:
    found = where(placed[0])
    assert {found[f"centre {n}"] for n in range(PARTIES_PER_POINT)} == {(None, None, None)}
    assert found["centre and there"] == ("POS", "s1", CENTRE)
    assert found["till 0"] == ("POS", "s1", EAST), "one shop may have many tills"
    surveyed = where(placed[0], "sunshine_credit")
    assert (surveyed["Y0"][:2], surveyed["Y1"][:2]) == (("ADDRESS", "n1"), ("SURVEY", "s1"))
    assert {surveyed[f"Y{n}"] for n in range(2, len(SURVEYS))} == {(None, None, None)}


def test_a_place_becomes_a_default_with_one_party_too_many(placed: tuple[str, list]) -> None:
    """Those who were there before are judged anew, though nothing of theirs changed."""
    address, (first, _second) = placed
    assert sum("面馆" in row and str(SOON[0]) in row for row in first["customers"]) == PARTIES_PER_POINT
    found = where(address)
    assert {place for key, place in found.items() if key.startswith("soon")} == {(None, None, None)}


def test_working_on_what_changed_equals_working_on_everything(
    placed: tuple[str, list], make_database: Callable[..., str], tmp_path: Path
) -> None:
    for anew, left in zip(carry_out(make_database(), tmp_path, is_full=True), placed[1], strict=True):
        for table, rows in left.items():
            assert set(anew[table]) ^ set(rows) == set(), table


@pytest.fixture
async def open_uow(placed: tuple[str, list]) -> AsyncIterator[Callable[[], UnitOfWork]]:
    engine = create_async_engine(placed[0].replace("postgresql://", "postgresql+asyncpg://", 1))
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    yield lambda: UnitOfWork(sessions())
    await engine.dispose()


PAIRS = [
    pytest.param(("core_customer", "C1"), ("pos_merchant", "far"), id="from elsewhere"),
    pytest.param(("pos_merchant", "branch 1"), ("pos_merchant", "branch 2"), id="two branches"),
]


@pytest.mark.parametrize(("a", "b"), PAIRS)
async def test_a_cut_places_and_gives_as_the_night_does(
    placed: tuple[str, list], open_uow: Callable[[], UnitOfWork], a: links.RecordName, b: links.RecordName
) -> None:
    """Atom, grid, outlet and owner of both, after the cut and after its mending."""
    owned = "select id, atom_id, grid_id, org_unit_id, owner_id from customers order by id"
    with psycopg.connect(placed[0]) as connection:
        joined = customers(connection)["/".join(a)]
        assert joined == customers(connection)["/".join(b)]
        before = connection.execute(owned).fetchall()
        for act, given in ((links.cut_link, {"reason": "两家"}), (links.mend_link, {})):
            connection.rollback()
            async with open_uow() as uow:
                await act(uow, a, b, by=SYSTEM, rooms=ROOMS, **given)
            left = connection.execute(owned).fetchall()
            place_and_own(connection, Night(99, DAY + timedelta(days=1), Path("/nowhere"), is_full=True))
            assert connection.execute(owned).fetchall() == left
            connection.rollback()
            assert (left == before) == (act is links.mend_link)
            if act is links.cut_link and b[1] == "far":
                far = customers(connection)["pos_merchant/far"]
                assert [row[1:3] for row in left if row[0] in (joined, far)] == [(None, None)] * 2
                assert all(row[3] is not None for row in left if row[0] in (joined, far)), "by the books"
