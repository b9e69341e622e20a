"""The files of another county are kept, and a demonstration of another county is not loaded over one."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from api.county.given import GivenFiles
from api.local import county_files
from api.local.county_files import County
from api.local.demonstration import Demonstration, choose
from api.local.place import Place
from api.local.refusal import CannotGoOn
from geo.datum import Datum

DAY = date(2026, 10, 31)


@pytest.fixture
def files(tmp_path: Path) -> GivenFiles:
    for name in ("甲.shp", "甲.dbf", "v.geojson"):
        (tmp_path / name).write_bytes(name.encode())
    return GivenFiles(tmp_path / "甲.shp", Datum.GCJ02, "甲县", villages=tmp_path / "v.geojson")


def test_what_was_kept_is_the_same_county(tmp_path, files):
    place = Place(tmp_path / "local")
    place.folder.mkdir()
    assert county_files.kept(place) is None
    county_files.keep(place, files)
    shutil.rmtree(place.folder / "county.partial", ignore_errors=True)
    kept = county_files.kept(place)
    assert kept is not None
    assert (kept.datum, kept.county, kept.outline.name) == (Datum.GCJ02, "甲县", "甲.shp")
    assert kept.outline.with_suffix(".dbf").read_bytes() == "甲.dbf".encode()
    assert county_files.digest_of_files(kept) == county_files.digest_of_files(files)
    kept.outline.unlink()
    assert county_files.kept(place) is None


def test_another_datum_or_a_changed_file_is_another_county(files):
    digest = county_files.digest_of_files(files)
    other = GivenFiles(files.outline, Datum.WGS84, files.county, villages=files.villages)
    assert county_files.digest_of_files(other) != digest
    files.outline.with_suffix(".dbf").write_bytes(b"changed")
    assert county_files.digest_of_files(files) != digest


def test_a_county_is_not_loaded_over_another_one():
    found = Demonstration(1000, 1, DAY, county=County("abc", "甲县"))
    same = {"customers": None, "seed": None, "as_of": None}
    assert choose(found, **same) == found
    assert choose(found, **same, county=County("abc", "甲县")) == found
    with pytest.raises(CannotGoOn, match="这里已是 甲县 的演示。换成 乙县"):
        choose(found, **same, county=County("def", "乙县"))
    with pytest.raises(CannotGoOn, match="随附的县"):
        choose(Demonstration(1000, 1, DAY), **same, county=County("def", "乙县"))
