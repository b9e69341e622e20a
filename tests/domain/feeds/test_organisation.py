"""Units and staff by nightly files: carried out by the rules of imports, held where too much would change, undone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.feeds.intake import take_feed
from domain.feeds.landing import find_batches
from domain.feeds.organisation import are_brought, bring_organisation
from domain.shared.imports.carrying_out import apply_import, undo_import
from domain.shared.imports.kinds import kind_named
from domain.shared.night import StepResult, silent
from domain.shared.principal import SYSTEM
from domain.shared.rooms import import_kinds_of, import_notes_of
from domain.shared.rows import NightRows
from schema.house import ROOMS
from tests.domain.feeds.files import begin_night, row, write_batch
from tests.domain.small_bank import DATA_DATE, SmallBank, insert
from tests.words import in_chinese

KINDS, NOTES = import_kinds_of(ROOMS), import_notes_of(ROOMS)
STAFF = {"M1": "A01", "M2": "A01", "M3": "B01", "O1": "A01", "O2": "B01"}


@pytest.fixture(scope="module")
def lists_url(make_database: Callable[..., str]) -> str:
    url = make_database()
    with psycopg.connect(url) as connection:
        bank = SmallBank(connection)
        connection.execute("update org_units set parent_id = %s where kind = 'OUTLET'", [bank.head_office])
    return url


class Nights:
    """Nights of a bank whose systems drop lists; each test takes back what it did."""

    def __init__(self, connection: psycopg.Connection, landing: Path) -> None:
        self.connection, self.landing, self.day = connection, landing, DATA_DATE - timedelta(1)

    def staff(self, people: dict[str, str], **others: dict[str, str]) -> None:
        """Drops the file of the next night: units by number, other columns of some."""
        lines = [
            row(
                "staff",
                {"staff_no": number, "name": number, "org_no": unit, "duty": "2" if number[0] == "O" else "1"}
                | others.get(number, {}),
            )
            for number, unit in people.items()
        ]
        write_batch(self.landing, "staff", lines, day=self.day + timedelta(1))

    def org(self, units: dict[str, str]) -> None:
        lines = [
            row("org", {"org_no": code, "name": code, "parent_no": above}) for code, above in units.items()
        ]
        write_batch(self.landing, "org", lines, day=self.day + timedelta(1))

    def next(self, **parameters: Any) -> StepResult:
        self.day += timedelta(1)
        return self.again(**parameters)

    def again(self, **parameters: Any) -> StepResult:
        night = replace(begin_night(self.connection, self.landing, self.day), parameters=parameters)
        find_batches(self.connection, night, silent)
        for feed in ("org", "staff"):
            take_feed(self.connection, night, silent, feed=feed)
        return bring_organisation(self.connection, night, silent, kinds=KINDS, notes=NOTES)

    def undo(self, import_id: int) -> None:
        kind = kind_named(KINDS, "staff")
        assert kind is not None
        undo_import(NightRows(self.connection), kind, import_id, by=SYSTEM, today=self.day + timedelta(1))

    def imports(self) -> list[tuple]:
        return self.connection.execute(
            "select kind, state, new_rows, changed_rows, ended_rows, refused_rows from imports order by id"
        ).fetchall()

    def last_id(self) -> int:
        (found,) = self.connection.execute("select max(id) from imports").fetchall()
        return int(found[0])

    def where(self, number: str) -> tuple:
        found = self.connection.execute(
            """select u.code, s.role, s.to_on::text, (select count(*) from accounts a where a.staff_id = s.id)
                 from staff s join org_units u on u.id = s.org_unit_id where s.number = %s""",
            [number],
        ).fetchone()
        assert found is not None
        return found


@pytest.fixture
def nights(lists_url: str, tmp_path: Path) -> Iterator[Nights]:
    with psycopg.connect(lists_url) as connection:
        yield Nights(connection, tmp_path)
        connection.rollback()


def test_what_a_file_changes_is_carried_out_once(nights: Nights) -> None:
    """A new unit, somebody new in it with an account, a transfer; the same files again change nothing."""
    nights.org({"HEAD": "", "A01": "HEAD", "B01": "HEAD", "C01": "HEAD"})
    nights.staff({**STAFF, "M2": "B01", "N1": "C01"}, M2={"moved_on": "20261116"})
    done = nights.next()
    assert in_chinese(done.message) == "机构与员工：新增 2，变更 1，终止 0，有问题 0"
    assert nights.imports() == [("org", "APPLIED", 1, 0, 0, 0), ("staff", "APPLIED", 1, 1, 0, 0)]
    assert nights.where("N1") == ("C01", "CUSTOMER_MANAGER", None, 1)
    assert nights.where("M2")[0] == "B01"
    for result in (nights.again(), nights.next()):
        assert (result.rows, in_chinese(result.message)) == (0, "机构与员工没有变化")
    assert len(nights.imports()) == 2
    nights.undo(nights.last_id())
    assert nights.where("M2")[0] == "A01"
    assert nights.again().rows == 0, "what somebody took back is not done again"
    nights.staff({**STAFF, "M2": "B01"})
    assert (nights.next().rows, nights.where("M2")[0]) == (1, "B01")


def test_only_whom_the_file_has_named_ends_and_comes_back_with_it(nights: Nights) -> None:
    """The file of a late system or none at all changes nothing; O2, whom it never named, stays."""
    people = {number: unit for number, unit in STAFF.items() if number != "O2"}
    nights.staff(people)
    nights.next()
    assert nights.imports() == []
    nights.next()
    nights.staff({number: unit for number, unit in people.items() if number != "M3"})
    assert nights.next().rows == 1
    morning = (nights.day + timedelta(1)).isoformat()
    assert (nights.where("M3")[2], nights.where("O2")[2]) == (morning, None)
    nights.staff(people)
    assert (nights.next().rows, nights.where("M3")[2]) == (1, None)


def test_too_much_at_once_waits_for_a_person(nights: Nights) -> None:
    """Held as it was found; a later file takes its place; one person carries it out."""
    nights.staff(STAFF)
    nights.next()
    nights.staff(dict.fromkeys(STAFF, "B01"))
    held = nights.next()
    assert in_chinese(held.message).endswith("1 份清单待人工处理，见 系统 → 开行，或 ./yunge import list")
    assert (nights.where("M1")[0], nights.imports()) == ("A01", [("staff", "TRIED", 0, 3, 0, 0)])
    (note,) = nights.connection.execute("select notes -> 0 from imports").fetchall()
    assert in_chinese(note[0]).startswith("这份夜间文件会终止 0 条、调动 3 条（现有 5 条）")
    nights.again()
    assert len(nights.imports()) == 1, "it waits, and is not brought twice"
    nights.staff({**dict.fromkeys(STAFF, "B01"), "M1": "HEAD"})
    nights.next()
    assert [state for _, state, *_ in nights.imports()] == ["REFUSED", "TRIED"]
    kind = kind_named(KINDS, "staff")
    assert kind is not None
    apply_import(NightRows(nights.connection), kind, nights.last_id(), by=SYSTEM, reason="轮岗")
    assert nights.where("M1")[0] == "HEAD"
    assert nights.next().rows == 0


def test_the_limit_is_a_parameter(nights: Nights) -> None:
    nights.staff(STAFF)
    nights.next()
    nights.staff(dict.fromkeys(STAFF, "B01"))
    assert nights.next(**{"feeds.list_changed_share_bps": 6_000}).rows == 3


def test_a_row_that_cannot_be_is_told_and_done_when_it_can(nights: Nights) -> None:
    """Somebody of a unit that is not there; the unit comes by the next night's file."""
    nights.staff({**STAFF, "N1": "C01"})
    assert in_chinese(nights.next().message) == "机构与员工：新增 0，变更 0，终止 0，有问题 1"
    (problem,) = nights.connection.execute("select sheet, row, heading, said from import_problems").fetchall()
    assert problem[:3] == ("N1", 0, "org_no")
    assert "C01" in in_chinese(problem[3])
    assert (nights.next().rows, len(nights.imports())) == (0, 1)
    nights.org({"HEAD": "", "A01": "HEAD", "B01": "HEAD", "C01": "HEAD"})
    assert (nights.next().rows, nights.where("N1")[0]) == (2, "C01")


