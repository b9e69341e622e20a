"""Who lives where: households whose head died, moved or is a child, that empty between two nights and come back.

One county of small households goes through four nights, and through the same with every night a full one.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from domain.customers.identity.certificates import citizen_check
from domain.performance.grid_statistics import count_grids
from domain.shared.night import Night, silent
from domain.shared.principal import SYSTEM
from domain.shared.unit_of_work import UnitOfWork
from domain.stories import links
from domain.tasks.due import find_due_visits
from domain.tasks.reasons import as_of
from schema.house import ROOMS
from schema.rules.language import LANGUAGE
from tests.domain.customers.identity.county import County, core, customers, drop, everything, night
from tests.domain.feeds.files import DAY
from tests.domain.small_bank import SmallBank

LIVES, MOVED, DIED = "1", "2", "3"
_BODIES = count(101)
Row = dict[str, str]


def citizen(born: str) -> str:
    body = f"320923{born}{next(_BODIES):03}"
    return body + citizen_check(body)


def member(person: str, name: str, relation: str, status: str = LIVES, born: str = "19600101") -> Row:
    return {
        "person_no": person,
        "name": name,
        "cert_no": citizen(born),
        "relation": relation,
        "birth_on": born,
        "status": status,
    }


HOUSEHOLDS: dict[str, list[Row]] = {
    "all dead": [member("01", "王德发", "户主", DIED), member("02", "李桂英", "配偶", DIED)],
    "widow": [member("01", "周德发", "户主", DIED), member("02", "李桂芳", "配偶")],
    "all moved": [member("01", "吴德发", "户主", MOVED), member("02", "李桂兰", "配偶", MOVED)],
    "one dead, one moved": [member("01", "郑德发", "户主", DIED), member("02", "李桂香", "配偶", MOVED)],
    "head moved": [
        member("01", "孙德发", "户主", MOVED),
        member("02", "孙小宝", "子", born="20150203"),
        member("03", "孙大宝", "子", born="19900203"),
    ],
    "child head": [
        member("01", "钱小满", "户主", born="20190606"),
        member("02", "钱奶奶", "其他", born="19550606"),
    ],
    "children alone": [
        member("01", "冯德发", "户主", DIED),
        member("02", "冯小满", "女", born="20190606"),
    ],
    "empties": [member("01", "陈德发", "户主"), member("02", "陈桂英", "配偶")],
    "goes": [member("01", "褚德发", "户主")],
    "struck off": [member("01", "卫德发", "户主")],
    "moves house": [member("01", "蒋大宝", "户主"), member("02", "蒋桂英", "配偶")],
    "new house": [],
    "surveyed": [member("01", "沈德发", "户主"), member("02", "沈桂英", "配偶")],
    "head changes": [member("01", "何德发", "户主"), member("02", "何桂英", "配偶")],
    "estate": [member("01", "韩德发", "户主", DIED)],
    "usual": [member("01", "杨德发", "户主"), member("02", "杨桂英", "配偶")],
}
COMES_BACK = member("03", "吴小宝", "子", born="19950101")
FATHER, LONE_SURVEY = member("01", "朱老大", "户主", DIED), member("02", "朱德发", "子")


def register() -> dict[str, list[Row]]:
    return {hukou: [dict(row) for row in rows] for hukou, rows in HOUSEHOLDS.items()}


def contents(households: dict[str, list[Row]]) -> County:
    """What all feeds say when the register says this. Who is head of `head changes` at last is surveyed anew."""
    changes = households["head changes"]
    surveyed, estate = HOUSEHOLDS["surveyed"][0], HOUSEHOLDS["estate"][0]
    struck = HOUSEHOLDS["struck off"][0]
    return {
        "household": [{"hukou_no": hukou, **row} for hukou, rows in households.items() for row in rows],
        "sunshine_credit": [
            {"file_no": file, "head_name": row["name"], "head_cert_no": row["cert_no"], "pre_line": "1.00"}
            for file, row in (("Y1", surveyed), ("Y2", LONE_SURVEY), ("Y3", changes[0]))
        ],
        "core_customer": [
            core("C1", estate["name"], cert_no=estate["cert_no"]),
            core("C2", struck["name"], cert_no=struck["cert_no"]),
        ],
        "core_deposit": [{"acct_no": "A1", "cust_no": "C1", "balance": "88.00"}],
        "pos_merchant": [
            {"merchant_no": "M1", "name": "德发面馆", "operator_name": estate["name"],
             "operator_cert_no": estate["cert_no"], "month_volume": "5.00"}
        ],
    }  # fmt: skip


def second(households: dict[str, list[Row]]) -> None:
    """People die, move and vanish."""
    for row in households["empties"]:
        row["status"] = DIED
    households["goes"] = []
    households["struck off"][0]["status"] = DIED
    households["moves house"][0]["status"] = MOVED
    households["new house"] = [HOUSEHOLDS["moves house"][0]]
    households["surveyed"][0]["status"] = DIED
    households["head changes"][0]["status"] = DIED
    households["head changes"][1]["relation"] = "户主"
    households["father of the lone survey"] = [FATHER, LONE_SURVEY | {"status": DIED}]


def third(households: dict[str, list[Row]]) -> None:
    """The register takes out whom it has written off; a son comes back."""
    households["struck off"] = []
    del households["moves house"][0]
    del households["head changes"][0]
    households["empties"] = [HOUSEHOLDS["empties"][1]]
    households["goes"] = [HOUSEHOLDS["goes"][0]]
    households["all moved"].append(COMES_BACK)
    households["father of the lone survey"] = []


@dataclass
class Seen:
    """What three nights left, one after the other."""

    address: str
    landing: Path
    households: list[dict[str, tuple[str, str]]] = field(default_factory=list)
    """hukou → (name, status), after each night."""
    others: list[dict[str, tuple[str, str]]] = field(default_factory=list)
    """feed/key → (name, status) of people, surveys and shops, after each night."""
    due: list[set[str]] = field(default_factory=list)
    """Names of whom somebody is to see."""
    who: list[dict[str, int]] = field(default_factory=list)
    """feed/key → customer, after each night."""
    left: list[dict[str, list[str]]] = field(default_factory=list)


def carry_out(address: str, landing: Path, *, is_full: bool) -> Seen:
    seen, households = Seen(address, landing), register()
    with psycopg.connect(address) as connection:
        SmallBank(connection)
        for position, change in enumerate((None, second, third)):
            day = DAY + timedelta(days=position)
            if change is not None:
                change(households)
            drop(landing, contents(households), day)
            run_id, _ = night(connection, landing, day, is_full=is_full)
            find_due_visits(connection, Night(run_id, day, landing), silent, language=LANGUAGE)
            connection.execute(
                "insert into settings (name, value) values ('data_date', to_jsonb(%s::text))"
                " on conflict (name) do update set value = excluded.value",
                [day],
            )
            connection.commit()
            look(connection, seen)
    return seen


def look(connection: psycopg.Connection, seen: Seen) -> None:
    found = connection.execute(
        "select r.feed, r.key, c.name, c.status from source_records r join customers c on c.id = r.customer_id"
    ).fetchall()
    seen.households.append(
        {key: (name, status) for feed, key, name, status in found if feed == "household.household"}
    )
    seen.others.append({f"{feed}/{key}": (name, status) for feed, key, name, status in found})
    due = connection.execute("select name from due_visits join customers on id = customer_id").fetchall()
    seen.due.append({name for (name,) in due})
    seen.who.append(customers(connection))
    seen.left.append(everything(connection))


@pytest.fixture(scope="module")
def seen(make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return carry_out(make_database(), tmp_path_factory.mktemp("living"), is_full=False)


def test_a_household_is_named_by_who_lives_there(seen: Seen) -> None:
    first = seen.households[0]
    assert first["widow"] == ("李桂芳户", "ACTIVE")
    assert first["head moved"] == ("孙大宝户", "ACTIVE"), "the elder of two who live there"
    assert first["child head"] == ("钱奶奶户", "ACTIVE")
    assert first["children alone"] == ("冯小满户", "ACTIVE")
    assert first["usual"] == ("杨德发户", "ACTIVE")


@pytest.mark.parametrize(
    ("hukou", "status"), [("all dead", "DEAD"), ("all moved", "MOVED"), ("one dead, one moved", "MOVED")]
)
def test_where_nobody_lives_there_is_nobody_to_see(seen: Seen, hukou: str, status: str) -> None:
    name, state = seen.households[0][hukou]
    assert state == status
    people = {row["name"] for row in HOUSEHOLDS[hukou]}
    assert seen.due[0].isdisjoint({name, *people})
    assert {"李桂芳户", "李桂芳", "孙大宝户", "杨德发"} <= seen.due[0]


def test_a_household_empties_between_two_nights_and_comes_back(seen: Seen) -> None:
    states = [(one["empties"], one["goes"]) for one in seen.households]
    assert states == [
        (("陈德发户", "ACTIVE"), ("褚德发户", "ACTIVE")),
        (("陈德发户", "DEAD"), ("褚德发户", "CLOSED")),
        (("陈桂英户", "ACTIVE"), ("褚德发户", "ACTIVE")),
    ]
    assert [one["all moved"][1] for one in seen.households] == ["MOVED", "MOVED", "ACTIVE"]
    assert seen.households[2]["all moved"][0] == "吴小宝户"
    assert [{"陈桂英户", "褚德发户"} & due for due in seen.due] == [
        {"褚德发户"},
        set(),
        {"陈桂英户", "褚德发户"},
    ]


def test_the_dead_stay_dead_when_the_register_takes_them_out(seen: Seen) -> None:
    """The core still knows him; his row has left the register's file."""
    assert [one["core_customer/C2"][1] for one in seen.others] == ["ACTIVE", "DEAD", "DEAD"]
    assert [one["struck off"][1] for one in seen.households] == ["ACTIVE", "DEAD", "DEAD"]


