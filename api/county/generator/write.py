"""Writes the demonstration bank's files: block after block, all files open at once, so that memory stays small."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from api.county.bank import Bank, demonstration_bank
from api.county.generator.accounts import make_accounts, month_end_lines, night_before_lines
from api.county.generator.bad import BadRows
from api.county.generator.bank_feeds import bank_rows
from api.county.generator.block import Block, blocks_of
from api.county.generator.channels import make_channels
from api.county.generator.core import core_rows
from api.county.generator.crm import crm_rows
from api.county.generator.currencies import foreign_accounts
from api.county.generator.dirt import Counts
from api.county.generator.files import FeedFile, Mark
from api.county.generator.firm_feeds import firm_rows
from api.county.generator.lending import line_rows, make_lending
from api.county.generator.people_feeds import people_rows
from api.county.generator.places import Ground
from api.county.generator.pos import Merchants
from api.county.generator.register import register_rows
from api.county.generator.rows import FeedRows
from api.county.generator.sunshine import sunshine_rows
from api.county.generator.timeline import AS_OF, HISTORY_MONTHS, Timeline
from api.county.generator.truth import Truth, write_truth
from api.county.generator.world import World, make_world
from api.county.geography import Geography, load_geography
from api.county.telling import Telling
from domain.feeds.contracts import FEEDS, HISTORY_FEEDS, POS_MERCHANT
from domain.feeds.organisation import FEEDS_OF_LISTS

WRITTEN = tuple(feed for feed in FEEDS if feed not in FEEDS_OF_LISTS)
"""The demonstration's units and staff come with its county, not by night."""
# The month-end whose second POS file arrived without its control file: five months before the data date.
ORPHAN_MONTHS_BACK = 5
# What stands around the lines of some of tonight's files and is no line.
MARKS = {
    "sunshine_credit": Mark("byte_order_mark", head=b"\xef\xbb\xbf"),
    "crm_legacy": Mark("frame_line", head=b"\x02\n", rows=1),
    "household": Mark("end_of_file_mark", tail=b"\x1a"),
}


@dataclass
class Landing:
    """Every file that is being written."""

    folder: Path
    seed: int
    timeline: Timeline
    counts: Counts
    files: dict[tuple[str, date], FeedFile] = field(default_factory=dict)
    bad: dict[tuple[str, date], BadRows] = field(default_factory=dict)
    orphan: FeedFile | None = None

    def open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        nights = [(feed, on) for feed in WRITTEN for on in (self.timeline.day_before, self.timeline.as_of)]
        months = [(feed, on) for feed in HISTORY_FEEDS for _, on in self.timeline.history()]
        for feed, on in nights + months:
            mark = MARKS.get(feed) if on == self.timeline.as_of else None
            self.files[feed, on] = FeedFile(self.folder, FEEDS[feed], on, mark=mark)
            if mark is not None:
                self.counts[mark.kind] += 1
            self.bad[feed, on] = BadRows(FEEDS[feed], self.seed, on.toordinal(), self.counts)
        orphan_on = self.timeline.points[AS_OF - ORPHAN_MONTHS_BACK]
        self.orphan = FeedFile(self.folder, POS_MERCHANT, orphan_on, sequence=2)

    def write(self, feed: str, on: date, lines: bytes, rows: int, fen: int) -> None:
        spoilt, count = self.bad[feed, on].spoil(lines, rows)
        self.files[feed, on].write(spoilt, count, fen)

    def write_text(self, feed: str, on: date, lines: list[str], fen: int) -> None:
        self.write(feed, on, "".join(lines).encode(FEEDS[feed].encoding), len(lines), fen)

    def write_nights(self, rows: FeedRows) -> None:
        self.write_text(rows.feed, self.timeline.day_before, rows.before, rows.before_fen)
        self.write_text(rows.feed, self.timeline.as_of, rows.today, rows.today_fen)

    def finish(self) -> None:
        for file in self.files.values():
            file.finish()
        if self.orphan:
            self.orphan.finish(with_control=False)
            self.counts["missing_control_file"] += 1

    def abandon(self) -> None:
        for file in (*self.files.values(), *([self.orphan] if self.orphan else [])):
            file.abandon()


