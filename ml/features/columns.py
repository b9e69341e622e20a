"""The single list of features: order, name, Chinese title, unit, and the subject under which a reason tells of it.

`customer_features.packed` holds them in this order as big-endian float32; NaN is unknown. Names are those of
`customer.sql`. `say` names the statement of `ml/statements.py` that tells of the feature; features that tell of the
same thing share one, so that three reasons are three different things.
"""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    YUAN = "元"
    RATIO = "比值"
    COUNT = "个"
    DAYS = "天"
    MONTHS = "月"
    YEARS = "岁"
    PERCENT = "%"
    YES_NO = "是否"


class Say(StrEnum):
    """What a statement is about."""

    AVERAGE = "average"
    BALANCE = "balance"
    SWING = "swing"
    SIZE = "size"
    DEMAND = "demand"
    TERM = "term"
    MATURING = "maturing"
    MATURED = "matured"
    ACCOUNTS = "accounts"
    RELATION = "relation"
    POS = "pos"
    LOANS = "loans"
    LINE = "line"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Feature:
    name: str
    title: str
    unit: Unit
    say: Say | None


def _yuan(name: str, title: str, say: Say | None) -> Feature:
    return Feature(name, title, Unit.YUAN, say)


def _ratio(name: str, title: str, say: Say | None) -> Feature:
    return Feature(name, title, Unit.RATIO, say)


def _count(name: str, title: str, say: Say | None) -> Feature:
    return Feature(name, title, Unit.COUNT, say)


def _months(name: str, title: str, say: Say | None) -> Feature:
    return Feature(name, title, Unit.MONTHS, say)


FEATURES: tuple[Feature, ...] = (
    _yuan("balance_0", "存款余额", Say.SIZE),
    _yuan("balance_1", "上月末存款余额", Say.BALANCE),
    _yuan("balance_2", "前 2 个月末存款余额", Say.BALANCE),
    _yuan("balance_3", "前 3 个月末存款余额", Say.BALANCE),
    _yuan("balance_4", "前 4 个月末存款余额", Say.BALANCE),
    _yuan("balance_5", "前 5 个月末存款余额", Say.BALANCE),
    _ratio("balance_to_1", "余额与上月末之比", Say.BALANCE),
    _ratio("balance_to_3", "余额与前 3 个月末之比", Say.BALANCE),
    _ratio("balance_to_highest", "余额与近半年最高之比", Say.BALANCE),
    _ratio("balance_trend_3m", "近三个月余额走势", Say.BALANCE),
    _ratio("balance_trend_5m", "近五个月余额走势", Say.BALANCE),
    _ratio("balance_volatility", "近半年余额波动", Say.SWING),
    _count("balance_falls", "近三个月余额下降次数", Say.BALANCE),
    _yuan("average_3m_0", "三个月日均存款", Say.SIZE),
    _yuan("average_3m_1", "上月末三个月日均存款", Say.AVERAGE),
    _yuan("average_3m_2", "前 2 个月末三个月日均存款", Say.AVERAGE),
    _yuan("average_3m_3", "前 3 个月末三个月日均存款", Say.AVERAGE),
    _ratio("average_to_1", "日均存款与上月末之比", Say.AVERAGE),
    _ratio("average_to_3", "日均存款与前 3 个月末之比", Say.AVERAGE),
    _ratio("balance_to_average", "余额与日均存款之比", Say.AVERAGE),
    _yuan("demand_0", "活期余额", Say.DEMAND),
    _ratio("demand_to_1", "活期余额与上月末之比", Say.DEMAND),
    _yuan("term_0", "定期余额", Say.TERM),
    _ratio("term_share", "定期占比", Say.TERM),
    _yuan("term_change_3m", "近三个月定期增减", Say.TERM),
    _yuan("term_maturing_30d", "30 天内到期的定期", Say.MATURING),
    _yuan("term_maturing_90d", "90 天内到期的定期", Say.MATURING),
    _ratio("term_maturing_share", "90 天内到期占存款之比", Say.MATURING),
    _yuan("term_matured_3m", "近三个月到期的定期", Say.MATURED),
    _count("accounts", "存款账户数", Say.ACCOUNTS),
    _count("term_accounts", "定期账户数", Say.TERM),
    _count("accounts_opened_90d", "90 天内新开账户数", Say.ACCOUNTS),
    _count("accounts_closed_3m", "近三个月销户数", Say.ACCOUNTS),
    _ratio("largest_account_share", "最大账户占比", Say.ACCOUNTS),
    _months("first_account_months", "最早账户开立月数", Say.RELATION),
    _months("last_account_months", "最近账户开立月数", Say.RELATION),
    _count("merchants", "收单商户数", Say.POS),
    _yuan("pos_0", "收单流水", Say.POS),
    _yuan("pos_1", "上月末收单流水", Say.POS),
    _yuan("pos_2", "前 2 个月末收单流水", Say.POS),
    _yuan("pos_3", "前 3 个月末收单流水", Say.POS),
    _count("pos_count_0", "收单笔数", Say.POS),
    _ratio("pos_to_1", "收单流水与上月末之比", Say.POS),
    _ratio("pos_to_mean_3m", "收单流水与前三个月月均之比", Say.POS),
    _count("loans", "贷款笔数", Say.LOANS),
    _yuan("loan_balance", "贷款余额", Say.LOANS),
    _ratio("loan_left_share", "贷款未还比例", Say.LOANS),
    _yuan("loan_change_3m", "近三个月贷款增减", Say.LOANS),
    _count("loans_settled_3m", "近三个月结清贷款笔数", Say.LOANS),
    _yuan("loan_ending_90d", "90 天内到期的贷款", Say.LOANS),
    Feature("loan_overdue_days", "贷款逾期天数", Unit.DAYS, Say.LOANS),
    Feature("loan_rate", "贷款最高利率", Unit.PERCENT, Say.LOANS),
    _yuan("line", "授信额度", Say.LINE),
    _yuan("line_used", "已用授信", Say.LINE),
    _ratio("line_usage", "授信使用率", Say.LINE),
    _yuan("line_ending_90d", "90 天内到期的授信", Say.LINE),
    _count("channels", "开通的电子渠道数", Say.CHANNEL),
    Feature("channel_unused_days", "电子渠道未使用天数", Unit.DAYS, Say.CHANNEL),
    Feature("mobile_unused_days", "手机银行未使用天数", Unit.DAYS, Say.CHANNEL),
    Feature("insured_is_paid", "社保正常缴费", Unit.YES_NO, None),
    _months("insured_months", "社保累计缴费月数", None),
    Feature("is_in_being", "企业登记状态为存续", Unit.YES_NO, None),
    _count("firm_staff", "企业从业人数", None),
    _yuan("firm_revenue", "企业年营业收入", None),
    _ratio("firm_revenue_to_before", "企业营业收入与上年之比", None),
    Feature("age_years", "年龄", Unit.YEARS, None),
    _months("tenure_months", "开户月数", Say.RELATION),
    _count("core_numbers", "核心客户号数", None),
    Feature("has_phone", "有联系电话", Unit.YES_NO, None),
    Feature("is_person", "个人", Unit.YES_NO, None),
    Feature("is_sole_trader", "个体工商户", Unit.YES_NO, None),
    Feature("is_firm", "单位", Unit.YES_NO, None),
)

NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)
POSITION: dict[str, int] = {name: position for position, name in enumerate(NAMES)}
