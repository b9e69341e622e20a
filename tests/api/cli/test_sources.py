"""`./yunge sources`: what is held on what, noted and ended by one who signs in, each with its audit row."""

from tests.api.cli.conftest import Desk

NOTE = ("--purpose", "核实户籍", "--document", "警银协议〔2026〕7号", "--until", "2099-12-31", "--by", "A1")


def test_a_basis_is_noted_listed_and_ended(desk: Desk) -> None:
    assert "依据未登记" in desk("sources", "list")[1]
    status, said = desk("sources", "renew", "household", "--basis", "legal_duty", *NOTE)
    assert status == 0, said
    said = desk("sources", "list")[1]
    assert "2099-12-31  有效" in said
    assert "用途：核实户籍；凭证：警银协议〔2026〕7号；登记人：A1" in said
    assert desk("sources", "end", "household", "--reason", "协议解除", "--by", "A1")[0] == 0
    said = desk("sources", "list")[1]
    assert said.count("无效") == 2
    assert "household 没有有效的依据" in said
    told = desk.rows(
        "select action, subject, detail ->> 'document', detail ->> 'reason' from audit"
        " where action like 'source.%' order by id"
    )
    assert told == [
        ("source.renewed", "Source:household", "警银协议〔2026〕7号", None),
        ("source.ended", "Source:household", None, "协议解除"),
    ]
    status, said = desk("sources", "end", "household", "--reason", "协议解除", "--by", "A1")
    assert status != 0
    assert "没有可终止的依据" in said


def test_each_third_party_of_facts_has_its_own(desk: Desk) -> None:
    for party in ("甲局", "乙院（"):
        done = desk("sources", "renew", "facts", "--told-by", party, "--basis", "public", *NOTE)
        assert done[0] == 0, done
    said = desk("sources", "list")[1]
    assert "facts · 甲局  " in said
    assert "facts · 乙院(  " in said, "as files are read: in one width"
    assert desk("sources", "end", "facts", "--told-by", "甲局", "--reason", "停", "--by", "A1")[0] == 0
    ended = desk.rows("select told_by from sources where feed = 'facts' and ended_on is not null")
    assert ended == [("甲局",)]
    status, said = desk("sources", "end", "facts", "--told-by", "甲局", "--reason", "停", "--by", "A1")
    assert (status != 0, "没有可终止的依据" in said) == (True, True)
    assert desk("sources", "end", "facts", "--reason", "停", "--by", "A1")[0] == 0, "all of them"


def test_what_may_not_be_noted_is_a_sentence(desk: Desk) -> None:
    for feed, basis, options, sentence in (
        ("core_deposit", "CONSENT", NOTE, "不是外部来源"),
        ("nothing", "CONSENT", NOTE, "外部来源有：household"),
        ("household", "RUMOUR", NOTE, "依据 RUMOUR 认不出"),
        ("household", "CONSENT", (*NOTE, "--purpose", " "), "用途、凭证与原因都要写"),
        ("household", "CONSENT", (*NOTE, "--until", "2020-01-01"), "止日不能早于起日"),
        ("household", "CONSENT", (*NOTE, "--from", "2100-01-01"), "止日不能早于起日"),
        ("household", "CONSENT", (*NOTE, "--by", "H1"), "不能登记或终止"),
        ("facts", "CONSENT", NOTE, "每个第三方各有依据"),
        ("facts", "CONSENT", (*NOTE, "--told-by", "\u3000"), "每个第三方各有依据"),
        ("household", "CONSENT", (*NOTE, "--told-by", "甲局"), "不分第三方"),
    ):
        status, said = desk("sources", "renew", feed, "--basis", basis, *options)
        assert status != 0, sentence
        assert sentence in said
    assert desk.rows("select count(*) from sources") == [(1,)], "nothing was changed"
