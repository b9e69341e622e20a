"""The contracts of the feeds: files that the bank's systems drop at night (domain facts: docs/formats.md).

A batch is `<feed>_<YYYYMMDD>_<n>.dat` with a control file `<feed>_<YYYYMMDD>_<n>.ctl` of five lines
`rows=`, `amount_sum=` (yuan, two decimals; empty for feeds without an amount), `sha256=` (of the .dat file),
`encoding=`, `mode=full`. Columns are separated by `|@|`, there is no header, dates are YYYYMMDD, 99991231 is open,
amounts are yuan with two decimals, an empty column is unknown, every line ends with a line feed.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

DELIMITER = "|@|"
OPEN_DATE = "99991231"


class ColumnType(StrEnum):
    TEXT = "text"
    DATE = "date"
    YUAN = "yuan"  # stored as whole fen
    INTEGER = "integer"
    DEGREES = "degrees"
    CURRENCY = "currency"  # stored as the letters of ISO 4217; empty is yuan
    PERCENT = "percent"  # 4.3500 means 4.35 %; stored as basis points


@dataclass(frozen=True)
class Column:
    """One column of a line. A code stands for something and is joined on; it is read in half-width, and defaults like
    `0000`, `NULL` or 无 are no code. Of dates, those alone that may be open know `OPEN_DATE`."""

    name: str
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    allowed: tuple[str, ...] = ()
    is_code: bool = False
    may_be_open: bool = False


@dataclass(frozen=True)
class Feed:
    """One feed. `key` names the columns that identify a row; `amount` the column whose sum the control file holds.

    A contract grows at its end. `grown_from` are the numbers of columns that its files had before: a file of such a
    form is taken as it always was, and says nothing of what came later
    (docs/decisions/a-contract-grows-at-its-end.md).
    """

    name: str
    title: str
    encoding: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    amount: str | None = None
    grown_from: tuple[int, ...] = ()
    one_of: tuple[str, ...] = ()
    """Of these columns a row fills exactly one."""
    is_optional: bool = False
    """Not every bank has it: it is missed from the day on which one of its files was taken."""
    is_outside: bool = False
    """Whether what it tells is another's knowledge, which the bank may hold on a legal basis alone (`outside.py`)."""
    told_by: str | None = None
    """The column that names the third party, where a feed carries what several tell: each needs a basis of its own."""

    def __post_init__(self) -> None:
        first = min(self.grown_from, default=len(self.columns))
        if any(column.required for column in self.columns[first:]):
            raise ValueError(f"{self.name}: what earlier files do not say cannot be required")

    @property
    def table(self) -> str:
        return f"src_{self.name}"

    @property
    def forms(self) -> tuple[int, ...]:
        """The numbers of columns that a file may have, the newest first."""
        return (len(self.columns), *sorted(self.grown_from, reverse=True))

    def in_form(self, columns: int) -> "Feed":
        """The feed as files of one form have it."""
        return replace(self, columns=self.columns[:columns], grown_from=())


def _text(name: str, *, required: bool = False, allowed: tuple[str, ...] = ()) -> Column:
    return Column(name, ColumnType.TEXT, required, allowed)


def _code(name: str, *, required: bool = False) -> Column:
    return Column(name, ColumnType.TEXT, required, is_code=True)


def _date(name: str, *, required: bool = False) -> Column:
    return Column(name, ColumnType.DATE, required)


def _end(name: str, *, required: bool = False) -> Column:
    return Column(name, ColumnType.DATE, required, may_be_open=True)


def _yuan(name: str, *, required: bool = False) -> Column:
    return Column(name, ColumnType.YUAN, required)


def _flag(name: str) -> Column:
    return _text(name, allowed=("Y", "N"))


