"""`./yunge feeds`: a description is begun, tried on a file, kept by one who may, and ended."""

from pathlib import Path

from tests.api.cli.conftest import Desk
from tests.domain.feeds.own import deposits

FORM = 'name = "DEP_{YYYYMMDD}.txt"\nheader = 1'
ROWS = (
    "账号|客户号|产品|余额|开户日|到期日|状态\n"
    "A1|C1|01|1.50|01/02/2020|0|正常\n"
    "A2|C2|77|2.00|01/02/2020|0|正常\n"
)


def test_a_description_is_tried_kept_and_ended(desk: Desk, tmp_path: Path) -> None:
    adapter, data = tmp_path / "存款.toml", tmp_path / "DEP.txt"
    adapter.write_text(deposits(FORM), "gb18030")
    data.write_text(ROWS, "gbk")

    code, said = desk("feeds", "try", str(adapter), str(data))
    assert code == 3
    assert "2 行：可入库 1，会被隔离 1，按说明略过 0" in said
    assert "product 的代码「77」不在对照表中：1 行" in said
    assert "活期储蓄" in said
    assert "A2|@|C2|@|77" in said
    assert desk.rows("select (select count(*) from batches), (select count(*) from src_core_deposit)") == [
        (0, 0)
    ]

    adapter.write_text(deposits(FORM).replace("header = 1", "heder = 1"))
    code, said = desk("feeds", "try", str(adapter), str(data))
    assert code == 2
    assert "第 8 行：不认识 heder" in said
    code, said = desk("feeds", "add", str(adapter), "--by", "A1", "--reason", "上线")
    assert code == 2
    assert desk.rows("select count(*) from feed_adapters") == [(0,)]

    adapter.write_text(deposits(FORM))
    data.write_text(ROWS.replace("余额", "金额"), "gbk")
    code, said = desk("feeds", "try", str(adapter), str(data))
    assert code == 2
    assert "表头中没有 余额" in said
    assert desk("feeds", "add", str(adapter), "--by", "H1", "--reason", "上线")[0] != 0  # head office may not
    assert desk("feeds", "add", str(adapter), "--by", "A1", "--reason", " ")[0] != 0
    code, said = desk("feeds", "add", str(adapter), "--by", "A1", "--reason", "上线")
    assert code == 0, said
    assert (
        "与现行的适配说明完全相同" in desk("feeds", "add", str(adapter), "--by", "A1", "--reason", "再来")[1]
    )
    [(kept,)] = desk.rows("select id from feed_adapters")
    assert desk("feeds", "show", str(kept)) == (0, deposits(FORM))
    assert "core_deposit  core" in desk("feeds", "list")[1]
    assert desk("feeds", "retire", "core_deposit", "card", "--by", "A1", "--reason", "换系统")[0] != 0
    assert desk("feeds", "retire", "core_deposit", "core", "--by", "A1", "--reason", "换系统")[0] == 0
    code, said = desk("feeds", "history", "core_deposit", "core")
    assert code == 0
    assert "换系统" in said
    assert "上线" in said
    assert desk.rows(
        "select action, detail ->> 'reason' from audit where action like 'feed.%' order by id"
    ) == [
        ("feed.described", "上线"),
        ("feed.retired", "换系统"),
    ]


def test_a_template_is_written_and_nothing_is_written_over(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "loan.toml"
    assert desk("feeds", "template", "loan", "--out", str(out))[0] == 0
    assert 'feed = "loan"' in out.read_text("utf-8")
    assert "已存在" in desk("feeds", "template", "loan", "--out", str(out))[1]
    assert "没有数据源 loans" in desk("feeds", "template", "loans")[1]
