"""Feeds from the bank's own systems: the core, its loans, cards and channels, and what its people wrote down."""

from domain.feeds.contracts.form import (
    DATUMS,
    Column,
    ColumnType,
    Feed,
    code,
    day,
    flag,
    open_day,
    text,
    yuan,
)

# 支农用途 of the statistics of farm lending: 农田基本建设, 农产品加工, 农业生产资料制造, 农用物资和农副产品流通,
# 农业科技, 农村基础设施建设, 农产品出口.
FARM_USES = ("01", "02", "03", "04", "05", "06", "07")
# 大型 中型 小型 微型, as the standard of 2011 draws the lines.
SIZE_CLASSES = ("CS01", "CS02", "CS03", "CS04")

CORE_CUSTOMER = Feed(
    "core_customer",
    "核心客户 (ECIF)",
    "gb18030",
    (
        code("cust_no", required=True),
        text("kind", required=True, allowed=("P", "S", "E", "O")),  # 个人 个体工商户 企业 其他组织
        text("name", required=True),
        code("cert_type"),  # 10 居民身份证, 11 户口簿, 12 护照, 20 营业执照, 21 组织机构代码
        text("cert_no"),
        text("uscc"),
        day("birth_on"),
        text("gender"),  # M F
        text("phone"),
        text("address"),
        code("village_code"),
        code("industry"),  # GB/T 4754—2017, letter and digits
        text("legal_rep_name"),
        text("legal_rep_cert_no"),
        code("org_no", required=True),
        day("opened_on"),
        text("status", required=True, allowed=("1", "0")),  # 1 in force, 0 closed
        text("size_class", allowed=SIZE_CLASSES),
        Column("size_year", ColumnType.INTEGER),  # of which year's figures
        text("registered_place", allowed=("R", "U")),  # R 农村, U 城市, as farm lending counts firms
        text("runs", allowed=("S", "E")),  # of a person: S 个体工商户主, E 小微企业主
        code("runs_uscc"),  # which shop or firm
    ),
    key=("cust_no",),
    grown_from=(17,),
)

CORE_DEPOSIT = Feed(
    "core_deposit",
    "核心存款",
    "gb18030",
    (
        code("acct_no", required=True),
        code("cust_no", required=True),
        code("subject"),
        text("product", required=True),  # 活期储蓄 定期储蓄 单位活期 单位定期
        Column("currency", ColumnType.CURRENCY),
        yuan("balance", required=True),
        yuan("average_month"),
        yuan("average_3m"),
        day("opened_on"),
        open_day("matures_on"),
        code("org_no"),
        text("status", required=True, allowed=("1", "0")),
    ),
    key=("acct_no",),
    amount="balance",
)

LOAN = Feed(
    "loan",
    "贷款借据",
    "gb18030",
    (
        code("loan_no", required=True),
        code("contract_no"),
        code("cust_no", required=True),
        text("product", required=True),
        text("purpose", required=True, allowed=("B", "C")),  # B 经营性, C 消费
        code("industry"),
        text("guarantee"),
        yuan("amount", required=True),
        yuan("balance", required=True),
        Column("rate", ColumnType.PERCENT, True),
        day("start_on", required=True),
        open_day("end_on", required=True),
        code("five_class"),
        Column("overdue_days", ColumnType.INTEGER, True),
        code("org_no"),
        text("status", required=True, allowed=("1", "0")),
        Column("currency", ColumnType.CURRENCY),
        text("farm_use", allowed=FARM_USES),
        flag("farmer_at_drawdown"),  # 农户 on the day of drawing, frozen
        text("policy", allowed=("01", "02")),  # 01 创业担保, 02 助学
        flag("written_off"),
        flag("transferred"),
        flag("entrusted"),
        flag("reported_farm"),  # what the bank reported: 涉农, 普惠型涉农, 普惠型小微
        flag("reported_inclusive_farm"),
        flag("reported_inclusive_small"),
    ),
    key=("loan_no",),
    amount="balance",
    grown_from=(16,),
)

CREDIT_LINE = Feed(
    "credit_line",
    "授信合同",
    "utf-8",
    (
        code("contract_no", required=True),
        code("cust_no", required=True),
        yuan("line", required=True),
        yuan("used", required=True),
        text("is_cyclic", allowed=("Y", "N")),
        day("start_on", required=True),
        open_day("end_on", required=True),
        text("purpose", required=True, allowed=("B", "C")),
        text("status", required=True, allowed=("1", "0")),
        Column("currency", ColumnType.CURRENCY),
        text("guarantee"),
    ),
    key=("contract_no",),
    amount="line",
    grown_from=(9,),
)