DATUMS = ("WGS84", "GCJ02", "BD09")

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
        _code("cust_no", required=True),
        _text("kind", required=True, allowed=("P", "S", "E", "O")),  # 个人 个体工商户 企业 其他组织
        _text("name", required=True),
        _code("cert_type"),  # 10 居民身份证, 11 户口簿, 12 护照, 20 营业执照, 21 组织机构代码
        _text("cert_no"),
        _text("uscc"),
        _date("birth_on"),
        _text("gender"),  # M F
        _text("phone"),
        _text("address"),
        _code("village_code"),
        _code("industry"),  # GB/T 4754—2017, letter and digits
        _text("legal_rep_name"),
        _text("legal_rep_cert_no"),
        _code("org_no", required=True),
        _date("opened_on"),
        _text("status", required=True, allowed=("1", "0")),  # 1 in force, 0 closed
        _text("size_class", allowed=SIZE_CLASSES),
        Column("size_year", ColumnType.INTEGER),  # of which year's figures
        _text("registered_place", allowed=("R", "U")),  # R 农村, U 城市, as farm lending counts firms
        _text("runs", allowed=("S", "E")),  # of a person: S 个体工商户主, E 小微企业主
        _code("runs_uscc"),  # which shop or firm
    ),
    key=("cust_no",),
    grown_from=(17,),
)

CORE_DEPOSIT = Feed(
    "core_deposit",
    "核心存款",
    "gb18030",
    (
        _code("acct_no", required=True),
        _code("cust_no", required=True),
        _code("subject"),
        _text("product", required=True),  # 活期储蓄 定期储蓄 单位活期 单位定期
        Column("currency", ColumnType.CURRENCY),
        _yuan("balance", required=True),
        _yuan("average_month"),
        _yuan("average_3m"),
        _date("opened_on"),
        _end("matures_on"),
        _code("org_no"),
        _text("status", required=True, allowed=("1", "0")),
    ),
    key=("acct_no",),
    amount="balance",
)

LOAN = Feed(
    "loan",
    "贷款借据",
    "gb18030",
    (
        _code("loan_no", required=True),
        _code("contract_no"),
        _code("cust_no", required=True),
        _text("product", required=True),
        _text("purpose", required=True, allowed=("B", "C")),  # B 经营性, C 消费
        _code("industry"),
        _text("guarantee"),
        _yuan("amount", required=True),
        _yuan("balance", required=True),
        Column("rate", ColumnType.PERCENT, True),
        _date("start_on", required=True),
        _end("end_on", required=True),
        _code("five_class"),
        Column("overdue_days", ColumnType.INTEGER, True),
        _code("org_no"),
        _text("status", required=True, allowed=("1", "0")),
        Column("currency", ColumnType.CURRENCY),
        _text("farm_use", allowed=FARM_USES),
        _flag("farmer_at_drawdown"),  # 农户 on the day of drawing, frozen
        _text("policy", allowed=("01", "02")),  # 01 创业担保, 02 助学
        _flag("written_off"),
        _flag("transferred"),
        _flag("entrusted"),
        _flag("reported_farm"),  # what the bank reported: 涉农, 普惠型涉农, 普惠型小微
        _flag("reported_inclusive_farm"),
        _flag("reported_inclusive_small"),
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
        _code("contract_no", required=True),
        _code("cust_no", required=True),
        _yuan("line", required=True),
        _yuan("used", required=True),
        _text("is_cyclic", allowed=("Y", "N")),
        _date("start_on", required=True),
        _end("end_on", required=True),
        _text("purpose", required=True, allowed=("B", "C")),
        _text("status", required=True, allowed=("1", "0")),
        Column("currency", ColumnType.CURRENCY),
        _text("guarantee"),
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
        _code("crm_id", required=True),
        _code("cust_no"),
        _text("name", required=True),
        _text("phone"),
        _code("manager_no"),
        _text("address"),
        _text("note"),
        _date("updated_on"),
    ),
    key=("crm_id",),
)

SUNSHINE_CREDIT = Feed(
    "sunshine_credit",
    "阳光信贷",
    "utf-8",
    (
        _code("file_no", required=True),
        _text("head_name", required=True),
        _text("head_cert_no"),
        _text("phone"),
        Column("members", ColumnType.INTEGER),
        _code("village_code"),
        _text("address"),
        _yuan("annual_income"),
        _yuan("assets"),
        Column("review_score", ColumnType.INTEGER),
        _yuan("pre_line", required=True),
        _end("valid_to"),
        Column("lon_deg", ColumnType.DEGREES),
        Column("lat_deg", ColumnType.DEGREES),
        _text("datum", allowed=DATUMS),
        _date("surveyed_on"),
    ),
    key=("file_no",),
    amount="pre_line",
)

