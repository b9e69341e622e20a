"""`./yunge staff`: who does not work full time, noted from today on by whoever leads."""

from tests.api.cli.conftest import Desk


def test_half_a_post_is_noted_listed_and_counted(desk: Desk) -> None:
    assert "都是全职" in desk("staff", "part-time")[1]
    assert desk("staff", "share", "M2", "50", "--by", "H1")[1].endswith("M2 从今天起按全职的 50% 计算。\n")
    code, said = desk("staff", "part-time")
    assert (code, "M2" in said, "50 %" in said, "M1" in said) == (0, True, True, False), said
    assert desk.rows(
        "select d.from_on is null, d.to_on = 'infinity', d.full_time_percent from staff_days d"
        " join staff s on s.id = d.staff_id where s.number = 'M2' order by d.to_on"
    ) == [(True, False, 100), (False, True, 50)]
    code, said = desk("plan", "people", "1")
    assert (code, "M1" in said, "A01" in said) == (0, True, True), said
    assert desk("staff", "share", "M2", "100", "--by", "H1")[0] == 0
    assert "都是全职" in desk("staff", "part-time")[1]
    assert desk.rows("select action from audit where action like 'staff%'") == [("staff.full_time",)] * 2


def test_what_is_no_share_or_nobody_is_said(desk: Desk) -> None:
    assert desk("staff", "share", "M2", "0", "--by", "H1") == (
        1,
        "0% 不是全职比例：请填 1 到 100，全职是 100；未作改动。",
    )
    assert desk("staff", "share", "M77", "50", "--by", "H1")[0] == 1
    assert desk("staff", "share", "M2", "half", "--by", "H1")[0] == 2
