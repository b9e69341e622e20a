"""Columns of the list of posts: both languages side by side."""

from domain.shared.sheets.columns import Column, Words, plain_heading

POSTS_TITLE = Words("岗位", "Posts")
POSTS_COLUMNS = (
    Column(
        "grid",
        Words("网格编号", "Grid"),
        Words("生效方案里小网格的编号", "the code of a small grid of the plan in force"),
        "0301-02",
        True,
        ("网格号", "网格", "网格代码", "grid code"),
    ),
    Column(
        "post",
        Words("A/B岗", "Post"),
        Words("A（负责）或 B（替补）", "A is responsible, B covers"),
        "A",
        True,
        ("岗位", "AB岗", "岗位类别"),
    ),
    Column(
        "staff",
        Words("员工号", "Staff number"),
        Words("空着表示暂时无人", "empty where nobody has it"),
        "301001",
        True,
        ("工号", "柜员号", "人员编号", "number"),
    ),
    Column(
        "from_on",
        Words("上岗日期", "From"),
        Words("从哪天起；空着按导入的生效日", "since when; the day of the import where empty"),
        "2026-01-01",
        also=("开始日期", "到岗日期"),
    ),
    Column(
        "to_on",
        Words("离岗日期", "To"),
        Words("不再在岗的第一天；空着表示一直在岗", "the first day on which he no longer has it"),
        "",
        also=("结束日期",),
    ),
)
POST_NAMES = {
    plain_heading(word): post
    for post, words in (("A", "A A岗 主岗"), ("B", "B B岗 副岗"))
    for word in words.split()
}