def write_feeds(
    landing: Path,
    truth: Path,
    *,
    customers: int,
    seed: int,
    as_of: date,
    report: Telling,
    geography: Geography | None = None,
) -> None:
    """Writes both nights, a year of month-ends, and the truth, for a county of so many customers.

    The same seed, data date and number give the same bytes; the first thousand customers are the same whatever the
    number. Without a geography it is the shipped county's. An interrupted run leaves nothing under a file's final
    name that is not whole.
    """
    geography = geography or load_geography()
    write_county(
        landing, truth, geography, demonstration_bank(geography),
        customers=customers, seed=seed, as_of=as_of, report=report,
    )  # fmt: skip


def write_county(
    landing: Path, truth: Path, geography: Geography, bank: Bank, *,
    customers: int, seed: int, as_of: date, report: Telling,
) -> None:  # fmt: skip
    """As `write_feeds`, for a given geography and bank."""
    timeline, counts = Timeline.until(as_of), Counter[str]()
    ground = Ground.of(geography, bank)
    shocks = shocked_towns(seed, timeline, len(geography.towns))
    out = Landing(landing, seed, timeline, counts)
    known = Truth(truth)
    try:
        out.open()
        sizes = blocks_of(customers)
        for number, size in enumerate(sizes):
            block = Block(number, size, seed, ground, timeline, counts, shocks)
            _write_block(out, known, make_world(block))
            report((number + 1) / len(sizes), f"已生成 {min(customers, (number + 1) * 1000)} 位客户")
        out.finish()
        known.write_dirt(counts)
    except BaseException:
        out.abandon()
        raise
    finally:
        known.close()


def shocked_towns(seed: int, timeline: Timeline, towns: int) -> dict[int, date]:
    """A competitor opened in three towns: one before the files begin, two during the year.

    A county of fewer towns has fewer of them.
    """
    rng = np.random.default_rng([seed, 77])
    chosen = rng.permutation(towns)[:3].tolist()
    months_back = (HISTORY_MONTHS + 2, 9, 6)
    return {town: timeline.points[AS_OF - back] for town, back in zip(chosen, months_back, strict=False)}


def _write_block(out: Landing, truth: Truth, world: World) -> None:
    accounts, lending, merchants = make_accounts(world), make_lending(world), Merchants(world)
    foreign, channels = foreign_accounts(world), make_channels(world)
    feeds = [
        core_rows(world),
        crm_rows(world),
        sunshine_rows(world),
        register_rows(world),
        merchants.rows(),
        lending.loan_rows(),
        line_rows(world),
        *firm_rows(world),
        *people_rows(world),
        channels.rows(),
        *bank_rows(world, lending),
    ]
    for rows in feeds:
        out.write_nights(rows)
    timeline = out.timeline
    out.write("core_deposit", timeline.as_of, *month_end_lines(timeline, accounts, AS_OF))
    before = night_before_lines(world.block.rng(14), timeline, accounts)
    out.write("core_deposit", timeline.day_before, *before)
    for on in (timeline.day_before, timeline.as_of):
        out.write("core_deposit", on, *foreign.on(on.toordinal()))
    for point, on in timeline.history():
        out.write("core_deposit", on, *month_end_lines(timeline, accounts, point))
        out.write("core_deposit", on, *foreign.on(on.toordinal()))
        out.write_text("loan", on, *lending.month_end(point))
        out.write_text("channel", on, channels.month_end(point), 0)
        lines, fen = merchants.month_end(point)
        out.write_text("pos_merchant", on, lines, fen)
        if out.orphan and on == out.orphan.day and world.block.number == 0:
            half = lines[: max(1, len(lines) // 2)]
            out.orphan.write_text(half)
    write_truth(truth, world, accounts, lending, feeds)