def test_who_moves_to_another_household_lives_there(seen: Seen) -> None:
    assert seen.others[1]["household/moves house/01"] == ("蒋大宝", "ACTIVE")
    assert seen.others[2]["household/moves house/01"] == ("蒋大宝", "ACTIVE")
    for night_ in (1, 2):
        assert seen.households[night_]["moves house"] == ("蒋桂英户", "ACTIVE")
        assert seen.households[night_]["new house"] == ("蒋大宝户", "ACTIVE")


def test_a_surveyed_household_goes_on_with_whom_the_register_knows_there(seen: Seen) -> None:
    assert [one["sunshine_credit/Y1"] for one in seen.others] == [
        ("沈德发户", "ACTIVE"),
        ("沈桂英户", "ACTIVE"),
        ("沈桂英户", "ACTIVE"),
    ]


def test_a_household_that_has_another_head_is_the_same(seen: Seen) -> None:
    """The widow becomes head; next year's survey names her. Visits and the survey stay with the household."""
    names = [one["head changes"] for one in seen.households]
    assert names == [("何德发户", "ACTIVE"), ("何桂英户", "ACTIVE"), ("何桂英户", "ACTIVE")]
    ids = [{who["household.household/head changes"], who["sunshine_credit/Y3"]} for who in seen.who]
    assert len(ids[0]) == 1
    assert ids[0] == ids[1] == ids[2]