def test_a_file_that_would_leave_nobody_who_decides_is_sent_back_once(nights: Nights) -> None:
    unit = nights.connection.execute("select id from org_units where code = 'HEAD'").fetchone()
    assert unit is not None
    insert(
        nights.connection,
        "staff",
        number="IT",
        name="IT",
        role="ADMINISTRATOR",
        org_unit_id=unit[0],
        is_active=True,
    )
    nights.connection.execute(
        "update roles set permissions = array['rights.decide'] where code = 'ADMINISTRATOR'"
    )
    nights.staff({**STAFF, "IT": "HEAD"}, IT={"duty": "1"})
    nights.next()
    assert nights.where("IT")[1] == "ADMINISTRATOR", "a duty in a file changes no rights of his"
    nights.staff({**STAFF, "IT": "HEAD"}, IT={"left_on": "20261101"})
    for _ in range(2):
        assert "；1 份清单待人工处理" in in_chinese(nights.next().message)
    (refusal,) = nights.connection.execute("select state, refusal from imports").fetchall()
    assert (refusal[0], refusal[1]["code"]) == ("REFUSED", "IMPORT_LEAVES_NO_DECIDER")


def test_a_night_that_is_made_up_for_leaves_what_later_files_said(nights: Nights) -> None:
    nights.staff(STAFF)
    nights.next()
    late = nights.day - timedelta(1)
    lines = [row("staff", {"staff_no": number, "name": number, "org_no": "B01"}) for number in STAFF]
    write_batch(nights.landing, "staff", lines, day=late)
    nights.day = late
    assert (nights.again().rows, nights.imports()) == (0, [])


def test_a_bank_without_such_files_has_no_step_for_them(nights: Nights, tmp_path: Path) -> None:
    assert not are_brought(nights.connection, tmp_path)
    assert not are_brought(nights.connection, tmp_path / "nowhere")
    nights.org({"HEAD": ""})
    assert are_brought(nights.connection, tmp_path)
    (tmp_path / "org_20261120_1.dat").unlink()
    (tmp_path / "org_20261120_1.ctl").unlink()
    insert(
        nights.connection, "feed_adapters", feed="staff", source="hr", from_on=date(2026, 1, 1), reason="x",
        added_by_id=nights.connection.execute("select min(id) from staff").fetchall()[0][0],
    )  # fmt: skip
    assert are_brought(nights.connection, tmp_path)
