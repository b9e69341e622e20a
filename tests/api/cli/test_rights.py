"""`./yunge role`, `grant` and `proposal`: rights are changed by two who sign in, whoever may run commands."""

from api.cli.proposals import differences
from api.cli.roles import MASKS, SCOPES
from tests.api.cli.conftest import Desk


def test_a_role_is_proposed_by_one_and_agreed_to_by_another(desk: Desk) -> None:
    propose = (
        "role",
        "propose",
        "OUTLET_MANAGER",
        "--give",
        "nights.start",
        "--reason",
        "夜间值班",
        "--by",
        "A1",
    )
    code, said = desk(*propose, says="a wrong password")
    assert (code, "密码" in said) == (1, True)
    assert desk.rows("select count(*) from proposals") == [(0,)]
    code, said = desk(*propose)
    assert (code, "提案 1" in said) == (0, True), said
    code, said = desk("proposal", "list")
    assert code == 0
    assert "Role:OUTLET_MANAGER" in said
    assert "权限: +启动夜间批处理 (nights.start)\n" in said
    code, said = desk("proposal", "agree", "1", "--by", "A1")
    assert (code, "提出人不能处理自己的提案" in said) == (1, True), said
    assert desk("proposal", "agree", "1", "--by", "H1")[0] == 0
    assert desk.rows("select 'nights.start' = any(permissions) from roles where code = 'OUTLET_MANAGER'") == [
        (True,)
    ]
    assert desk.rows("select count(*) from sessions where revoked_at is null") == [(0,)], (
        "signed in for one act"
    )


def test_a_grant_is_given_listed_and_taken_back(desk: Desk) -> None:
    grant = ("grant", "propose", "M3", "--grid", "N", "--by", "A1", "--reason", "代班")
    code, said = desk(*grant)
    assert code == 0, said
    assert desk("proposal", "agree", "1", "--by", "H1")[0] == 0
    assert desk.rows("select grid_code, to_on from scope_grants") == [("N", None)]
    code, said = desk("grant", "list")
    assert (code, "代班" in said, "网格 N N" in said) == (0, True, True), said
    code, said = desk("grant", "propose", "M3", "--by", "A1", "--reason", "代班")
    assert (code, "--grid" in said) == (1, True)
    code, said = desk("proposal", "refuse", "1", "--by", "H1", "--reason", "晚了")
    assert code == 1


def test_what_differs_is_told_value_by_value() -> None:
    """In words; a permission with the code that `role propose` takes, and one that is not known by its code alone."""
    before = {"name": "审计", "permissions": ["grids.view", "b"], "mask": None, "scope": "BANK"}
    after = {"name": "审计", "permissions": ["b", "customers.view", "d"], "mask": "HEAD", "scope": "OWN_UNIT"}
    assert differences(before, after) == [
        f"脱敏: – → {MASKS['HEAD']}",
        "权限: -查看网格与机构 (grids.view) +查看客户 (customers.view) +d",
        f"数据范围: {SCOPES['BANK']} → {SCOPES['OWN_UNIT']}",
    ]
    assert differences({"from_on": "2026-12-01"}, {"from_on": "2026-12-02", "value": [6, 12]}) == [
        "起始日: 2026-12-01 → 2026-12-02",
        "取值: – → [6, 12]",
    ]