def test_a_surveyed_household_that_no_register_knows_ends_with_its_head(seen: Seen) -> None:
    assert [one["sunshine_credit/Y2"][1] for one in seen.others] == ["ACTIVE", "DEAD", "DEAD"]
    assert "朱德发户" not in seen.due[1]


def test_what_the_dead_left_is_counted_and_nobody_is_sent(seen: Seen) -> None:
    assert seen.others[0]["core_customer/C1"] == ("韩德发", "DEAD")
    assert "韩德发" not in seen.due[0]
    assert seen.others[0]["pos_merchant/M1"] == ("德发面馆", "ACTIVE"), "the shop goes on"
    with psycopg.connect(seen.address) as connection:
        assert connection.execute("select deposit_fen from customers where name = '韩德发'").fetchone() == (
            8_800,
        )
        connection.execute(
            "update customers set grid_id = (select id from grids where code = 'N') where name = '韩德发'"
        )
        count_grids(connection, as_of(date(2026, 7, 2), {}), LANGUAGE)
        figures = (
            "select customers, deposit_fen from grid_statistics join grids on id = grid_id where code = 'N'"
        )
        assert connection.execute(figures).fetchone() == (0, 8_800)
        connection.rollback()


def test_working_on_what_changed_equals_working_on_everything(
    seen: Seen, make_database: Callable[..., str], tmp_path: Path
) -> None:
    everything_anew = carry_out(make_database(), tmp_path, is_full=True)
    for anew, left in zip(everything_anew.left, seen.left, strict=True):
        for table, rows in left.items():
            assert set(anew[table]) ^ set(rows) == set(), table


PLANNED = """
insert into walk_stops (staff_id, walk_on, position, customer_id, planned_for_id, reason, statement)
select min(id), %(walk_on)s, 1, %(customer)s, %(customer)s, 'NEVER_VISITED', '{}' from staff
"""


@pytest.fixture
async def open_uow(seen: Seen) -> AsyncIterator[Callable[[], UnitOfWork]]:
    engine = create_async_engine(seen.address.replace("postgresql://", "postgresql+asyncpg://", 1))
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    yield lambda: UnitOfWork(sessions())
    await engine.dispose()


async def test_a_cut_says_what_the_night_says(seen: Seen, open_uow: Callable[[], UnitOfWork]) -> None:
    """Without the register's row of its head the survey knows nothing of his death; mended, it does.

    The next morning's walk was planned in between."""
    head, registered = ("sunshine_credit.head", "Y2"), ("household", "father of the lone survey/02")
    states = []
    for act, given in ((links.cut_link, {"reason": "两个人"}), (links.mend_link, {})):
        async with open_uow() as uow:
            await act(uow, head, registered, by=SYSTEM, rooms=ROOMS, **given)
        with psycopg.connect(seen.address) as connection:
            household = customers(connection)["sunshine_credit/Y2"]
            row = connection.execute("select status from customers where id = %s", [household]).fetchone()
            due = connection.execute("select from due_visits where customer_id = %s", [household]).fetchone()
            states.append((row, due is not None))
            assert connection.execute("select from walk_stops").fetchall() == []
            connection.execute(PLANNED, {"walk_on": DAY + timedelta(days=3), "customer": household})
    assert states == [(("ACTIVE",), True), (("DEAD",), False)]