HOUSEHOLD = Feed(
    "household",
    "户籍",
    "gb18030",
    (
        _code("hukou_no", required=True),
        _code("person_no", required=True),
        _text("name", required=True),
        _text("cert_no"),
        _text("relation", required=True),  # 户主 配偶 子 女 父 母 其他
        _text("gender"),
        _date("birth_on"),
        _code("village_code"),
        _text("address"),
        _text("status", required=True, allowed=("1", "2", "3")),  # 1 在籍, 2 迁出, 3 死亡
    ),
    key=("hukou_no", "person_no"),
    is_outside=True,
)

POS_MERCHANT = Feed(
    "pos_merchant",
    "收单商户",
    "utf-8",
    (
        _code("merchant_no", required=True),
        _text("name", required=True),
        _text("uscc"),
        _text("operator_name"),
        _text("operator_cert_no"),
        _text("phone"),
        _code("settle_acct_no"),
        _code("mcc"),
        _text("address"),
        Column("lon_deg", ColumnType.DEGREES),
        Column("lat_deg", ColumnType.DEGREES),
        _text("datum", allowed=DATUMS),
        _date("installed_on"),
        _yuan("month_volume", required=True),
        Column("month_count", ColumnType.INTEGER),
        _text("status", required=True, allowed=("1", "0")),
    ),
    key=("merchant_no",),
    amount="month_volume",
)

FIRM_YEAR = Feed(
    "firm_year",
    "企业年度数据",
    "utf-8",
    (
        _code("uscc", required=True),
        Column("year", ColumnType.INTEGER, True),
        _text("name"),
        Column("staff", ColumnType.INTEGER),
        _yuan("revenue"),
        _yuan("assets"),
        _code("industry"),
        _code("industry_edition"),  # of GB/T 4754: 2011, 2017
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
        _code("uscc", required=True),
        _text("name"),
        _text("state", required=True, allowed=("1", "2", "3", "4")),  # 1 存续, 2 吊销, 3 注销, 4 迁出
        _text("representative"),
        _yuan("capital"),
        _date("registered_on"),
        _code("industry"),
        _text("address"),
        _date("updated_on"),
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
        _code("uscc", required=True),
        _text("tax_grade", allowed=("A", "B", "M", "C", "D")),
        Column("grade_year", ColumnType.INTEGER),
        _date("month_on"),  # the last day of the month of which the next two tell
        Column("power_kwh", ColumnType.INTEGER),
        Column("power_kwh_year_before", ColumnType.INTEGER),
    ),
    key=("uscc",),
    is_optional=True,
    is_outside=True,
)

CHANNEL = Feed(
    "channel",
    "电子渠道",
    "utf-8",
    (
        _code("cust_no", required=True),
        _text("channel", required=True, allowed=("MB", "WX", "QP")),  # 手机银行, 微信绑定, 快捷支付
        _date("opened_on"),
        _date("last_used_on"),
        _text("status", required=True, allowed=("1", "0")),  # 1 open, 0 closed
    ),
    key=("cust_no", "channel"),
    is_optional=True,
)

SOCIAL_SECURITY = Feed(
    "social_security",
    "社会保险",
    "utf-8",
    (
        _code("record_no", required=True),  # one person with one payer
        _text("cert_no", required=True),
        _text("name"),
        _text("payer_uscc"),  # who pays for him; empty where he does so himself
        _text("payer_name"),
        _text("kind", allowed=("1", "2", "3")),  # 1 职工, 2 灵活就业, 3 城乡居民
        _date("since_on"),
        _date("paid_to_on"),  # the last day of the last month that was paid
        Column("months", ColumnType.INTEGER),
        _yuan("base"),  # 缴费基数 of a month
        _text("status", required=True, allowed=("1", "2", "3")),  # 1 参保缴费, 2 暂停缴费, 3 终止
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
        _code("room_no", required=True),  # 不动产单元号: a flat, a house, a shop
        _text("owner_cert_no", required=True),  # of a citizen, or the credit code of a firm
        _text("owner_name"),
        _date("since_on"),
        _text("use", allowed=("1", "2", "3", "9")),  # 1 住宅, 2 商业, 3 工业, 9 其他
        _flag("is_mortgaged"),
        _code("village_code"),
        _text("address"),
        _text("status", required=True, allowed=("1", "0")),  # 1 owned now, 0 no longer
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
        _text(
            "about", required=True, allowed=("C", "P", "F")
        ),  # by number of the core, citizen's number, credit code
        _code("about_no", required=True),
        _code("told_by", required=True),
        _code("what", required=True),
        _yuan("amount"),
        Column("number", ColumnType.INTEGER),
        _text("said"),
        _date("day"),
        _date("as_of"),
    ),
    key=("about", "about_no", "told_by", "what"),
    one_of=("amount", "number", "said", "day"),
    is_optional=True,
    is_outside=True,
    told_by="told_by",
)

