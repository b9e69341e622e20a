"""Rows of loan and credit_line."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from api.county.generator.clerks import Chance
from api.county.generator.files import yuan
from api.county.generator.loan_terms import Terms, business_lines_fen, terms_of
from api.county.generator.loans_apart import foreign_lines, loans_apart
from api.county.generator.mishaps import padded_now_and_then
from api.county.generator.places import Ints
from api.county.generator.rows import SEPARATOR, FeedRows, day
from api.county.generator.world import World

_PERSONAL = (("C", "个人消费贷款"), ("B", "农户小额贷款"), ("B", "个人经营贷款"))
_COMPANY = (("B", "小微企业流动资金贷款"), ("B", "惠农快贷"))
_GUARANTEES = ("信用", "保证", "抵押", "质押")
_LINE_SERIALS = 3000
_BALANCE = 8


@dataclass
class Lending:
    """The loans of a block with the text of their rows that never changes, and their contracts."""

    world: World
    prefix: list[str] = field(default_factory=list)
    middle: list[str] = field(default_factory=list)
    suffix: list[str] = field(default_factory=list)
    terms: list[Terms] = field(default_factory=list)
    apart: list[list[str]] = field(default_factory=list)
    """Columns of loans in dollars and for other people's account, which stand still; they are on both nights."""

    def loan_rows(self) -> FeedRows:
        """The two nights: repayments in parts move, days overdue count on, loans are drawn and settled."""
        rows = FeedRows("loan")
        as_of = self.world.block.timeline.as_of.toordinal()
        today, before = self.world.loans.balance_fen(as_of), self.world.loans.balance_fen(as_of - 1)
        steady = self.world.loans.in_parts & (today > 0) & (before > 0)
        before = np.where(steady, today, before)  # instalments are booked once a month
        for k in np.flatnonzero(self.world.loans.start <= as_of).tolist():
            line, fen = [self._line(k, as_of, int(today[k]))], int(today[k])
            earlier: list[str] | None = None
            if self.world.loans.start[k] < as_of:
                earlier = [self._line(k, as_of - 1, int(before[k]))]
            rows.add_changed(line, line if earlier == line else earlier, None, 0, fen, int(before[k]))
        for columns in self.apart:
            rows.add(columns, None, 0, _fen(columns[_BALANCE]))
        return rows

    def true_flags(self) -> Iterable[tuple[str, str, str, str]]:
        """For the truth: number and 涉农, 普惠型涉农, 普惠型小微 by the rules."""
        for prefix, terms in zip(self.prefix, self.terms, strict=True):
            farm, inclusive_farm, inclusive_small = ("true" if flag else "false" for flag in terms.true)
            yield prefix.split(SEPARATOR, 1)[0], farm, inclusive_farm, inclusive_small

    def month_end(self, point: int) -> tuple[list[str], int]:
        on = self.world.block.timeline.points[point].toordinal()
        balance: Ints = self.world.loans.balance_fen(on)
        there = np.flatnonzero(self.world.loans.start <= on).tolist()
        return [self._line(k, on, int(balance[k])) + "\n" for k in there], int(balance[there].sum())

    def _line(self, k: int, on: int, balance_fen: int) -> str:
        loans = self.world.loans
        late = max(0, on - int(loans.end[k])) if balance_fen else 0
        grade = "正常" if late == 0 else "关注" if late <= 90 else "次级" if late <= 180 else "可疑"
        status = "1" if balance_fen else "0"
        end = f"{grade}{SEPARATOR}{late}{self.suffix[k]}{status}{self.terms[k].text(late)}"
        return f"{self.prefix[k]}{yuan(balance_fen)}{self.middle[k]}{end}"


def make_lending(world: World) -> Lending:
    rng = world.block.rng(11)
    lending, loans = Lending(world), world.loans
    draws = rng.random((3, loans.size)).tolist()
    chance, of_terms = Chance(world.block.rng(34)), Chance(world.block.rng(41))
    chosen = [_product(world, h, draws[0][k]) for k, h in enumerate(loans.holder.tolist())]
    lines_fen = business_lines_fen(world, [purpose for purpose, _ in chosen])
    for k, h in enumerate(loans.holder.tolist()):
        purpose, product = chosen[k]
        firm = int(world.holder_firm[h])
        industry = world.firms.industry[firm] if firm >= 0 else ("A0111" if purpose == "B" else "")
        guarantee = _GUARANTEES[int(draws[1][k] ** 2 * len(_GUARANTEES))]
        head = (
            f"JJ{world.block.serial(k):010d}", _contract(world, h),
            padded_now_and_then(world.holder_number(h), chance, world.block.counts), product, purpose,
            industry, guarantee, yuan(int(loans.amount_yuan[k]) * 100), "",
        )  # fmt: skip
        middle = ("", f"{loans.rate_percent[k]:.4f}", day(loans.start[k]), day(loans.end[k]), "")
        lending.prefix.append(SEPARATOR.join(head))
        lending.middle.append(SEPARATOR.join(middle))
        lending.suffix.append(SEPARATOR.join(("", world.holder_outlet(h), "")))
        lending.terms.append(terms_of(world, of_terms, h, purpose, industry, int(lines_fen[h])))
    lending.apart = loans_apart(world)
    return lending


def _product(world: World, holder: int, draw: float) -> tuple[str, str]:
    products = _PERSONAL if world.holder_person[holder] >= 0 else _COMPANY
    return products[int(draw * len(products))]


def _fen(yuan_text: str) -> int:
    """Fen of an amount with its two decimals."""
    return int(yuan_text.replace(".", ""))


def _contract(world: World, holder: int) -> str:
    return f"HT{world.block.serial(_LINE_SERIALS + holder):010d}"


def line_rows(world: World) -> FeedRows:
    """A contract for each borrower, and lines approved beforehand that nobody has drawn."""
    rows = FeedRows("credit_line")
    rng = world.block.rng(12)
    chance = Chance(world.block.rng(35))
    as_of = world.block.timeline.as_of.toordinal()
    loans, n = world.loans, world.holders.size
    there = loans.start <= as_of
    used = np.bincount(loans.holder[there], weights=loans.balance_fen(as_of)[there] / 100, minlength=n)
    granted = np.zeros(n)
    np.maximum.at(granted, loans.holder[there], loans.amount_yuan[there].astype(float))
    spare = (granted == 0) & world.holders.has_line
    granted = np.where(spare, np.round(rng.lognormal(10.8, 0.6, n), -4) + 10_000, granted)
    since = as_of - rng.integers(2, 900, n)
    changed = rng.random(n) < 0.03
    for h in np.flatnonzero(granted > 0).tolist():
        line, drawn = int(granted[h]) * 100, round(used[h] * 100)
        line = max(line, drawn)
        has_firm = world.holder_firm[h] >= 0
        columns = [
            _contract(world, h),
            padded_now_and_then(world.holder_number(h), chance, world.block.counts),
            yuan(line),
            yuan(drawn),
            "Y" if spare[h] else "N",
            day(since[h]),
            day(int(since[h]) + 1096),
            "B" if has_firm or h % 3 else "C",
            "1",
            "CNY",
            _GUARANTEES[0] if spare[h] else "",
        ]
        before, line_before = columns, line
        if changed[h] and since[h] < as_of - 1:  # the line was raised tonight
            line_before = max(line // 2, drawn)
            before = [*columns[:2], yuan(line_before), *columns[3:]]
        rows.add_changed(columns, before, None, 0, line, line_before)
    for columns in foreign_lines(world):
        rows.add(columns, None, 0, _fen(columns[2]))
    return rows
