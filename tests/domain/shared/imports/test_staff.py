"""Staff from a list: where, with which duty and role, from when to when; accounts, transfers, leave, the end."""

from datetime import date

import pytest

from domain.shared.imports import values
from domain.shared.imports.errors import ImportEndsMany, ImportLeavesNoDecider, ImportStoodOn
from tests.domain.shared.imports.conftest import TODAY, Importing

HEADINGS = "员工号,姓名,机构号,职责,角色,手机,入职日期,离职日期,到岗日期,休假起,休假止\n"
NEW = (
    HEADINGS
    + "301001,王磊,A01,管户,,13800000000,2018-07-01,,2024-03-01,,\n301002,李秀兰,B01,,经营部门,,,,,,\n"
)
TABLES = ("staff", "staff_days", "staff_leaves", "accounts")


def staff(importing: Importing, number: str) -> dict:
    row = importing.bank.connection.execute(
        """select to_jsonb(s) || jsonb_build_object('unit', u.code, 'accounts',
                  (select count(*) from accounts a where a.staff_id = s.id))
             from staff s join org_units u on u.id = s.org_unit_id where number = %s""",
        [number],
    ).fetchone()
    assert row is not None
    return row[0]


def days(importing: Importing, number: str) -> list[tuple]:
    return importing.bank.connection.execute(
        """select d.from_on::text, d.to_on::text, u.code, d.duty from staff_days d join staff s on s.id = d.staff_id
             join org_units u on u.id = d.org_unit_id where s.number = %s order by d.to_on""",
        [number],
    ).fetchall()


def test_with_staff_come_accounts_and_a_role_by_duty(importing: Importing) -> None:
    importing.bank.connection.execute("update roles set name = '经营部门' where code = 'HEAD_OFFICE'")
    importing.applied("staff", NEW)
    one, other = staff(importing, "301001"), staff(importing, "301002")
    assert (one["unit"], one["duty"], one["role"], one["accounts"]) == (
        "A01",
        "CUSTOMERS",
        "CUSTOMER_MANAGER",
        1,
    )
    assert (other["duty"], other["role"], other["accounts"]) == (None, "HEAD_OFFICE", 1)
    assert days(importing, "301001") == [("2024-03-01", "infinity", "A01", "CUSTOMERS")]
    hashes = importing.bank.connection.execute("select distinct password_hash from accounts").fetchall()
    assert hashes == [("!",)], "nobody signs in before he was given a way to"


def test_a_transfer_keeps_the_days_before(importing: Importing) -> None:
    importing.applied("staff", NEW)
    before = importing.snapshot(*TABLES)
    moved = "员工号,姓名,机构号,职责,到岗日期\n301001,王磊,B01,管机构,2026-11-02\n"
    importing.applied("staff", moved)
    assert days(importing, "301001") == [
        ("2024-03-01", "2026-11-02", "A01", "CUSTOMERS"),
        ("2026-11-02", "infinity", "B01", "UNIT"),
    ]
    assert staff(importing, "301001")["role"] == "OUTLET_MANAGER"
    assert importing.tried("staff", moved).changes == ()
    importing.undone("staff")
    assert importing.snapshot(*TABLES) == before


def test_somebody_who_was_there_before_days_were_kept(importing: Importing) -> None:
    importing.applied("staff", "员工号,姓名,机构号,职责\nM1,M1,B01,管户\n")
    assert days(importing, "M1") == [
        (None, TODAY.isoformat(), "A01", "CUSTOMERS"),
        (TODAY.isoformat(), "infinity", "B01", "CUSTOMERS"),
    ]
    importing.undone("staff")
    assert staff(importing, "M1")["unit"] == "A01"
    assert days(importing, "M1") == [(None, "infinity", "A01", "CUSTOMERS")]


def test_a_role_that_somebody_has_stays_where_his_duty_does(importing: Importing) -> None:
    importing.applied("staff", "员工号,姓名,机构号,职责,手机\nO1,某主任,A01,管机构,0515-87654321\n")
    assert (staff(importing, "O1")["name"], staff(importing, "O1")["role"]) == ("某主任", "OUTLET_MANAGER")
    assert days(importing, "O1") == [], "a name and a telephone are no transfer"


