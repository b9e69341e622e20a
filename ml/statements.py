"""What a reason says: one statement with the customer's own figures, for each subject of `columns.Say`.

Pure. A statement is what a customer manager would say himself when he is asked why this customer may take his money
away: a fall, money that can leave, money that came suddenly and is likely in transit. What grew steadily, stayed as it
was or is merely so is no reason, whatever weight the model gives it: there the subject is silent, the next one speaks.
"""

import math
from collections.abc import Callable, Mapping

from domain.shared.statements import FEN, NUMBER, Statement, declare
from ml.features.columns import Say

Figures = Mapping[str, float]
"""Feature by name, money in yuan; NaN is unknown."""


LESS = 0.95
"""What fell by less than a twentieth has not fallen, to whoever speaks of it."""
JUMP = 1.5
"""Half as much again since a month-end, or above the average: not saved up but come in, and likely to go on."""
SMALL_YUAN = 10_000
UNUSED_DAYS = 45
"""A month and a half: who looks in once a month has not gone silent."""
LONG_AGO_MONTHS = 24
NEW_CUSTOMER_MONTHS = 36

BALANCE_FELL = declare("SCORE_BALANCE_FELL", before_fen=FEN, now_fen=FEN)
BALANCE_JUMPED = declare("SCORE_BALANCE_JUMPED", before_fen=FEN, now_fen=FEN)
BELOW_HIGHEST = declare(
    "SCORE_BELOW_HIGHEST", balance_fen=FEN, months=NUMBER, highest_fen=FEN, left_share=NUMBER
)
AVERAGE_FELL = declare("SCORE_AVERAGE_FELL", before_fen=FEN, now_fen=FEN)
AVERAGE_OF_MONTH_FELL = declare("SCORE_AVERAGE_OF_MONTH_FELL", before_fen=FEN, now_fen=FEN)
BELOW_AVERAGE = declare("SCORE_BELOW_AVERAGE", balance_fen=FEN, average_fen=FEN, left_share=NUMBER)
ABOVE_AVERAGE = declare("SCORE_ABOVE_AVERAGE", balance_fen=FEN, average_fen=FEN)
SMALL = declare("SCORE_SMALL", balance_fen=FEN)
SWING = declare("SCORE_SWING", lowest_fen=FEN, highest_fen=FEN)
DEMAND = declare("SCORE_DEMAND", demand_fen=FEN, demand_share=NUMBER)
ALL_DEMAND = declare("SCORE_ALL_DEMAND", demand_fen=FEN)
NO_TERM = declare("SCORE_NO_TERM")
TERM_FELL = declare("SCORE_TERM_FELL", before_fen=FEN, now_fen=FEN)
LITTLE_TERM = declare("SCORE_LITTLE_TERM", term_fen=FEN, term_share=NUMBER)
MATURING_30D = declare("SCORE_MATURING_30D", maturing_fen=FEN)
MATURING_90D = declare("SCORE_MATURING_90D", maturing_fen=FEN, maturing_share=NUMBER)
MATURED = declare("SCORE_MATURED", matured_fen=FEN, term_fen=FEN)
CLOSED = declare("SCORE_ACCOUNTS_CLOSED", closed=NUMBER, accounts=NUMBER)
FEW_ACCOUNTS = declare("SCORE_FEW_ACCOUNTS", accounts=NUMBER)
TENURE = declare("SCORE_TENURE", tenure_months=NUMBER)
LAST_ACCOUNT = declare("SCORE_LAST_ACCOUNT", ago_months=NUMBER)
POS_FELL = declare("SCORE_POS_FELL", before_fen=FEN, now_fen=FEN)
TAKINGS_LEAVE = declare("SCORE_TAKINGS_LEAVE", pos_fen=FEN, balance_fen=FEN)
LOAN_OVERDUE = declare("SCORE_LOAN_OVERDUE", days=NUMBER, loan_fen=FEN)
LOANS_SETTLED = declare("SCORE_LOANS_SETTLED", settled=NUMBER, loan_fen=FEN)
LOAN_ENDING = declare("SCORE_LOAN_ENDING", ending_fen=FEN)
NO_LOANS = declare("SCORE_NO_LOANS")
LINE_ENDING = declare("SCORE_LINE_ENDING", ending_fen=FEN)
LINE_UNUSED = declare("SCORE_LINE_UNUSED", line_fen=FEN, used_fen=FEN)
CHANNEL_UNUSED = declare("SCORE_CHANNEL_UNUSED", days=NUMBER)
MOBILE_UNUSED = declare("SCORE_MOBILE_UNUSED", days=NUMBER)
_SAID_ONCE = tuple(
    frozenset(one.code for one in ways)
    for ways in (
        (BALANCE_FELL, BELOW_HIGHEST, BELOW_AVERAGE, SMALL),
        (BALANCE_JUMPED, ABOVE_AVERAGE),
        (ALL_DEMAND, DEMAND, NO_TERM, LITTLE_TERM),
    )
)
"""Ways to say the same of a customer: that little is left, that money has just come, that it can leave at any time."""


def tell_the_same(a: Statement, b: Statement) -> bool:
    """Whether a person would say only one of the two."""
    return any({a.code, b.code} <= codes for codes in _SAID_ONCE)


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


def _fell(before: float, now: float) -> bool:
    return known(before) and now < LESS * before and not reads_alike(before, now)


def _average(f: Figures) -> Statement | None:
    now = f["average_3m_0"]
    if _fell(f["average_3m_3"], now):
        return AVERAGE_FELL(before_fen=fen(f["average_3m_3"]), now_fen=fen(now))
    if not known(f["average_3m_3"]) and _fell(f["average_3m_1"], now):
        return AVERAGE_OF_MONTH_FELL(before_fen=fen(f["average_3m_1"]), now_fen=fen(now))
    return _against_average(f)


