"""Feeds of who the bank is: its units and its staff, which nights carry out as imports (`organisation.py`)."""

from domain.feeds.contracts.form import DATUMS, Column, ColumnType, Feed, code, day, open_day, text

ORG = Feed(
    "org",
    "机构",
    "utf-8",
    (
        code("org_no", required=True),
        text("name", required=True),
        text("kind", allowed=("H", "B", "O", "D")),  # 总行 分支行 网点 部门; empty: by its place in the tree
        code("parent_no"),
        text("address"),
        Column("lon_deg", ColumnType.DEGREES),
        Column("lat_deg", ColumnType.DEGREES),
        text("datum", allowed=DATUMS),
        code("town_code"),
        day("opened_on"),
        open_day("closed_on"),  # the first day on which it is there no more
        day("changed_on"),  # since when name, kind and parent are so
    ),
    key=("org_no",),
    is_optional=True,
)

STAFF = Feed(
    "staff",
    "员工",
    "utf-8",
    (
        code("staff_no", required=True),
        text("name", required=True),
        code("org_no", required=True),
        text("duty", allowed=("1", "2")),  # 1 管户, 2 管机构
        text("phone"),
        Column("full_time_percent", ColumnType.INTEGER),
        day("joined_on"),
        open_day("left_on"),  # the first day on which he no longer works here
        day("moved_on"),  # since when he has been at this unit with this duty
        day("leave_from_on"),
        open_day("leave_to_on"),  # the day on which he is back
    ),
    key=("staff_no",),
    is_optional=True,
)
"""No role: roles go with duties, and nobody's rights come from a file that a machine drops."""
