"""Rows of channel: mobile bank, WeChat and quick pay of those who hold deposits, at every month-end and both nights.

Whom something draws away (the frailty that no balance shows) looks at the bank's app less often: silence there is an
early sign of leaving, and a weak one, for many look seldom and stay.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from api.county.generator.families import Flags
from api.county.generator.places import Ints
from api.county.generator.rows import SEPARATOR, FeedRows, day
from api.county.generator.timeline import AS_OF, BURN_IN
from api.county.generator.world import World

_CODES = ("MB", "WX", "QP")
# Who has a channel: of those under 35, under 60, and older; firms have the mobile bank alone.
_SHARES = ((0.80, 0.45, 0.62), (0.55, 0.34, 0.45), (0.14, 0.12, 0.10))
_FIRMS_SHARE = 0.35
_CLOSED = 0.03
_DAYS_BETWEEN = (9.0, 16.0, 6.0)  # from use to use, of whom nothing draws away
# One user in so many is seen tonight who was not the night before.
_SEEN_TONIGHT = 25


@dataclass(frozen=True)
class Channels:
    """By channel and holder. `used` are days by (channel, point from BURN_IN on, holder)."""

    world: World
    has: Flags
    opened: Ints
    is_closed: Flags
    used: Ints

    def rows(self) -> FeedRows:
        """Both nights."""
        rows, tonight = FeedRows("channel"), self.world.block.timeline.as_of.toordinal()
        for channel, holder in zip(*map(np.ndarray.tolist, np.nonzero(self.has)), strict=True):
            if self.opened[channel, holder] > tonight - 1:
                continue
            used = int(self.used[channel, AS_OF - BURN_IN, holder])
            before = self._columns(channel, holder, min(used, tonight - 1))
            seen = holder % _SEEN_TONIGHT == 3 and not self.is_closed[channel, holder]
            columns = self._columns(channel, holder, tonight) if seen else before
            rows.add_changed(columns, before, None, 0)
            rows.tell("/".join(columns[:2]), self.world.holder_party(holder))
        return rows

    def month_end(self, point: int) -> list[str]:
        """Lines of a month-end: those who had the channel by then, all of them open."""
        on = self.world.block.timeline.points[point].toordinal()
        used = self.used[:, point - BURN_IN]
        seen = {int(one): day(int(one)) for one in np.unique(used)}
        last = np.where(used > self.opened, used, 0)[self.has].tolist()
        there = (self.opened[self.has] <= on).tolist()
        return [
            f"{head}{seen[one] if one else ''}{SEPARATOR}1\n"
            for head, one, is_there in zip(self._heads, last, there, strict=True)
            if is_there
        ]

    @cached_property
    def _heads(self) -> list[str]:
        """What stands before the day of use, which no month changes."""
        return [
            SEPARATOR.join(
                (
                    self.world.holder_number(holder),
                    _CODES[channel],
                    day(int(self.opened[channel, holder])),
                    "",
                )
            )
            for channel, holder in zip(*map(np.ndarray.tolist, np.nonzero(self.has)), strict=True)
        ]

    def _columns(self, channel: int, holder: int, used: int) -> list[str]:
        opened = int(self.opened[channel, holder])
        status = "0" if self.is_closed[channel, holder] else "1"
        number = self.world.holder_number(holder)
        return [number, _CODES[channel], day(opened), day(used) if used > opened else "", status]


def make_channels(world: World) -> Channels:
    rng, holders, timeline = world.block.rng(47), world.holders, world.block.timeline
    n, shape = holders.size, (len(_CODES), holders.size)
    is_person = holders.kind == 0
    share = np.stack([np.select([holders.age < 35, holders.age < 60], [young, middle], old)
                      for young, middle, old in zip(*_SHARES, strict=True)])  # fmt: skip
    share = np.where(is_person, share, np.where(np.arange(len(_CODES))[:, None] == 0, _FIRMS_SHARE, 0.0))
    has = rng.random(shape) < share
    as_of = timeline.as_of.toordinal()
    since = np.maximum(holders.opened, date(2014, 1, 1).toordinal())
    opened = since + (rng.random(shape) ** 1.3 * np.maximum(as_of - 2 - since, 0)).astype(np.int64)
    between = (
        np.array(_DAYS_BETWEEN)[:, None] * holders.frailty**1.2 * np.exp(0.5 * rng.standard_normal((1, n)))
    )
    points = timeline.points[BURN_IN : AS_OF + 1]
    used = np.zeros((len(_CODES), len(points), n), dtype=np.int64)
    last = opened.copy()
    for place, on in enumerate(points):
        ago = np.floor(rng.exponential(1.0, shape) * between).astype(np.int64)
        last = np.maximum(last, on.toordinal() - ago)
        used[:, place] = np.where(opened <= on.toordinal(), last, opened)
    return Channels(world, has, opened, rng.random(shape) < _CLOSED, used)
