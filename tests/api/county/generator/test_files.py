"""What lands in the folder: names, controls, columns, bad rows, the same bytes each time."""

import csv
import hashlib
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from api.county.generator import write_correction
from api.county.generator.bad import is_bad
from api.county.generator.write import WRITTEN
from domain.feeds.contracts import FEEDS, HISTORY_FEEDS, ColumnType
from domain.shared.calendar import month_end_before
from tests.api.county.generator.conftest import AS_OF, Written, names_of, write

MONTH_ENDS = [month_end_before(AS_OF, back) for back in range(1, 13)]
FILES = [(feed, on) for feed in WRITTEN for on in (AS_OF - timedelta(days=1), AS_OF)]
FILES += [(feed, on) for feed in HISTORY_FEEDS for on in MONTH_ENDS]


def test_exactly_the_promised_files_are_there(county: Written) -> None:
    found = {path.name for path in county.landing.iterdir()}
    whole = {f"{feed}_{on:%Y%m%d}_1.{kind}" for feed, on in FILES for kind in ("dat", "ctl")}
    waiting = found - whole
    assert whole <= found
    assert waiting == {f"pos_merchant_{month_end_before(AS_OF, 5):%Y%m%d}_2.dat"}


@pytest.mark.parametrize("feed", WRITTEN)
def test_controls_agree_with_their_files(county: Written, feed: str) -> None:
    contract = FEEDS[feed]
    for name, on in FILES:
        if name != feed:
            continue
        control = county.control(feed, on)
        lines = county.raw(feed, on)
        data = (county.landing / f"{feed}_{on:%Y%m%d}_1.dat").read_bytes()
        assert control["rows"] == str(len(lines))
        assert control["sha256"] == hashlib.sha256(data).hexdigest()
        assert (control["encoding"], control["mode"]) == (contract.encoding, "full")
        if contract.amount is None:
            assert control["amount_sum"] == ""
            continue
        place = names_of(contract).index(contract.amount)
        cells = [line.split(b"|@|") for line in lines]
        readable = [c for c in cells if len(c) == len(contract.columns)]
        # From behind: a name with the delimiter in it stands before the amount.
        divided = [
            c[place + 1] for c in cells if len(c) > len(contract.columns) and not is_bad(contract, c[0])
        ]
        total = sum(Decimal(amount.decode()) for amount in [*(c[place] for c in readable), *divided])
        assert control["amount_sum"] == f"{total:.2f}"


@pytest.mark.parametrize("feed", WRITTEN)
def test_every_good_row_keeps_the_contract(county: Written, feed: str) -> None:
    keys: Counter[tuple[str, ...]] = Counter()
    for row in county.lines(feed):
        values = dict(zip(names_of(FEEDS[feed]), row, strict=True))
        keys[tuple(values[k] for k in FEEDS[feed].key)] += 1
        for column in FEEDS[feed].columns:
            value = values[column.name]
            assert value or not column.required, (column.name, row)
            is_unknown_datum = value == "CGCS2000" and column.name == "datum"
            assert not value or not column.allowed or value in column.allowed or is_unknown_datum
            if value and column.type is ColumnType.DATE:
                date(int(value[:4]), int(value[4:6]), int(value[6:]))
            elif value and column.type is ColumnType.YUAN:
                assert Decimal(value).as_tuple().exponent == -2
            elif value and column.type in (ColumnType.DEGREES, ColumnType.PERCENT, ColumnType.INTEGER):
                Decimal(value)
    assert max(keys.values()) == 1


def test_the_second_night_differs_in_a_few_rows(county: Written) -> None:
    for feed in WRITTEN:
        before = set(county.raw(feed, AS_OF - timedelta(days=1)))
        today = county.raw(feed)
        changed = sum(line not in before for line in today)
        assert 0 < changed < 0.08 * len(today) + 5, feed
    deposits = set(county.raw("core_deposit", AS_OF - timedelta(days=1)))
    moved = sum(line not in deposits for line in county.raw("core_deposit"))
    assert 0.02 < moved / len(deposits) < 0.06


def test_marks_stand_around_the_lines_of_some_files(county: Written) -> None:
    def data(feed: str, on: date = AS_OF) -> bytes:
        return (county.landing / f"{feed}_{on:%Y%m%d}_1.dat").read_bytes()

    assert data("sunshine_credit").startswith(b"\xef\xbb\xbfYG")
    assert data("crm_legacy").startswith(b"\x02\nKH")
    assert data("household").endswith(b"\n\x1a")
    for feed in ("sunshine_credit", "crm_legacy", "household"):
        before = data(feed, AS_OF - timedelta(days=1))
        assert before[:1].isalnum()
        assert before.endswith(b"\n")


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(county: Written, tmp_path: Path) -> None:
    again = write(tmp_path / "again", 2_000)
    other = write(tmp_path / "other", 1_000, seed=8)
    for folder in ("landing", "truth"):
        for path in sorted(getattr(county, folder).iterdir()):
            assert path.read_bytes() == (getattr(again, folder) / path.name).read_bytes(), path.name
    name = f"core_customer_{AS_OF:%Y%m%d}_1.dat"
    assert (other.landing / name).read_bytes() != (county.landing / name).read_bytes()


def test_the_data_date_fixes_every_date(tmp_path: Path) -> None:
    """On the first of a month the day before is the last month-end: one file of that name, not two."""
    written = write(tmp_path, 1_000, as_of=date(2026, 3, 1))
    days = {path.name.split("_")[-2] for path in written.landing.iterdir() if path.name.startswith("loan_")}
    assert max(days) == "20260301"
    assert len(days) == 13
    assert "20260228" in days


def test_a_correction_changes_one_row_in_a_hundred(tmp_path: Path) -> None:
    written = write(tmp_path, 1_000)
    feeds = ("core_deposit", "core_customer", "pos_merchant")
    changed = write_correction(written.landing, data_date=AS_OF, feeds=feeds, seed=3)
    for feed in feeds:
        first, second = written.raw(feed), written.raw(feed, sequence=2)
        assert len(first) == len(second)
        assert changed[feed] == sum(a != b for a, b in zip(first, second, strict=True)) > 0
        assert changed[feed] < 0.03 * len(first) + 3
        control = written.control(feed, sequence=2)
        data = (written.landing / f"{feed}_{AS_OF:%Y%m%d}_2.dat").read_bytes()
        assert control["sha256"] == hashlib.sha256(data).hexdigest()
    assert (
        written.control("core_deposit", sequence=2)["amount_sum"]
        != written.control("core_deposit")["amount_sum"]
    )


def test_an_interrupted_run_leaves_no_half_file(tmp_path: Path) -> None:
    from api.county.generator import write_feeds

    def stop(fraction: float, _message: str | None = None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_feeds(tmp_path / "l", tmp_path / "t", customers=1_000, seed=1, as_of=AS_OF, report=stop)
    assert list((tmp_path / "l").iterdir()) == []


def test_whom_other_offices_tell_of_is_in_the_truth(county: Written) -> None:
    """By the first column of the key; every row of theirs is of a party."""
    with (county.truth / "told.csv").open(encoding="utf-8") as file:
        told = {(row["feed"], row["key"].split("/")[0]) for row in csv.DictReader(file)}
    for feed in (
        "firm_year",
        "registry",
        "tax_power",
        "channel",
        "social_security",
        "property",
        "application",
        "guarantee",
    ):
        codes = set(county.column(feed, FEEDS[feed].key[0]))
        assert codes
        assert codes == {code for of, code in told if of == feed}
