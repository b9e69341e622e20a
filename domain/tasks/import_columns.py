"""Columns of the list of leaves: both languages side by side."""

from domain.shared.sheets.columns import Column, Words

LEAVE_TITLE = Words("休假", "Leave")
LEAVE_COLUMNS = (
    Column(
        "number",
        Words("员工号", "Number"),
        Words("休假的人；一个人可以有几行", "who is away; somebody may have several rows"),
        "301001",
        True,
        ("工号", "柜员号", "人员编号", "员工编号", "staff number"),
    ),
    Column(
        "from_on",
        Words("休假起", "From"),
        Words("休假的第一天，如 2026-12-01", "the first day, such as 2026-12-01"),
        "2026-12-01",
        True,
        ("请假起", "休假开始", "开始日期", "休假开始日期", "请假开始日期", "leave from"),
    ),
    Column(
        "back_on",
        Words("返岗日期", "Back on"),
        Words("回来上班的那一天；空着是还没有定", "the day on which he is back; empty while that is open"),
        "2026-12-08",
        also=("休假止", "请假止", "休假结束", "返岗日", "销假日期", "leave to"),
    ),
)