def test_leave_comes_changes_and_ends(importing: Importing) -> None:
    def leaves() -> list[tuple]:
        return importing.bank.connection.execute(
            "select from_on::text, to_on::text from staff_leaves order by from_on"
        ).fetchall()

    line = "员工号,姓名,机构号,休假起,休假止\nM1,M1,A01,{}\n"
    importing.applied("staff", line.format("2026-12-01,2026-12-20"))
    assert leaves() == [("2026-12-01", "2026-12-20")]
    importing.applied("staff", line.format("2026-12-01,2027-01-05"))
    assert leaves() == [("2026-12-01", "2027-01-05")]
    importing.applied("staff", line.format(","))
    assert leaves() == []
    importing.undone("staff")
    assert leaves() == [("2026-12-01", "2027-01-05")]


def test_whoever_a_whole_list_leaves_out_has_gone(importing: Importing) -> None:
    importing.bank.staff("ADM", 1, "ADMINISTRATOR")
    everybody = importing.tried("staff", NEW, is_whole=True)
    assert sorted(one.key[0] for one in everybody.changes if one.act == "ENDED") == [
        "M1",
        "M2",
        "M3",
        "O1",
        "O2",
    ]
    assert [note.code for note in everybody.notes] == ["IMPORT_KEPT"], (
        "who decides on rights is not locked out"
    )
    importing.applied("staff", NEW, is_whole=True)
    assert (staff(importing, "M1")["is_active"], staff(importing, "M1")["to_on"]) == (
        False,
        TODAY.isoformat(),
    )
    importing.undone("staff")
    assert (staff(importing, "M1")["is_active"], staff(importing, "M1")["to_on"]) == (True, None)


def test_a_list_that_ends_much_of_what_is_there_wants_a_reason(importing: Importing) -> None:
    importing.bank.staff("M6", 1, "CUSTOMER_MANAGER")
    with pytest.raises(ImportEndsMany) as refused:
        importing.applied("staff", NEW, is_whole=True)
    assert dict(refused.value.statement.values) == {"ended": 6, "present": 6}
    importing.applied("staff", NEW, is_whole=True, reason="两行合并")


def test_a_list_leaves_one_who_proposes_rights_and_one_who_decides(importing: Importing) -> None:
    """Both able to sign in: a decider whom a list brings anew is none yet."""
    rights = (
        ("HEAD_OFFICE", ["rights.view", "rights.propose"]),
        ("ADMINISTRATOR", ["rights.view", "proposals.view", "rights.decide"]),
    )
    for number, (role, permissions) in zip(("P1", "D1"), rights, strict=True):
        importing.bank.staff(number, 1, role)
        importing.bank.connection.execute(
            "update roles set permissions = %s where code = %s", [permissions, role]
        )
        importing.bank.connection.execute(
            """insert into accounts (account, staff_id, password_hash, failed_attempts)
               select number, id, 'a hash', 0 from staff where number = %s""",
            [number],
        )
    code, unit = importing.bank.connection.execute(
        "select name, (select code from org_units where id = 1) from roles where code = 'ADMINISTRATOR'"
    ).fetchone()
    ends = "员工号,姓名,机构号,角色,离职日期\n"
    for gone in ("P1", "D1"):
        with pytest.raises(ImportLeavesNoDecider), importing.bank.connection.transaction():
            importing.applied(
                "staff", ends + f"{gone},{gone},{unit},,{TODAY}\nD2,新人,{unit},{code},\n", reason="r"
            )


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [
        ("1,王磊,Z99,管户,,,,,,,", "C2", "ROW_NOT_KNOWN"),
        ("1,王磊,A01,,,,,,,,", "A2", "ROW_WITHOUT_DUTY_OR_ROLE"),
        ("1,王磊,A01,管户,皇帝,,,,,,", "E2", "ROW_NOT_ONE_OF"),
        ("1,王磊,A01,管户,,手机,,,,,", "F2", "ROW_NOT_A_TELEPHONE"),
        ("1,王磊,A01,管户,,,2026-01-01,2025-01-01,,,", "H2", "ROW_DAYS_TURNED"),
        ("1,王磊,A01,管户,,,,,,,2026-01-05", "J2", "ROW_VALUE_MISSING"),
        ("M1,M1,B01,管户,,,,,2026-12-24,,", "A2", "ROW_DAY_AHEAD"),
    ],
)
def test_a_bad_row_is_told_with_its_place(importing: Importing, line: str, place: str, code: str) -> None:
    tried = importing.tried("staff", HEADINGS + line + "\n")
    assert [(str(one.place), one.said.code) for one in tried.problems] == [(place, code)]
    assert tried.changes == ()


