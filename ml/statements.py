"""What a reason says: one statement with the customer's own figures, for each subject of `columns.Say`.

Pure. A statement tells figures as they are and never a cause; where a subject has nothing to tell of a customer
(no loan, no shop, nothing maturing) it is None and the next subject speaks.
"""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from domain.shared.statements import FEN, NUMBER, Declared, Statement, declare
from ml.features.columns import Say

Figures = Mapping[str, float]
"""Feature by name, money in yuan; NaN is unknown."""


class Change(NamedTuple):
    """How something went from one amount to another; the same is what reads the same."""

    fell: Declared
    rose: Declared
    same: Declared | None = None

    def say(self, before_yuan: float, now_yuan: float) -> Statement:
        if self.same is not None and reads_alike(before_yuan, now_yuan):
            return self.same(now_fen=fen(now_yuan))
        said = self.fell if now_yuan < before_yuan else self.rose
        return said(before_fen=fen(before_yuan), now_fen=fen(now_yuan))


def _change(code: str, *, has_same: bool = True) -> Change:
    return Change(
        declare(f"{code}_FELL", before_fen=FEN, now_fen=FEN),
        declare(f"{code}_ROSE", before_fen=FEN, now_fen=FEN),
        declare(f"{code}_SAME", now_fen=FEN) if has_same else None,
    )


AVERAGE = _change("SCORE_AVERAGE", has_same=False)
AVERAGE_OF_MONTH = _change("SCORE_AVERAGE_OF_MONTH")
BALANCE = _change("SCORE_BALANCE")
TERM_CHANGE = _change("SCORE_TERM", has_same=False)
POS_CHANGE = _change("SCORE_POS")
SIZE = declare("SCORE_SIZE", balance_fen=FEN, average_fen=FEN)
BELOW_HIGHEST = declare(
    "SCORE_BELOW_HIGHEST", balance_fen=FEN, months=NUMBER, highest_fen=FEN, left_share=NUMBER
)
SWING = declare("SCORE_SWING", lowest_fen=FEN, highest_fen=FEN)
DEMAND = declare("SCORE_DEMAND", demand_fen=FEN, demand_share=NUMBER)
NO_TERM = declare("SCORE_NO_TERM")
TERM = declare("SCORE_TERM", term_fen=FEN, term_share=NUMBER)
MATURING_30D = declare("SCORE_MATURING_30D", maturing_fen=FEN)
MATURING_90D = declare("SCORE_MATURING_90D", maturing_fen=FEN, maturing_share=NUMBER)
MATURED = declare("SCORE_MATURED", matured_fen=FEN, term_fen=FEN)
CLOSED = declare("SCORE_ACCOUNTS_CLOSED", closed=NUMBER, accounts=NUMBER)
OPENED = declare("SCORE_ACCOUNTS_OPENED", opened=NUMBER, accounts=NUMBER)
FEW_ACCOUNTS = declare("SCORE_FEW_ACCOUNTS", accounts=NUMBER)
TENURE = declare("SCORE_TENURE", tenure_months=NUMBER)
LAST_ACCOUNT = declare("SCORE_LAST_ACCOUNT", ago_months=NUMBER)
NEW_ACCOUNT = declare("SCORE_NEW_ACCOUNT")
POS = declare("SCORE_POS", pos_fen=FEN)
LOAN_OVERDUE = declare("SCORE_LOAN_OVERDUE", days=NUMBER, loan_fen=FEN)
LOANS_SETTLED = declare("SCORE_LOANS_SETTLED", settled=NUMBER, loan_fen=FEN)
LOAN_ENDING = declare("SCORE_LOAN_ENDING", ending_fen=FEN)
LOANS = declare("SCORE_LOANS", loans=NUMBER, loan_fen=FEN)
NO_LOANS = declare("SCORE_NO_LOANS")
LINE = declare("SCORE_LINE", line_fen=FEN, used_fen=FEN, used_share=NUMBER)
AGE = declare("SCORE_AGE", years=NUMBER)


def fen(yuan: float) -> int:
    return round(yuan * 100)


def reads_alike(a_yuan: float, b_yuan: float) -> bool:
    """Whether nobody could tell the two apart: to the yuan, from ten thousand on to the hundred."""
    return _as_read(a_yuan) == _as_read(b_yuan)


def _as_read(yuan: float) -> tuple[int, int]:
    unit = 100 if abs(yuan) >= 10_000 else 1
    return unit, round(yuan / unit)


def known(*values: float) -> bool:
    return not any(math.isnan(value) for value in values)


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4)


def _average(f: Figures) -> Statement | None:
    now, before = f["average_3m_0"], f["average_3m_3"]
    if not known(before) or before <= 0:
        before = f["average_3m_1"]
        if not known(before) or before <= 0:
            return _size(f)
        return AVERAGE_OF_MONTH.say(before, now)
    return AVERAGE.say(before, now)


