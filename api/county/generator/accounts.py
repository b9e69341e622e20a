"""Deposit accounts of a block: static text made once, balances and averages at every point, lines for each file."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.county.generator import numbering
from api.county.generator.clerks import Chance
from api.county.generator.currencies import yuan_as_written
from api.county.generator.dirt import RATES
from api.county.generator.mishaps import padded_now_and_then
from api.county.generator.places import Floats, Ints
from api.county.generator.rows import SEPARATOR, day
from api.county.generator.timeline import AS_OF, POINTS, Timeline
from api.county.generator.world import World
from domain.feeds.contracts import CORE_DEPOSIT, OPEN_DATE

_LINE = b"%b%.2f" + SEPARATOR.encode() + b"%.2f" + SEPARATOR.encode() + b"%.2f%b"
_NOUGHT, _BARE = SEPARATOR.encode() + b"0.", SEPARATOR.encode() + b"."
# 活期储蓄 定期储蓄 单位活期 单位定期 with their subject in the general ledger
_PRODUCTS = (("2111", "活期储蓄"), ("2113", "定期储蓄"), ("2011", "单位活期"), ("2013", "单位定期"))
_MOVING = 0.05  # of current accounts move on a night
_ACCOUNT_SLOTS = 4


@dataclass
class Accounts:
    """`slot`: 0 and 1 current accounts, 2 and 3 the holder's term deposits. Money in fen, (points, accounts)."""

    holder: Ints
    slot: Ints
    opened: Ints
    balance: Ints
    month: Ints
    three_months: Ints
    matures: Ints
    has_closed: NDArray[np.bool_]
    is_bare: NDArray[np.bool_]
    """Printed without the nought before the point."""
    prefix: list[bytes]
    opened_text: list[str]
    outlet: list[str]
    suffix: list[bytes]
    """Of a current account, which never changes; a term deposit's is made anew for each file."""

    @property
    def size(self) -> int:
        return int(self.holder.size)

    def of_holders(self, values: Ints, holders: int) -> Floats:
        """Sums fen of accounts into yuan of holders."""
        return np.asarray(
            np.bincount(self.holder, weights=values / 100.0, minlength=holders), dtype=np.float64
        )


def make_accounts(world: World) -> Accounts:
    rng = world.block.rng(5)
    holder, slot, fraction = _slots(rng, world)
    timeline, paths = world.block.timeline, world.paths
    days = np.array([p.toordinal() for p in timeline.points])
    opened = _opened(rng, world, holder, slot)
    is_term = slot >= 2
    term = np.where(is_term, slot - 2, 0)
    yuan = np.where(is_term, paths.terms[:, term, holder], paths.current[:, holder] * fraction)
    fen = np.rint(yuan * 100).astype(np.int64)
    fen[days[:, None] < opened[None, :]] = 0
    month, three = averages(timeline, fen)
    opened_text = [day(o) for o in opened.tolist()]
    outlet = [world.holder_outlet(h) for h in holder.tolist()]
    return Accounts(
        holder=holder,
        slot=slot,
        opened=opened,
        balance=fen,
        month=month,
        three_months=three,
        matures=np.where(is_term, paths.matures[:, term, holder], 0),
        is_bare=world.block.rng(36).random(holder.size) < RATES["amount_without_nought"],
        has_closed=is_term & (paths.terms[:, term, holder] == 0),
        prefix=_prefixes(world, holder, slot),
        opened_text=opened_text,
        outlet=outlet,
        suffix=[_suffix(o, OPEN_DATE, code, "1") for o, code in zip(opened_text, outlet, strict=True)],
    )


def averages(timeline: Timeline, fen: Ints) -> tuple[Ints, Ints]:
    """(average of the last month, of the last three) at each point, as the core reckons them."""
    month = np.zeros_like(fen, dtype=np.float64)
    month[1:] = (fen[1:] + fen[:-1]) / 2.0
    three = np.zeros_like(month)
    three[3:] = (month[3:] + month[2:-1] + month[1:-2]) / 3.0
    part, p = timeline.part, AS_OF
    whole = part * month[p] + (1 - part) * month[p - 1]
    three[p] = (part * month[p] + month[p - 1] + month[p - 2] + (1 - part) * month[p - 3]) / 3.0
    future = month[p + 1 :].copy()
    month[p] = whole
    for ahead in range(POINTS - p - 1):  # the truth alone looks at these: averages since the data date
        three[p + 1 + ahead] = future[: ahead + 1].mean(axis=0)
    return np.rint(month).astype(np.int64), np.rint(three).astype(np.int64)


def month_end_lines(timeline: Timeline, accounts: Accounts, point: int) -> tuple[bytes, int, int]:
    """(lines, rows, sum in fen) of the accounts that exist at a point."""
    there = np.flatnonzero(accounts.opened <= timeline.points[point].toordinal())
    values = (accounts.balance[point], accounts.month[point], accounts.three_months[point])
    return _lines(accounts, there, point, *values)


