"""A late correction: a second, full file of the same feed and data date, with a few rows put right."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from api.county.generator.bad import is_bad
from api.county.generator.files import FeedFile, yuan
from domain.feeds.contracts import DELIMITER, FEEDS, Feed

_MARK = DELIMITER.encode()
# What is put right in each feed; amounts change by a tenth, other columns take the value that is given.
_CORRECTED: dict[str, tuple[str, str | None]] = {
    "core_customer": ("phone", None),
    "core_deposit": ("balance", None),
    "loan": ("five_class", "关注"),
    "credit_line": ("line", None),
    "crm_legacy": ("note", "已核实"),
    "sunshine_credit": ("pre_line", None),
    "household": ("village_code", ""),
    "pos_merchant": ("month_volume", None),
    "firm_year": ("industry_edition", "2011"),
    "registry": ("representative", ""),
    "tax_power": ("tax_grade", "B"),
    "channel": ("last_used_on", ""),
    "social_security": ("payer_name", ""),
    "property": ("is_mortgaged", "N"),
    "facts": ("as_of", ""),
    "application": ("amount", None),
    "guarantee": ("amount", None),
    "fx": ("rate", None),
}


def write_correction(
    landing: Path,
    *,
    data_date: date,
    feeds: Sequence[str] = ("core_deposit",),
    seed: int = 1,
    share: float = 0.01,
    sequence: int = 2,
) -> dict[str, int]:
    """Writes `<feed>_<date>_<sequence>` from the first file, with `share` of its rows changed; says how many were."""
    return {
        name: _correct(landing, FEEDS[name], data_date, np.random.default_rng([seed, place]), share, sequence)
        for place, name in enumerate(feeds)
    }


def _correct(
    landing: Path, feed: Feed, data_date: date, rng: np.random.Generator, share: float, sequence: int
) -> int:
    names = [c.name for c in feed.columns]
    column, value = _CORRECTED[feed.name]
    place, amount = names.index(column), names.index(feed.amount) if feed.amount else None
    out, changed = FeedFile(landing, feed, data_date, sequence), 0
    with (landing / f"{feed.name}_{data_date:%Y%m%d}_1.dat").open("rb") as lines:
        for line in lines:
            if not line.endswith(b"\n"):
                continue  # the mark behind the last line
            cells = line.rstrip(b"\n").split(_MARK)
            whole = len(cells) == len(names)
            if whole and not is_bad(feed, line) and rng.random() < share:
                before = cells[place]
                cells[place] = _put_right(cells[place], column, value, feed)
                changed += cells[place] != before
                line = _MARK.join(cells) + b"\n"
            fen = int(Decimal(cells[amount].decode("ascii")) * 100) if whole and amount is not None else 0
            out.write(line, 1, fen)
    out.finish()
    return changed


def _put_right(cell: bytes, column: str, value: str | None, feed: Feed) -> bytes:
    if value is not None:
        return value.encode(feed.encoding)
    if column == "phone":
        return b"" if cell else b"13900000000"
    return yuan(int(Decimal(cell.decode("ascii")) * 110) + 100).encode("ascii")
