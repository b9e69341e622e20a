"""A night whose systems drop lists of units and staff, and what an operator does about one that waits for him."""

from datetime import date, timedelta
from pathlib import Path

from api.night.inline import run_night_inline
from api.night.steps import STEPS
from tests.api.cli.conftest import Desk
from tests.domain.feeds.files import row, write_batch

DAY = date(2026, 11, 19)
OF_LISTS = tuple(
    step for step in STEPS if step.name in ("find", "intake.org", "intake.staff", "organisation")
)
PEOPLE = ("M1", "M2", "M3", "O1", "O2")


def drop(landing: Path, day: date, unit: str) -> None:
    lines = [row("staff", {"staff_no": one, "name": one, "org_no": unit, "duty": "1"}) for one in PEOPLE]
    write_batch(landing, "staff", lines, day=day)


def test_from_the_landing_folder_to_the_operator(desk: Desk, tmp_path: Path) -> None:
    landing = tmp_path / "landing"
    landing.mkdir()
    night = run_night_inline(desk.address, landing, DAY, steps=OF_LISTS)
    assert [step.name for step in night.steps] == ["find"], "without such files no step for them"
    drop(landing, DAY + timedelta(1), "A01")
    night = run_night_inline(desk.address, landing, DAY + timedelta(1), steps=OF_LISTS)
    assert [step.name for step in night.steps] == [step.name for step in OF_LISTS]
    said = night.step("organisation").message
    assert said is not None
    assert (said.code, said.values["waiting"]) == ("ORGANISATION_WAITS", 1)
    assert "夜间批处理" in desk("import", "list")[1]
    assert "夜间批处理的导入 1" in desk("feeds", "list")[1]
    status, answer = desk("import", "apply", "1", "--reason", " ")
    assert (status, "--reason" in answer) == (1, True)
    status, answer = desk("import", "apply", "1", "--reason", "核对过")
    assert (status, "./yunge import undo 1" in answer) == (0, True)
    assert desk.rows("select state, reason from imports") == [("APPLIED", "核对过")]
    night = run_night_inline(desk.address, landing, DAY + timedelta(2), steps=OF_LISTS)
    assert night.step("organisation").rows == 0
    assert desk("import", "undo", "1")[0] == 0
    assert desk.rows("update imports set night_run_id = null returning id") == [(1,)]
    status, answer = desk("import", "apply", "1", "--reason", "x")
    assert (status, "不是夜间批处理" in answer) == (1, True)
    assert desk("import", "apply", "99", "--reason", "x")[0] == 1
