"""One small county, written once for all tests of the generator."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from api.county.generator import write_feeds
from domain.feeds.contracts import FEEDS, Feed
from domain.shared.night import silent

AS_OF = date(2026, 11, 20)


@dataclass(frozen=True)
class Written:
    landing: Path
    truth: Path

    def lines(self, feed: str, on: date = AS_OF) -> list[list[str]]:
        """The good rows of a file, as columns."""
        wanted = len(FEEDS[feed].columns)
        rows = []
        for line in self.raw(feed, on):
            if not line.startswith((b"BAD", b"|@|", b"\x02")):
                columns = line.decode(FEEDS[feed].encoding).split("|@|")
                if len(columns) == wanted:
                    rows.append(columns)
        return rows

    def unsplittable(self, feed: str, on: date = AS_OF) -> list[list[str]]:
        """The rows of real merchants whose name holds the delimiter."""
        wanted = len(FEEDS[feed].columns)
        lines = [line.decode(FEEDS[feed].encoding) for line in self.raw(feed, on) if line.startswith(b"8983")]
        return [columns for line in lines if len(columns := line.split("|@|")) != wanted]

    def raw(self, feed: str, on: date = AS_OF, sequence: int = 1) -> list[bytes]:
        data = (self.landing / f"{feed}_{on:%Y%m%d}_{sequence}.dat").read_bytes()
        data = data.removeprefix(b"\xef\xbb\xbf").removesuffix(b"\x1a")
        assert data.endswith(b"\n")
        return data[:-1].split(b"\n")

    def control(self, feed: str, on: date = AS_OF, sequence: int = 1) -> dict[str, str]:
        text = (self.landing / f"{feed}_{on:%Y%m%d}_{sequence}.ctl").read_text("ascii")
        return dict(line.split("=", 1) for line in text.splitlines())

    def column(self, feed: str, name: str, on: date = AS_OF) -> list[str]:
        place = names_of(FEEDS[feed]).index(name)
        return [row[place] for row in self.lines(feed, on)]


def names_of(feed: Feed) -> list[str]:
    return [column.name for column in feed.columns]


def write(folder: Path, customers: int, seed: int = 7, as_of: date = AS_OF) -> Written:
    written = Written(folder / "landing", folder / "truth")
    write_feeds(written.landing, written.truth, customers=customers, seed=seed, as_of=as_of, report=silent)
    return written


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write(tmp_path_factory.mktemp("county"), 2_000)


@pytest.fixture(scope="session")
def larger_county(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write(tmp_path_factory.mktemp("larger"), 5_000)