CRM_LEGACY = Feed(
    "crm_legacy",
    "旧 CRM",
    "gb18030",
    (
        code("crm_id", required=True),
        code("cust_no"),
        text("name", required=True),
        text("phone"),
        code("manager_no"),
        text("address"),
        text("note"),
        day("updated_on"),
    ),
    key=("crm_id",),
)

SUNSHINE_CREDIT = Feed(
    "sunshine_credit",
    "阳光信贷",
    "utf-8",
    (
        code("file_no", required=True),
        text("head_name", required=True),
        text("head_cert_no"),
        text("phone"),
        Column("members", ColumnType.INTEGER),
        code("village_code"),
        text("address"),
        yuan("annual_income"),
        yuan("assets"),
        Column("review_score", ColumnType.INTEGER),
        yuan("pre_line", required=True),
        open_day("valid_to"),
        Column("lon_deg", ColumnType.DEGREES),
        Column("lat_deg", ColumnType.DEGREES),
        text("datum", allowed=DATUMS),
        day("surveyed_on"),
    ),
    key=("file_no",),
    amount="pre_line",
)

POS_MERCHANT = Feed(
    "pos_merchant",
    "收单商户",
    "utf-8",
    (
        code("merchant_no", required=True),
        text("name", required=True),
        text("uscc"),
        text("operator_name"),
        text("operator_cert_no"),
        text("phone"),
        code("settle_acct_no"),
        code("mcc"),
        text("address"),
        Column("lon_deg", ColumnType.DEGREES),
        Column("lat_deg", ColumnType.DEGREES),
        text("datum", allowed=DATUMS),
        day("installed_on"),
        yuan("month_volume", required=True),
        Column("month_count", ColumnType.INTEGER),
        text("status", required=True, allowed=("1", "0")),
    ),
    key=("merchant_no",),
    amount="month_volume",
)

CHANNEL = Feed(
    "channel",
    "电子渠道",
    "utf-8",
    (
        code("cust_no", required=True),
        text("channel", required=True, allowed=("MB", "WX", "QP")),  # 手机银行, 微信绑定, 快捷支付
        day("opened_on"),
        day("last_used_on"),
        text("status", required=True, allowed=("1", "0")),  # 1 open, 0 closed
    ),
    key=("cust_no", "channel"),
    is_optional=True,
)

APPLICATION = Feed(
    "application",
    "信贷申请",
    "utf-8",
    (
        code("application_no", required=True),
        code("cust_no"),
        text("cert_no"),  # or the credit code of a firm, of who has no number yet
        text("name"),
        text("product", required=True),
        yuan("amount", required=True),
        day("applied_on", required=True),
        text("came_by", allowed=("1", "2", "3", "9")),  # 1 网点, 2 线上, 3 客户经理, 9 其他
        text("state", required=True, allowed=("1", "2", "3", "4", "5", "6")),  # 受理 调查 审批 通过 拒绝 撤回
        day("decided_on"),
        yuan("granted"),
        code("contract_no"),
        code("org_no"),
    ),
    key=("application_no",),
    amount="amount",
    is_optional=True,
)

GUARANTEE = Feed(
    "guarantee",
    "担保",
    "utf-8",
    (
        code("guarantee_no", required=True),
        code("contract_no", required=True),  # of the loans that it secures
        text("kind", required=True, allowed=("1", "2", "3")),  # 保证 抵押 质押
        code("guarantor_no"),  # his customer number
        text("guarantor_cert_no"),  # or the credit code of a firm
        text("guarantor_name"),
        text("collateral"),
        yuan("amount", required=True),
        yuan("value"),
        day("valued_on"),
        open_day("end_on"),
        text("status", required=True, allowed=("1", "0")),
    ),
    key=("guarantee_no",),
    amount="amount",
    is_optional=True,
)

FX = Feed(
    "fx",
    "外汇牌价",
    "utf-8",
    (
        Column("currency", ColumnType.CURRENCY, True),
        day("rate_on", required=True),
        Column("units", ColumnType.INTEGER, True),  # for so many of the currency's unit, 100 as a rule
        yuan("rate", required=True),
    ),
    key=("currency",),
    is_optional=True,
)
