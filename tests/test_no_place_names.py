"""The program serves any county: what the demonstration's is called stands in its data and in api/county alone."""

import csv
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = ROOT / "api" / "county" / "data"
KIND = re.compile(r"(街道办事处|村民委员会|居民委员会|村委会|居委会|社区|街道|开发区|[省市县镇乡村])$")


def names() -> set[str]:
    """Towns and villages without what they are (沟墩 of 沟墩镇), and the areas above them. Two characters at least."""
    outline = json.loads((DATA / "outline_gcj02.geojson").read_text())
    listed = [
        "江苏省",
        "盐城市",
        outline["features"][0]["properties"]["name"],
    ]
    for table in ("towns", "villages"):
        with (DATA / f"{table}.csv").open() as file:
            listed += [re.sub("（.*）", "", row["name"]) for row in csv.DictReader(file)]
    return {stem for name in listed if len(stem := KIND.sub("", name)) >= 2}


# Words of the language that are also the name of a village.
WORDS = {"阳光", "中心", "城东", "城南", "城西", "城北"}


@pytest.mark.parametrize("room", ["domain", "geo", "ml", "schema"])
def test_no_place_of_the_county_is_named(room: str) -> None:
    found = re.compile("|".join(sorted(names() - WORDS, key=len, reverse=True)) + "|3209[0-9]{2}")
    named = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in (ROOT / room).rglob("*.py")
        for match in found.finditer(path.read_text())
    }
    assert named == set()


def test_the_names_are_read() -> None:
    assert {"江苏", "盐城", "阜宁", "沟墩", "吴滩"} <= names()
    assert len(names()) > 200