def _balance(f: Figures) -> Statement | None:
    now, last = f["balance_0"], f["balance_1"]
    months = [f[f"balance_{month}"] for month in range(1, 6) if known(f[f"balance_{month}"])]
    highest = max(months, default=0.0)
    if highest > now > 0 and now < 0.9 * highest and (not known(last) or last <= 0 or now >= 0.9 * last):
        return BELOW_HIGHEST(
            balance_fen=fen(now),
            months=len(months),
            highest_fen=fen(highest),
            left_share=_share(now, highest),
        )
    if not known(last):
        return None
    return BALANCE.say(last, now)


def _swing(f: Figures) -> Statement | None:
    months = [f[f"balance_{month}"] for month in range(6) if known(f[f"balance_{month}"])]
    if len(months) < 2 or reads_alike(min(months), max(months)):
        return None
    return SWING(lowest_fen=fen(min(months)), highest_fen=fen(max(months)))


def _size(f: Figures) -> Statement | None:
    return SIZE(balance_fen=fen(f["balance_0"]), average_fen=fen(f["average_3m_0"]))


def _demand(f: Figures) -> Statement | None:
    share = _share(f["demand_0"], f["balance_0"]) if f["balance_0"] > 0 else 1.0
    return DEMAND(demand_fen=fen(f["demand_0"]), demand_share=share)


def _term(f: Figures) -> Statement | None:
    now, change = f["term_0"], f["term_change_3m"]
    if now <= 0 and not (known(change) and change < 0):
        return NO_TERM()
    if known(change) and not reads_alike(now, now - change):
        return TERM_CHANGE.say(now - change, now)
    share = f["term_share"]
    return TERM(term_fen=fen(now), term_share=round(share, 4)) if known(share) else None


def _maturing(f: Figures) -> Statement | None:
    soon, later, all_money = f["term_maturing_30d"], f["term_maturing_90d"], f["balance_0"]
    if soon > 0:
        return MATURING_30D(maturing_fen=fen(soon))
    if later > 0 and all_money > 0:
        return MATURING_90D(maturing_fen=fen(later), maturing_share=_share(later, all_money))
    return None


def _matured(f: Figures) -> Statement | None:
    matured = f["term_matured_3m"]
    if not known(matured) or matured <= 0:
        return None
    return MATURED(matured_fen=fen(matured), term_fen=fen(f["term_0"]))


def _accounts(f: Figures) -> Statement | None:
    closed, opened, accounts = f["accounts_closed_3m"], f["accounts_opened_90d"], f["accounts"]
    if known(closed) and closed > 0:
        return CLOSED(closed=round(closed), accounts=round(accounts))
    if opened > 0:
        return OPENED(opened=round(opened), accounts=round(accounts))
    return FEW_ACCOUNTS(accounts=round(accounts)) if accounts <= 2 else None


def _relation(f: Figures) -> Statement | None:
    tenure, last = f["tenure_months"], f["last_account_months"]
    if known(tenure) and tenure < 36:
        return TENURE(tenure_months=int(tenure))
    if not known(last):
        return None
    return LAST_ACCOUNT(ago_months=int(last)) if last >= 1 else NEW_ACCOUNT()


def _pos(f: Figures) -> Statement | None:
    now = f["pos_0"]
    if not known(now):
        return None
    before = [f[f"pos_{month}"] for month in range(1, 4)]
    if not known(*before) or sum(before) <= 0:
        return POS(pos_fen=fen(now)) if now > 0 else None
    return POS_CHANGE.say(sum(before) / 3, now)


def _loans(f: Figures) -> Statement | None:
    loan_fen = fen(f["loan_balance"])
    if f["loan_overdue_days"] > 0:
        return LOAN_OVERDUE(days=round(f["loan_overdue_days"]), loan_fen=loan_fen)
    if f["loans_settled_3m"] > 0:
        return LOANS_SETTLED(settled=round(f["loans_settled_3m"]), loan_fen=loan_fen)
    if f["loan_ending_90d"] > 0:
        return LOAN_ENDING(ending_fen=fen(f["loan_ending_90d"]))
    if f["loans"] > 0:
        return LOANS(loans=round(f["loans"]), loan_fen=loan_fen)
    return NO_LOANS()


def _line(f: Figures) -> Statement | None:
    line = f["line"]
    if not known(line) or line <= 0:
        return None
    used = f["line_used"] if known(f["line_used"]) else 0.0
    return LINE(line_fen=fen(line), used_fen=fen(used), used_share=_share(used, line))


def _age(f: Figures) -> Statement | None:
    return AGE(years=round(f["age_years"])) if known(f["age_years"]) and f["is_person"] == 1 else None


STATEMENTS: dict[Say, Callable[[Figures], Statement | None]] = {
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


def statement(say: Say, figures: Figures) -> Statement | None:
    return STATEMENTS[say](figures)
