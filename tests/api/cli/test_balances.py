"""`./yunge plan balance|proposal|take` on a small draft, in both ways it can be asked: rightly and wrongly."""

import psycopg
import pytest

from domain.grids.drafting import make_draft
from domain.shared.rows import NightRows
from tests.api.cli.conftest import Desk
from tests.domain.small_bank import insert


@pytest.fixture
def draft(desk: Desk) -> int:
    """Outlet A has two grids of one atom each, both of M1; M2 has none yet."""
    with psycopg.connect(desk.address) as connection:
        rows = NightRows(connection)
        connection.execute("insert into settings (name, value) values ('data_date', '\"2026-11-20\"')")
        ((plan, large, n2),) = connection.execute(
            "select (select id from plans), (select id from grids where code = 'L1'),"
            " (select id from atoms where code = 'n2')"
        ).fetchall()
        ((outlet, m1, by),) = connection.execute(
            "select (select id from org_units where code = 'A01'), (select id from staff where number = 'M1'),"
            " (select id from staff where number = 'H1')"
        ).fetchall()
        named = {"plan_id": plan, "code": "N2", "name": "北二", "level": "SMALL", "parent_id": large}
        grid = insert(connection, "grids", **named, org_unit_id=outlet, town_code="t", area_m2=1)
        connection.execute("update plan_atoms set grid_id = %s where atom_id = %s", [grid, n2])
        insert(connection, "posts", grid_id=grid, staff_id=m1, role="A", from_on="2026-01-01")
        zeros = dict.fromkeys(
            ("located", "visited_90d", "deposit_fen", "loan_fen", "due_visits", "at_risk"), 0
        )
        for (atom,) in connection.execute("select id from atoms").fetchall():
            kept = {"data_date": "2026-11-20", "kind": "PERSON", "tier": "GENERAL", "customers": 30}
            insert(connection, "atom_sums", atom_id=atom, **kept, key_customers=3, **zeros)
        return make_draft(rows, "新方案", by, plan)


def test_proposals_are_made_looked_at_and_taken_over(desk: Desk, draft: int) -> None:
    code, said = desk("plan", "balance", str(draft), "--by", "H1", "--also", "M2", "--few", "3")
    assert code == 0, said
    assert all(word in said for word in ("均衡", "少动", "就近", "1 → 2 / 2")), said
    assert desk.rows("select state from plan_balances") == [("DONE",)]
    assert desk.rows("select count(*) from outbox where name = 'plans.balance'") == [(0,)]
    code, said = desk("plan", "proposal", "1")
    assert (code, "M1" in said, "30" in said) == (0, True, True), said
    code, said = desk("plan", "take", "1", "--by", "H1")
    assert code == 0, said
    assert desk.rows("select act, what from plan_changes") == [("REARRANGE", "EVEN")]
    assert desk.rows("select action from audit where action like 'plan%' order by id") == [
        ("plan.balance_asked",),
        ("plan.proposal_applied",),
    ]
    assert desk("plan", "take", "1", "--by", "H1")[0] == 1, "the draft is like that already"


NOT_TO_BE_ASKED = (
    (("--share", "M1"), "--share M1"),
    (("--share", "M1=half"), "--share M1=half"),
    (("--share", "M1=0"), "M1"),
    (("--lock-grid", "GG"), "GG"),
    (("--even", "nan"), "权重"),
    (("--seed", "-1"), "种子"),
)


def test_what_cannot_be_asked_is_told(desk: Desk, draft: int) -> None:
    for arguments, sentence in NOT_TO_BE_ASKED:
        code, said = desk("plan", "balance", str(draft), "--by", "H1", *arguments)
        assert (code, sentence in said) == (1, True), (arguments, said)
    assert desk.rows("select from plan_balances") == []


def test_who_may_not_draw_up_plans_and_what_is_not_there_are_told(desk: Desk, draft: int) -> None:
    desk.rows("select 1")
    with psycopg.connect(desk.address) as connection:
        connection.execute("update roles set permissions = array_remove(permissions, 'grids.edit')")
    code, said = desk("plan", "balance", str(draft), "--by", "H1")
    assert (code, "权限" in said) == (1, True), said
    assert desk("plan", "proposal", "7")[0] == 1
    assert desk("plan", "take", "7", "--by", "H1")[0] == 1


def test_posts_that_want_somebodys_hand_are_listed(desk: Desk) -> None:
    code, said = desk("post", "watch")
    assert (code, "齐全" in said) == (0, True), said
    with psycopg.connect(desk.address) as connection:
        connection.execute("update staff set is_active = false where number = 'M3'")
    code, said = desk("post", "watch")
    assert (code, "B01" in said, "都无人" in said) == (0, True, True), said
