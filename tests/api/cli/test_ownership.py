"""`./yunge ownership` and `import members`: lists and rules by which customers belong to people, by commands alone."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from domain.shared.calendar import bank_day
from tests.api.cli.conftest import Desk
from tests.domain.shared.sheets.books import workbook
from tests.domain.small_bank import SmallBank

FIRMS = {"field": "kind", "operator": "in", "value": ["ENTERPRISE"]}
LIST = ("ownership", "list", "MK01", "建材市场", "--kind", "market", "--outlet", "A01", "--by", "H1")


@pytest.fixture
def market(desk: Desk) -> Desk:
    """Two customers: one with a number of the core, one with the credit code of a firm."""
    with psycopg.connect(desk.address) as connection:
        bank = SmallBank.__new__(SmallBank)
        bank.connection, bank._customer_id = connection, 0
        bank.customer(certificate="32092319800101001X")
        bank.customer(kind="ENTERPRISE", certificate="91320900MA1XXXXX0A")
    return desk


def test_a_list_is_kept_filled_from_a_sheet_and_emptied_again(market: Desk, tmp_path: Path) -> None:
    code, said = market(*LIST, "--a", "M1", "--b", "M2")
    assert (code, "@MK01" in said) == (0, True), said
    rows = [
        ["名单编号", "统一社会信用代码"],
        ["@MK01", "91320900MA1XXXXX0A"],
        ["@MK09", "1"],
        ["@MK01", "no such"],
    ]
    path = workbook(tmp_path / "市场商户.xlsx", ("商户", rows))
    code, said = market("import", "members", str(path), "--dry-run")
    assert (code, "商户!A3" in said, "找不到“@MK09”" in said, "商户!B4" in said) == (3, True, True, True), (
        said
    )
    assert market.rows("select count(*) from list_grid_members") == [(0,)]
    assert market("import", "members", str(path))[0] == 3
    assert market.rows("select customer_id from list_grid_members") == [(2,)]
    code, said = market("ownership", "lists")
    row = next(line for line in said.splitlines() if "@MK01" in line)
    assert (code, [word in row for word in ("建材市场", "专业市场", "M1 M1", "M2 M2", " 1 ")]) == (
        0,
        [True] * 5,
    ), said
    assert "没有变化" in market("import", "members", str(path))[1]
    assert market("import", "undo", "1")[0] == 0
    assert market.rows("select count(*) from list_grid_members") == [(0,)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--a", "M1", "--b", "M1"), "M1"),
        (("--a", "M77"), "M77"),
        (("--outlet", "Z9"), "Z9"),
        (("--kind", "cow"), "名单"),
    ],
)
def test_what_is_no_list_is_said(still_desk: Desk, given: tuple[str, ...], said: str) -> None:
    code, answer = still_desk(*LIST, *given)
    assert (code, said in answer) == (1, True), answer
    assert still_desk.rows("select count(*) from list_grids") == [(0,)]


def test_a_rule_is_tried_proposed_and_ended(market: Desk, tmp_path: Path) -> None:
    path = tmp_path / "rule.json"
    rule = {"code": "R1", "name": "对公专营", "position": 10, "condition": FIRMS, "to": "STAFF", "of": "M2"}
    path.write_text(json.dumps(rule), "utf-8")
    assert "没有管护规则" in market("ownership", "rules")[1]
    code, said = market("ownership", "try", str(path))
    assert (code, "对公专营" in said, "M2" in said) == (0, True, True), said
    assert market.rows("select count(*) from ownership_rules") == [(0,)], "a trial writes nothing"
    day = str(bank_day(datetime.now(UTC)) + timedelta(days=2))
    propose = ("ownership", "propose", str(path), "--from", day, "--by", "H1", "--reason", "专人专营")
    assert market(*propose)[0] == 0
    assert "对公专营" in market("proposal", "list")[1]
    assert "没有" in market("ownership", "end", "R9", "--from", day, "--by", "H1", "--reason", "r")[1]
    path.write_text("{}", "utf-8")
    assert market("ownership", "try", str(path))[0] == 1
    assert market("ownership", "try", str(tmp_path / "nothing.json"))[0] == 1


def test_somebodys_own_list_has_a_b_post(market: Desk) -> None:
    with psycopg.connect(market.address) as connection:
        connection.execute(
            "insert into list_grids (code, name, kind, org_unit_id, staff_id, from_on)"
            " select '@M1', name, 'PERSON', org_unit_id, id, '2026-01-01' from staff where number = 'M1'"
        )
        connection.execute(
            "insert into grids (plan_id, code, name, level, org_unit_id, town_code, area_m2)"
            " select (select id from plan_in_force), code, name, 'LIST', org_unit_id, '', 0 from list_grids"
        )
        connection.execute(
            "insert into posts (grid_id, staff_id, role, from_on)"
            " select g.id, s.id, 'A', '2026-01-01' from grids g, staff s where g.code = '@M1' and s.number = 'M1'"
        )
    held = (
        "select s.number from posts p join staff s on s.id = p.staff_id join grids g on g.id = p.grid_id"
        " where g.code = '@M1' and p.role = 'B' and p.to_on is null"
    )
    assert market("ownership", "cover", "M1", "--b", "M2", "--by", "H1")[1].endswith(
        "@M1 的 B 岗从今天起：M2。\n"
    )
    assert market.rows(held) == [("M2",)]
    assert market("ownership", "cover", "M1", "--b", "M1", "--by", "H1")[0] == 1, (
        "he does not stand in for himself"
    )
    assert market("ownership", "cover", "M9", "--b", "M2", "--by", "H1")[0] == 1
    assert market("ownership", "cover", "M1", "--b", "M2", "--by", "A1")[0] == 1, "no right to"
    assert market("ownership", "cover", "@M1", "--by", "H1")[1].endswith("@M1 的 B 岗从今天起：无人。\n")
    assert market.rows(held) == []