def _against_average(f: Figures) -> Statement | None:
    now, average = f["balance_0"], f["average_3m_0"]
    if _fell(average, now):
        return BELOW_AVERAGE(balance_fen=fen(now), average_fen=fen(average), left_share=_share(now, average))
    if now >= JUMP * average and not reads_alike(now, average):
        return ABOVE_AVERAGE(balance_fen=fen(now), average_fen=fen(average))
    return None


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
    if _fell(last, now):
        return BALANCE_FELL(before_fen=fen(last), now_fen=fen(now))
    if known(last) and now >= JUMP * last and not reads_alike(last, now):
        return BALANCE_JUMPED(before_fen=fen(last), now_fen=fen(now))
    return None


def _swing(f: Figures) -> Statement | None:
    months = [f[f"balance_{month}"] for month in range(6) if known(f[f"balance_{month}"])]
    if len(months) < 2 or min(months) > max(months) / 2 or reads_alike(min(months), max(months)):
        return None
    return SWING(lowest_fen=fen(min(months)), highest_fen=fen(max(months)))


def _size(f: Figures) -> Statement | None:
    said = _against_average(f)
    if said is None and f["balance_0"] < SMALL_YUAN:
        return SMALL(balance_fen=fen(f["balance_0"]))
    return said


def _demand(f: Figures) -> Statement | None:
    demand, balance = f["demand_0"], f["balance_0"]
    if balance <= 0 or demand < balance / 2:
        return None
    if reads_alike(demand, balance):
        return ALL_DEMAND(demand_fen=fen(demand))
    return DEMAND(demand_fen=fen(demand), demand_share=_share(demand, balance))


def _term(f: Figures) -> Statement | None:
    now, change, share = f["term_0"], f["term_change_3m"], f["term_share"]
    if known(change) and _fell(now - change, now):
        return TERM_FELL(before_fen=fen(now - change), now_fen=fen(now))
    if now <= 0:
        return NO_TERM()
    if known(share) and share < 0.5:
        return LITTLE_TERM(term_fen=fen(now), term_share=round(share, 4))
    return None


def _maturing(f: Figures) -> Statement | None:
    soon, later, all_money = f["term_maturing_30d"], f["term_maturing_90d"], f["balance_0"]
    if soon > 0:
        return MATURING_30D(maturing_fen=fen(soon))
    if later > 0 and all_money > 0:
        return MATURING_90D(maturing_fen=fen(later), maturing_share=_share(later, all_money))
    return None


def _matured(f: Figures) -> Statement | None:
    matured = f["term_matured_3m"]
    if not known(matured) or matured <= f["term_0"]:
        return None  # nothing matured, or it went into term deposits again
    return MATURED(matured_fen=fen(matured), term_fen=fen(f["term_0"]))


def _accounts(f: Figures) -> Statement | None:
    closed, accounts = f["accounts_closed_3m"], f["accounts"]
    if known(closed) and closed > 0:
        return CLOSED(closed=round(closed), accounts=round(accounts))
    return FEW_ACCOUNTS(accounts=round(accounts)) if 0 < accounts <= 2 else None


def _relation(f: Figures) -> Statement | None:
    tenure, last = f["tenure_months"], f["last_account_months"]
    if known(tenure) and tenure < NEW_CUSTOMER_MONTHS:
        return TENURE(tenure_months=int(tenure))
    return LAST_ACCOUNT(ago_months=int(last)) if known(last) and last >= LONG_AGO_MONTHS else None


def _pos(f: Figures) -> Statement | None:
    now, balance = f["pos_0"], f["balance_0"]
    if not known(now):
        return None
    before = [f[f"pos_{month}"] for month in range(1, 4)]
    if _fell(sum(before) / 3, now):
        return POS_FELL(before_fen=fen(sum(before) / 3), now_fen=fen(now))
    if now > 0 and balance < now / 2:
        return TAKINGS_LEAVE(pos_fen=fen(now), balance_fen=fen(balance))
    return None


def _loans(f: Figures) -> Statement | None:
    loan_fen = fen(f["loan_balance"])
    if f["loan_overdue_days"] > 0:
        return LOAN_OVERDUE(days=round(f["loan_overdue_days"]), loan_fen=loan_fen)
    if f["loans_settled_3m"] > 0:
        return LOANS_SETTLED(settled=round(f["loans_settled_3m"]), loan_fen=loan_fen)
    if f["loan_ending_90d"] > 0:
        return LOAN_ENDING(ending_fen=fen(f["loan_ending_90d"]))
    return None if f["loans"] > 0 else NO_LOANS()


def _line(f: Figures) -> Statement | None:
    line = f["line"]
    if not known(line) or line <= 0:
        return None
    ending = f["line_ending_90d"]
    if known(ending) and ending > 0:
        return LINE_ENDING(ending_fen=fen(ending))
    used = f["line_used"] if known(f["line_used"]) else 0.0
    return LINE_UNUSED(line_fen=fen(line), used_fen=fen(used)) if used < line / 10 else None


def _channel(f: Figures) -> Statement | None:
    unused, mobile = f["channel_unused_days"], f["mobile_unused_days"]
    if known(unused) and unused >= UNUSED_DAYS:
        return CHANNEL_UNUSED(days=round(unused))
    return MOBILE_UNUSED(days=round(mobile)) if known(mobile) and mobile >= UNUSED_DAYS else None


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
    Say.CHANNEL: _channel,
}


def statement(say: Say, figures: Figures) -> Statement | None:
    return STATEMENTS[say](figures)