def night_before_lines(
    rng: np.random.Generator, timeline: Timeline, accounts: Accounts
) -> tuple[bytes, int, int]:
    """The accounts as they were the day before: some have moved since, new ones were not there."""
    moved = (accounts.slot < 2) & (rng.random(accounts.size) < _MOVING)
    before = accounts.balance[AS_OF] * np.exp(0.18 * rng.standard_normal(accounts.size))
    balance = np.where(moved, np.rint(before).astype(np.int64), accounts.balance[AS_OF])
    drift = np.rint((balance - accounts.balance[AS_OF]) / 30.0).astype(np.int64)
    month = accounts.month[AS_OF] + drift
    three = accounts.three_months[AS_OF] + drift // 3
    there = np.flatnonzero(accounts.opened < timeline.as_of.toordinal())
    return _lines(accounts, there, AS_OF, balance, month, three)


def _lines(
    accounts: Accounts, there: Ints, point: int, balance: Ints, month: Ints, three: Ints
) -> tuple[bytes, int, int]:
    chosen = there.tolist()
    prefix, suffix = accounts.prefix, accounts.suffix.copy()
    closed = accounts.has_closed[point].tolist()
    for a in np.flatnonzero(accounts.slot >= 2).tolist():
        due = day(accounts.matures[point, a])
        suffix[a] = _suffix(accounts.opened_text[a], due, accounts.outlet[a], "0" if closed[a] else "1")
    yuan = ((column[there] / 100.0).tolist() for column in (balance, month, three))
    columns = zip((prefix[a] for a in chosen), *yuan, (suffix[a] for a in chosen), strict=True)
    lines = [_LINE % row for row in columns]
    for k in np.flatnonzero(accounts.is_bare[there]).tolist():
        lines[k] = lines[k].replace(_NOUGHT, _BARE)
    return b"".join(lines), len(chosen), int(balance[there].sum())


def _suffix(opened: str, due: str, outlet: str, status: str) -> bytes:
    return SEPARATOR.join(("", opened, due, outlet, status + "\n")).encode("ascii")


def _slots(rng: np.random.Generator, world: World) -> tuple[Ints, Ints, Floats]:
    """One current account for each, two where there are two customer numbers and no term deposit, and the terms."""
    n = world.holders.size
    person = np.maximum(world.holder_person, 0)
    second = (world.holder_person >= 0) & world.presence.person_second[person]
    terms = world.paths.terms[0] > 0
    two = (second & ~terms.any(axis=0)) | (rng.random(n) < 0.03)
    fraction = rng.uniform(0.3, 0.85, n)
    everyone = np.arange(n)
    holder = np.concatenate([everyone, everyone[two], everyone[terms[0]], everyone[terms[1]]])
    slot = np.repeat(np.arange(_ACCOUNT_SLOTS), [n, two.sum(), terms[0].sum(), terms[1].sum()])
    first = np.where(two, fraction, 1.0)
    share = np.concatenate([first, 1.0 - first[two], np.ones(int(terms.sum()))])
    order = np.lexsort((slot, holder))
    return holder[order], slot[order], share[order]


def _opened(rng: np.random.Generator, world: World, holder: Ints, slot: Ints) -> Ints:
    """A term deposit was opened a whole number of terms before it first falls due, an account with its customer."""
    opened = world.holders.opened[holder]
    start = world.block.timeline.points[0].toordinal()
    term = np.maximum(slot - 2, 0)
    due = world.paths.matures[0][term, holder] - rng.integers(90, 400, holder.size)
    return np.where((slot >= 2) & (opened < start), np.maximum(opened, np.minimum(due, start)), opened)


def _prefixes(world: World, holder: Ints, slot: Ints) -> list[bytes]:
    made: list[bytes] = []
    chance = Chance(world.block.rng(33))
    for h, s in zip(holder.tolist(), slot.tolist(), strict=True):
        person = int(world.holder_person[h])
        number = world.holder_number(h)
        if s > 0 and person >= 0 and world.presence.person_second[person]:
            number = world.presence.second_number[person]
        number = padded_now_and_then(number, chance, world.block.counts)
        subject, product = _PRODUCTS[2 * (world.holders.kind[h] > 1) + (s >= 2)]
        currency = yuan_as_written(chance, world.block.counts)
        columns = (account_of(world, h, s), number, subject, product, currency, "")
        made.append(SEPARATOR.join(columns).encode(CORE_DEPOSIT.encoding))
    return made


def account_of(world: World, holder: int, slot: int) -> str:
    serial = world.block.serial(holder * _ACCOUNT_SLOTS + slot)
    return numbering.account_number(world.holder_outlet(holder), 10 + slot, serial)
