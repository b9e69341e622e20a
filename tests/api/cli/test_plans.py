"""`./yunge plan`: a draft is drawn up, checked, proposed and agreed to by commands alone."""

from pathlib import Path

import psycopg

from tests.api.cli.conftest import Desk
from tests.domain.small_bank import insert


def test_a_plan_goes_from_draft_to_approved_by_two_who_sign_in(desk: Desk, tmp_path: Path) -> None:
    with psycopg.connect(desk.address) as connection:
        ids = dict(connection.execute("select code, id from atoms").fetchall())
        for a, b in (("n1", "n2"), ("n2", "n1"), ("n2", "s1"), ("s1", "n2")):
            insert(connection, "atom_borders", atom_id=ids[a], other_id=ids[b], length_m=1.0)
        for number, code in enumerate(ids):
            connection.execute(
                "insert into atom_boundaries select id, st_multi(st_makeenvelope(%s, 0, %s, 1, 4326)) from atoms"
                " where code = %s",
                [number, number + 1, code],
            )
        other = connection.execute("select org_unit_id, password_hash from accounts a join staff s on s.id = a.staff_id"
                                   " where account = 'H1'").fetchone()  # fmt: skip
        assert other is not None
        staff = insert(connection, "staff", number="H2", name="H2", role="HEAD_OFFICE", org_unit_id=other[0],
                       is_active=True)  # fmt: skip
        insert(
            connection, "accounts", account="H2", staff_id=staff, password_hash=other[1], failed_attempts=0
        )

    assert desk("plan", "make", "新方案", "--by", "A1") == (1, "您没有编制或复核网格方案的权限；未作改动。")
    assert desk("plan", "make", "新方案", "--by", "H1")[1].endswith("已建草稿 2。\n")
    code, said = desk("plan", "assign", "2", "n2", "--by", "H1")
    assert (code, said.endswith("草稿 2 现在是第 1 版。\n")) == (0, True), said
    assert desk("plan", "assign", "2", "n7", "--by", "H1") == (1, "没有原子 n7；未作改动。")
    code, said = desk("plan", "check", "2", "--by", "H1")
    assert (code, said) == (1, "草稿还有 2 处问题，不能通过检查；方案没有改变，请按列出的问题逐处修改。")
    assert "还有 1 个原子不属于任何网格：n2" in desk("plan", "show", "2")[1]
    assert desk("plan", "undo", "2", "--by", "H1")[0] == 0
    assert desk("plan", "split", "2", "N", "N2", "北二", "n2", "--by", "H1")[0] == 0
    code, said = desk("plan", "rename", "2", "N2", "北", "--by", "H2", "--version", "1")
    assert (code, said.startswith("您看到的是第 2 版；此后 H1 改了同样的网格")) == (1, True), said
    assert "通过检查（第 3 版）" in desk("plan", "check", "2", "--by", "H1")[1]
    assert desk("plan", "approve", "2", "--by", "H2")[1].startswith("方案 2 没有待复核的提议")
    propose = ("plan", "propose", "2", "--from", "2030-01-01", "--reason", "拆", "--by", "H1")
    assert desk(*propose)[0] == 0
    assert "起始日: – → 2030-01-01\n" in desk("proposal", "list")[1]
    assert desk("plan", "approve", "2", "--by", "H1")[0] == 1
    assert desk("plan", "approve", "2", "--by", "H2")[0] == 0
    code, said = desk("plan", "list")
    assert (code, "新方案" in said, "已批准" in said, "2030-01-01" in said) == (0, True, True, True), said
    assert desk("plan", "rename", "2", "N2", "北", "--by", "H1") == (
        1,
        "这个方案已批准、待生效，不能再改；未作改动。请以它为底稿新建一份草稿。",
    )
    assert desk("plan", "recall", "2", "--by", "H2")[0] == 0
    assert desk("plan", "discard", "2", "--by", "H1")[0] == 0
    assert desk.rows("select state from plans order by id") == [("IN_FORCE",), ("DISCARDED",)]
    assert desk("plan", "show", "77")[0] == 1
    out = tmp_path / "plan.geojson"
    code, said = desk("plan", "export", "2", "--out", str(out))
    assert (code, "已写出" in said, out.is_file()) == (0, True, True), said
    assert desk("plan", "export", "77", "--out", str(out))[0] == 1
    assert ".gpkg" in desk("plan", "export", "2", "--out", "plan.dwg")[1]
