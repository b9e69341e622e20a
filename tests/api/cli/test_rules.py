"""`./yunge rules`: what can be asked, whom a rule holds for, and why."""

import json
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from api.cli.app import app
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.state import note
from tests.domain.small_bank import TODAY, SmallBank

RULE = {
    "any": [
        {"field": "depositFen", "operator": "gte", "value": {"parameter": "products.key_deposit_fen"}},
        {"some": "loans", "where": {"field": "overdueDays", "operator": "gt", "value": 0}},
    ]
}


def run(*arguments: object) -> str:
    shown = CliRunner().invoke(
        app, ["rules", *map(str, arguments)], env={"COLUMNS": "200"}, catch_exceptions=False
    )
    assert shown.exit_code == 0, shown.output
    return shown.stdout


def test_fields_are_listed_with_what_they_allow() -> None:
    lines = {line.split()[0]: line for line in run("fields").splitlines()[1:]}
    assert "eq in known" in lines["tier"]
    assert "KEY GENERAL" in lines["tier"]
    assert "overdueDays" in run("fields", "--of", "loan")


@pytest.fixture
def rule(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a rule, beside an installation with a rich customer 1, a poor one 2 and one who owes, 3."""
    with psycopg.connect(database_url) as connection:
        bank = SmallBank(connection)
        connection.execute("insert into settings (name, value) values ('data_date', '\"2026-11-20\"')")
        bank.customer(deposit_fen=30_000_000)
        bank.customer()
        bank.loan(bank.customer(), "L1", end_on=TODAY, overdue_days=3)
    monkeypatch.setattr(Place, "default", classmethod(lambda _cls: Place(tmp_path)))
    note(Place(tmp_path), database_url=database_url, mode="demonstration", host="127.0.0.1", port=1)
    file = tmp_path / "rule.json"
    file.write_text(json.dumps(RULE))
    return file


def test_a_rule_is_tried_and_explained(rule: Path) -> None:
    assert run("try", rule) == "2026-11-20：对 2 个成立。\n前几个：1, 3\n"
    assert run("explain", 3, rule).splitlines() == [
        '- depositFen gte {"parameter": "products.key_deposit_fen"} = 20000000: 0  [customers.deposit_fen, 2026-11-20]',
        "+ some loans: 1  [loans, 2026-11-20]",
        "成立",
    ]
    assert run("explain", 2, rule).splitlines()[-1] == "不成立"


def test_a_past_day_is_asked_of_what_was_kept(rule: Path) -> None:
    rule.write_text('{"not": {"field": "tier", "operator": "known", "value": true}}')
    assert run("try", rule, "--on", "2026-06-30").startswith("2026-06-30：对 3 个成立。")
    assert run("try", rule, "--on", "2026-11-20").startswith("2026-11-20：对 0 个成立。")
    rule.write_text(json.dumps(RULE))
    with pytest.raises(CannotGoOn, match="depositFen"):
        run("try", rule, "--on", "2026-06-30")


def test_what_is_no_rule_or_nobody_is_said(rule: Path) -> None:
    for key in ("4", "nobody"):
        with pytest.raises(CannotGoOn, match=f"没有 {key}"):
            run("explain", key, rule)
    rule.write_text('{"not": {"field": "wealth", "operator": "eq", "value": 1}}')
    with pytest.raises(CannotGoOn, match="规则（not）：没有“wealth”可问"):
        run("try", rule)
    rule.write_text("{")
    with pytest.raises(CannotGoOn, match="不是 JSON"):
        run("try", rule)
    with pytest.raises(CannotGoOn, match="读不到文件"):
        run("try", rule.with_name("elsewhere"))