def test_somebody_who_has_signed_in_is_not_taken_back(importing: Importing) -> None:
    importing.applied("staff", NEW)
    importing.bank.connection.execute(
        """insert into sessions (token_sha256, account_id, expires_at)
           select 'x', id, now() + interval '1 hour' from accounts where account = '301001'"""
    )
    with pytest.raises(ImportStoodOn) as refused:
        importing.undone("staff")
    assert refused.value.statement.values["referring"] == "sessions"


def test_rights_end_with_the_day(importing: Importing) -> None:
    importing.applied("staff", NEW + "301003,赵某,A01,管户,,,,2026-12-31,,,\n")
    from domain.shared.in_service import is_in_service

    def works(day: date) -> bool:
        row = importing.bank.connection.execute(
            f"select {is_in_service('s', '%s::date')} from staff s where number = '301003'", [day, day]
        ).fetchone()
        assert row is not None
        return bool(row[0])

    assert (works(date(2026, 12, 30)), works(date(2026, 12, 31))) == (True, False)


SHARES = "员工号,姓名,机构号,职责,全职比例\n"


def test_half_a_post_comes_changes_and_is_taken_back_with_its_days(importing: Importing) -> None:
    importing.applied("staff", SHARES + "301001,王磊,A01,管户,50%\n301002,李秀兰,A01,管户,\n")
    assert [staff(importing, one)["full_time_percent"] for one in ("301001", "301002")] == [50, 100]
    assert importing.tried("staff", SHARES + "301001,王磊,A01,管户,0.5\n").changes == ()
    before = importing.snapshot(*TABLES)
    later = SHARES.strip() + ",到岗日期\n301001,王磊,A01,管户,,2026-11-30\n"
    refused = importing.tried("staff", later, day=TODAY)
    assert [one.said.code for one in refused.problems] == ["ROW_DAY_AHEAD"]
    importing.applied("staff", SHARES + "301001,王磊,A01,管户,\n")
    assert staff(importing, "301001")["full_time_percent"] == 100, "an empty cell is full time"
    importing.undone("staff")
    assert importing.snapshot(*TABLES) == before
    importing.applied("staff", "员工号,姓名,机构号\n301001,王磊,A01\n")
    assert staff(importing, "301001")["full_time_percent"] == 50, (
        "a list without the column says nothing of it"
    )


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("50%", 50),
        ("80", 80),
        ("0.6", 60),
        ("66.7\uff05", 67),
        ("1", None),
        ("100 %", None),
        ("", None),
        ("1%", 1),
    ],
)
def test_a_share_is_read_as_people_write_it(text: str, percent: int | None) -> None:
    wrong: list[str] = []
    assert values.share(text, "share", lambda column, _said: wrong.append(column)) == percent
    assert wrong == []


@pytest.mark.parametrize("text", ["0", "0.004", "101", "-50%", "half", "nan", "inf", "1/2"])
def test_what_is_no_share_is_refused(text: str) -> None:
    wrong: list[str] = []
    assert values.share(text, "share", lambda column, _said: wrong.append(column)) is None
    assert wrong == ["share"]
