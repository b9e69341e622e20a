"""Feeds of what others know: offices, registers, third parties. Each needs a legal basis (`feeds/outside.py`)."""

from domain.feeds.contracts.form import (
    Column,
    ColumnType,
    Feed,
    code,
    day,
    flag,
    text,
    yuan,
)

HOUSEHOLD = Feed(
    "household",
    "户籍",
    "gb18030",
    (
        code("hukou_no", required=True),
        code("person_no", required=True),
        text("name", required=True),
        text("cert_no"),
        text("relation", required=True),  # 户主 配偶 子 女 父 母 其他
        text("gender"),
        day("birth_on"),
        code("village_code"),
        text("address"),
        text("status", required=True, allowed=("1", "2", "3")),  # 1 在籍, 2 迁出, 3 死亡
    ),
    key=("hukou_no", "person_no"),
    is_outside=True,
)

FIRM_YEAR = Feed(
    "firm_year",
    "企业年度数据",
    "utf-8",
    (
        code("uscc", required=True),
        Column("year", ColumnType.INTEGER, True),
        text("name"),
        Column("staff", ColumnType.INTEGER),
        yuan("revenue"),
        yuan("assets"),
        code("industry"),
        code("industry_edition"),  # of GB/T 4754: 2011, 2017
    ),
    key=("uscc", "year"),
    is_optional=True,
    is_outside=True,
)

REGISTRY = Feed(
    "registry",
    "工商登记",
    "utf-8",
    (
        code("uscc", required=True),
        text("name"),
        text("state", required=True, allowed=("1", "2", "3", "4")),  # 1 存续, 2 吊销, 3 注销, 4 迁出
        text("representative"),
        yuan("capital"),
        day("registered_on"),
        code("industry"),
        text("address"),
        day("updated_on"),
    ),
    key=("uscc",),
    is_optional=True,
    is_outside=True,
)

TAX_POWER = Feed(
    "tax_power",
    "纳税与用电",
    "utf-8",
    (
        code("uscc", required=True),
        text("tax_grade", allowed=("A", "B", "M", "C", "D")),
        Column("grade_year", ColumnType.INTEGER),
        day("month_on"),  # the last day of the month of which the next two tell
        Column("power_kwh", ColumnType.INTEGER),
        Column("power_kwh_year_before", ColumnType.INTEGER),
    ),
    key=("uscc",),
    is_optional=True,
    is_outside=True,
)

SOCIAL_SECURITY = Feed(
    "social_security",
    "社会保险",
    "utf-8",
    (
        code("record_no", required=True),  # one person with one payer
        text("cert_no", required=True),
        text("name"),
        text("payer_uscc"),  # who pays for him; empty where he does so himself
        text("payer_name"),
        text("kind", allowed=("1", "2", "3")),  # 1 职工, 2 灵活就业, 3 城乡居民
        day("since_on"),
        day("paid_to_on"),  # the last day of the last month that was paid
        Column("months", ColumnType.INTEGER),
        yuan("base"),  # 缴费基数 of a month
        text("status", required=True, allowed=("1", "2", "3")),  # 1 参保缴费, 2 暂停缴费, 3 终止
    ),
    key=("record_no",),
    is_optional=True,
    is_outside=True,
)

PROPERTY = Feed(
    "property",
    "住建房产",
    "utf-8",
    (
        code("room_no", required=True),  # 不动产单元号: a flat, a house, a shop
        text("owner_cert_no", required=True),  # of a citizen, or the credit code of a firm
        text("owner_name"),
        day("since_on"),
        text("use", allowed=("1", "2", "3", "9")),  # 1 住宅, 2 商业, 3 工业, 9 其他
        flag("is_mortgaged"),
        code("village_code"),
        text("address"),
        text("status", required=True, allowed=("1", "0")),  # 1 owned now, 0 no longer
    ),
    key=("room_no", "owner_cert_no"),
    is_optional=True,
    is_outside=True,
)

FACTS = Feed(
    "facts",
    "第三方信息",
    "utf-8",
    (
        text(
            "about", required=True, allowed=("C", "P", "F")
        ),  # by number of the core, citizen's number, credit code
        code("about_no", required=True),
        code("told_by", required=True),
        code("what", required=True),
        yuan("amount"),
        Column("number", ColumnType.INTEGER),
        text("said"),
        day("day"),
        day("as_of"),
    ),
    key=("about", "about_no", "told_by", "what"),
    one_of=("amount", "number", "said", "day"),
    is_optional=True,
    is_outside=True,
    told_by="told_by",
)
