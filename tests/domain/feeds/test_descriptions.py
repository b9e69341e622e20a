"""Descriptions: what is wrong with one is said with its line, all at once."""

from datetime import date

import pytest

from domain.feeds.adapters.naming import Pattern
from domain.feeds.adapters.parsing import parse, read
from domain.feeds.adapters.problems import AdapterNotValid
from domain.feeds.adapters.template import template
from domain.feeds.contracts import FEEDS
from tests.domain.feeds.own import deposits
from tests.words import in_chinese

FORM = 'name = "DEP_{YYYYMMDD}.txt"\nheader = 1'
GOOD = deposits(FORM)


def told(text: str) -> list[str]:
    found = read(text)
    assert isinstance(found, list)
    return [in_chinese(problem.as_json()) for problem in found]


@pytest.mark.parametrize("feed", FEEDS.values(), ids=lambda feed: feed.name)
def test_the_template_of_every_feed_is_a_description(feed: object) -> None:
    contract = FEEDS[getattr(feed, "name")]  # noqa: B009
    text = template(contract, "2026-12-01")
    adapter = parse(text)
    assert adapter.feed is contract
    # Every line that is left for the reader to take in is one that holds.
    columns = text.partition("[columns]")[2].replace("\n# ", "\n")
    lines = [
        line for line in columns.split("\n") if line.partition(" = ")[0] in {c.name for c in contract.columns}
    ]
    whole = text.partition("[columns]")[0] + "[columns]\n" + "\n".join(lines)
    assert [one.column for one in parse(whole).sources] == [column.name for column in contract.columns]


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('"余额"', "“余额”", "第 16 行有全角字符「“」"),
        ("header = 1", "header =", "第 8 行写法不对"),
        ("header = 1", "heder = 1", "第 8 行：不认识 heder，可用的是 header"),
        ("header = 1", 'header = "一"', "第 8 行：header 的值不对，应为合适的整数"),
        ("header = 1", "header = 0", "第 13 行：账号 是列名，而文件没有表头"),
        ('balance = "余额"', "", "[columns] 中缺少 balance"),
        ('balance = "余额"', 'balance = "余额"\nbalance = "金额"', "第 17 行：balance 写了两次"),
        ('balance = "余额"', 'balance = { from = "余额", constant = "1" }', "第 16 行：balance 有两个出处"),
        ('balance = "余额"', "balance = { unit = \"元\" }", "第 16 行：balance 没有出处"),
        ('balance = "余额"', 'balance = { from = "余额", unit = "亩" }', "第 16 行：不认识 unit = 亩，可用的是 元"),
        ('balance = "余额"', 'balance = { from = "余额", open = ["0"] }', "第 16 行：open 不能用于 balance"),
        ('balance = "余额"', 'balance = "余额"\nblance = "x"', "第 17 行：约定中没有 blance 这一列"),
        ('"销户" = "0"', '"销户" = "2"', "第 19 行：status 只能是 1 / 0，不能是 2"),
        ('"core_deposit"', '"deposit"', "第 2 行：没有名为 deposit 的数据源"),
        ('source = "core"', 'source = "核心"', "第 3 行：source 的值不对，应为小写英文字母开头"),
        ("{YYYYMMDD}", "{YYYYMM}", "第 7 行：文件名和目录名中都没有完整的数据日期"),
        ("{YYYYMMDD}", "{日期}{YYYYMMDD}", None),
        ("{YYYYMMDD}", "{DATE}", "第 7 行：文件名中的 {DATE} 不认识"),
        ("header = 1", 'header = 1\nfolder = "../etc"', "第 9 行：目录 ../etc 不能使用"),
        ("header = 1", 'header = 1\nencoding = "BIG5"', "第 9 行：不认识编码 BIG5"),
        ("header = 1", 'header = 1\ndelimiter = "0xD5"', "第 9 行：delimiter 的值不对"),
        ("header = 1", 'header = 1\nmode = "increment"', "mode = increment 还需要 [operations]"),
        ("header = 1", 'header = 1\nformat = "fixed"', "第 9 行：format = fixed 还需要 widths"),
        ("[columns]", '[control]\nkind = "file"\n[columns]', "第 13 行：kind = file 还需要 name"),
        ("[columns]", '[[skip]]\nfrom = "账号"\n[columns]', "第 13 行：[[skip]] 还需要 is"),
        ("from = 2026-01-01", "from = 2026-13-01", "第 4 行写法不对"),
        ("header = 1", "header = " + "9" * 5000, "写法不对"),
        ("{YYYYMMDD}", "*a*a*a*a{YYYYMMDD}", "第 7 行：name 的值不对，应为名称中至多三个 *"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(was: str, becomes: str, says: str | None) -> None:
    assert was in GOOD
    text = GOOD.replace(was, becomes, 1)
    if says is None:
        assert not isinstance(read(text), list)
        return
    assert any(one.startswith(says) or says in one for one in told(text)), told(text)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    text = GOOD.replace("header = 1", "heder = 1").replace('balance = "余额"', "")
    with pytest.raises(AdapterNotValid) as wrong:
        parse(text)
    assert len(wrong.value.problems) >= 3


def test_names_of_files() -> None:
    pattern = Pattern("DEP_{YYYYMMDD}_{N}*.txt")
    found = pattern.match("DEP_20261201_003_full.txt")
    assert found is not None
    assert (found.date, found.sequence) == (date(2026, 12, 1), 3)
    assert pattern.match("DEP_20261301_1.txt").date is None  # type: ignore[union-attr]
    assert pattern.match("dep_20261201_1.txt") is None
    assert Pattern("{stem}.ok").filled(date(2026, 12, 1), 1, "D.txt.gz") == "D.ok"
    assert Pattern("a.b").match("axb") is None
