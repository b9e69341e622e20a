"""What a reason says: one sentence in Chinese with the customer's own figures, for each subject of `columns.Say`.

Pure. A sentence states figures as they are and never a cause; where a subject has nothing to tell of a customer
(no loan, no shop, nothing maturing) it is None and the next subject speaks.
"""

import math
from collections.abc import Callable, Mapping

from ml.features.columns import Say

Figures = Mapping[str, float]
"""Feature by name; NaN is unknown."""


def money(yuan: float) -> str:
    """`12.30 万元` from ten thousand yuan on, `8,250 元` below."""
    if abs(yuan) >= 10_000:
        return f"{yuan / 10_000:,.2f} 万元"
    return f"{yuan:,.0f} 元"


def percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def known(*values: float) -> bool:
    return not any(math.isnan(value) for value in values)


def _change(what: str, before: float, now: float, since: str) -> str:
    if money(before) == money(now):
        return f"{what}{since}以来未变，为 {money(now)}"
    return f"{what}由{since}的 {money(before)}{'降' if now < before else '升'}至 {money(now)}"


def _average(f: Figures) -> str | None:
    now, before = f["average_3m_0"], f["average_3m_3"]
    if not known(before) or before <= 0:
        before = f["average_3m_1"]
        if not known(before) or before <= 0:
            return f"存款余额 {money(f['balance_0'])}，三个月日均 {money(now)}"
        return _change("三个月日均存款", before, now, "上月末")
    return f"近三个月日均存款由 {money(before)}{'降' if now < before else '升'}至 {money(now)}"


def _balance(f: Figures) -> str | None:
    now, last = f["balance_0"], f["balance_1"]
    months = [f[f"balance_{month}"] for month in range(1, 6) if known(f[f"balance_{month}"])]
    highest = max(months, default=0.0)
    if highest > now > 0 and now < 0.9 * highest and (not known(last) or last <= 0 or now >= 0.9 * last):
        return f"存款余额 {money(now)}，为近 {len(months)} 个月末最高 {money(highest)}的 {percent(now / highest)}"
    if not known(last):
        return None
    return _change("存款余额", last, now, "上月末")


def _swing(f: Figures) -> str | None:
    months = [f[f"balance_{month}"] for month in range(6) if known(f[f"balance_{month}"])]
    if len(months) < 2 or money(min(months)) == money(max(months)):
        return None
    return f"近半年存款在 {money(min(months))}与 {money(max(months))}之间波动"


def _size(f: Figures) -> str | None:
    return f"存款余额 {money(f['balance_0'])}，三个月日均 {money(f['average_3m_0'])}"


def _demand(f: Figures) -> str | None:
    share = f["demand_0"] / f["balance_0"] if f["balance_0"] > 0 else 1.0
    return f"活期 {money(f['demand_0'])}，占存款 {percent(share)}，可随时转出"


def _term(f: Figures) -> str | None:
    now, change = f["term_0"], f["term_change_3m"]
    if now <= 0 and not (known(change) and change < 0):
        return "没有定期存款，资金全部为活期"
    if known(change) and money(now) != money(now - change):
        return f"定期存款近三个月由 {money(now - change)}{'降' if change < 0 else '升'}至 {money(now)}"
    return f"定期存款 {money(now)}，占存款 {percent(f['term_share'])}" if known(f["term_share"]) else None


def _maturing(f: Figures) -> str | None:
    soon, later, all_money = f["term_maturing_30d"], f["term_maturing_90d"], f["balance_0"]
    if soon > 0:
        return f"定期存款 {money(soon)}将在 30 天内到期"
    if later > 0 and all_money > 0:
        return f"定期存款 {money(later)}将在 90 天内到期，占存款 {percent(later / all_money)}"
    return None


def _matured(f: Figures) -> str | None:
    matured = f["term_matured_3m"]
    if not known(matured) or matured <= 0:
        return None
    return f"近三个月有定期存款 {money(matured)}到期，定期余额为 {money(f['term_0'])}"


def _accounts(f: Figures) -> str | None:
    closed, opened = f["accounts_closed_3m"], f["accounts_opened_90d"]
    if known(closed) and closed > 0:
        return f"近三个月销户 {closed:.0f} 个，现有存款账户 {f['accounts']:.0f} 个"
    if opened > 0:
        return f"近 90 天新开账户 {opened:.0f} 个，共有存款账户 {f['accounts']:.0f} 个"
    return f"在本行只有 {f['accounts']:.0f} 个存款账户" if f["accounts"] <= 2 else None


def _span(months: float) -> str:
    years, rest = divmod(int(months), 12)
    if years and rest:
        return f"{years} 年 {rest} 个月"
    return f"{years} 年" if years else f"{rest} 个月"


def _relation(f: Figures) -> str | None:
    tenure, last = f["tenure_months"], f["last_account_months"]
    if known(tenure) and tenure < 36:
        return f"成为本行客户 {_span(tenure)}"
    if not known(last):
        return None
    return f"最近一次开立存款账户在 {_span(last)}前" if last >= 1 else "最近一个月内开立了存款账户"


def _pos(f: Figures) -> str | None:
    now = f["pos_0"]
    if not known(now):
        return None
    before = [f[f"pos_{month}"] for month in range(1, 4)]
    if not known(*before) or sum(before) <= 0:
        return f"收单月流水 {money(now)}" if now > 0 else None
    mean = sum(before) / 3
    if money(now) == money(mean):
        return f"收单月流水 {money(now)}，与前三个月月均持平"
    return f"收单月流水由前三个月月均 {money(mean)}{'降' if now < mean else '升'}至 {money(now)}"


def _loans(f: Figures) -> str | None:
    if f["loan_overdue_days"] > 0:
        return f"贷款逾期 {f['loan_overdue_days']:.0f} 天，贷款余额 {money(f['loan_balance'])}"
    if f["loans_settled_3m"] > 0:
        return f"近三个月结清贷款 {f['loans_settled_3m']:.0f} 笔，现有贷款余额 {money(f['loan_balance'])}"
    if f["loan_ending_90d"] > 0:
        return f"贷款 {money(f['loan_ending_90d'])}将在 90 天内到期"
    if f["loans"] > 0:
        return f"有贷款 {f['loans']:.0f} 笔，余额 {money(f['loan_balance'])}"
    return "在本行没有贷款"


def _line(f: Figures) -> str | None:
    line = f["line"]
    if not known(line) or line <= 0:
        return None
    used = f["line_used"] if known(f["line_used"]) else 0.0
    return f"授信额度 {money(line)}，已用 {money(used)}（{percent(used / line)}）"


def _age(f: Figures) -> str | None:
    return f"客户 {f['age_years']:.0f} 岁" if known(f["age_years"]) and f["is_person"] == 1 else None


SENTENCES: dict[Say, Callable[[Figures], str | None]] = {
    Say.AVERAGE: _average,
    Say.BALANCE: _balance,
    Say.SWING: _swing,
    Say.SIZE: _size,
    Say.DEMAND: _demand,
    Say.TERM: _term,
    Say.MATURING: _maturing,
    Say.MATURED: _matured,
    Say.ACCOUNTS: _accounts,
    Say.RELATION: _relation,
    Say.POS: _pos,
    Say.LOANS: _loans,
    Say.LINE: _line,
    Say.AGE: _age,
}


def sentence(say: Say, figures: Figures) -> str | None:
    return SENTENCES[say](figures)