APPLICATION = Feed(
    "application",
    "信贷申请",
    "utf-8",
    (
        _code("application_no", required=True),
        _code("cust_no"),
        _text("cert_no"),  # or the credit code of a firm, of who has no number yet
        _text("name"),
        _text("product", required=True),
        _yuan("amount", required=True),
        _date("applied_on", required=True),
        _text("came_by", allowed=("1", "2", "3", "9")),  # 1 网点, 2 线上, 3 客户经理, 9 其他
        _text(
            "state", required=True, allowed=("1", "2", "3", "4", "5", "6")
        ),  # 受理 调查 审批 通过 拒绝 撤回
        _date("decided_on"),
        _yuan("granted"),
        _code("contract_no"),
        _code("org_no"),
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
        _code("guarantee_no", required=True),
        _code("contract_no", required=True),  # of the loans that it secures
        _text("kind", required=True, allowed=("1", "2", "3")),  # 保证 抵押 质押
        _code("guarantor_no"),  # his customer number
        _text("guarantor_cert_no"),  # or the credit code of a firm
        _text("guarantor_name"),
        _text("collateral"),
        _yuan("amount", required=True),
        _yuan("value"),
        _date("valued_on"),
        _end("end_on"),
        _text("status", required=True, allowed=("1", "0")),
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
        _date("rate_on", required=True),
        Column("units", ColumnType.INTEGER, True),  # for so many of the currency's unit, 100 as a rule
        _yuan("rate", required=True),
    ),
    key=("currency",),
    is_optional=True,
)

ORG = Feed(
    "org",
    "机构",
    "utf-8",
    (
        _code("org_no", required=True),
        _text("name", required=True),
        _text("kind", allowed=("H", "B", "O", "D")),  # 总行 分支行 网点 部门; empty: by its place in the tree
        _code("parent_no"),
        _text("address"),
        Column("lon_deg", ColumnType.DEGREES),
        Column("lat_deg", ColumnType.DEGREES),
        _text("datum", allowed=DATUMS),
        _code("town_code"),
        _date("opened_on"),
        _end("closed_on"),  # the first day on which it is there no more
        _date("changed_on"),  # since when name, kind and parent are so
    ),
    key=("org_no",),
    is_optional=True,
)

STAFF = Feed(
    "staff",
    "员工",
    "utf-8",
    (
        _code("staff_no", required=True),
        _text("name", required=True),
        _code("org_no", required=True),
        _text("duty", allowed=("1", "2")),  # 1 管户, 2 管机构
        _text("phone"),
        Column("full_time_percent", ColumnType.INTEGER),
        _date("joined_on"),
        _end("left_on"),  # the first day on which he no longer works here
        _date("moved_on"),  # since when he has been at this unit with this duty
        _date("leave_from_on"),
        _end("leave_to_on"),  # the day on which he is back
    ),
    key=("staff_no",),
    is_optional=True,
)
"""No role: roles go with duties, and nobody's rights come from a file that a machine drops."""

FEEDS: dict[str, Feed] = {
    feed.name: feed
    for feed in (
        CORE_CUSTOMER,
        CORE_DEPOSIT,
        LOAN,
        CREDIT_LINE,
        CRM_LEGACY,
        SUNSHINE_CREDIT,
        HOUSEHOLD,
        POS_MERCHANT,
        FIRM_YEAR,
        REGISTRY,
        TAX_POWER,
        CHANNEL,
        SOCIAL_SECURITY,
        PROPERTY,
        FACTS,
        APPLICATION,
        GUARANTEE,
        FX,
        ORG,
        STAFF,
    )
}

# What the models need of every month-end of the year before.
HISTORY_FEEDS = ("core_deposit", "loan", "pos_merchant", "channel")
