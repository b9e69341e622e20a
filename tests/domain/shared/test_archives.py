"""Archives are measured before they are opened; what is made to hurt is refused by what it says of itself."""

import tracemalloc
from pathlib import Path

import pytest

from domain.shared.archives import (
    ArchiveLimits,
    ArchiveNotWhole,
    ArchiveRefused,
    ArchiveTooLarge,
    measure_zip,
    prove_parts,
)
from tests.domain.shared.hostile_archives import HOSTILE, lying, plain, written

MIB = 2**20


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_made_to_hurt_is_refused(tmp_path: Path, what: str) -> None:
    make, code = HOSTILE[what]
    path = written(tmp_path, make())
    tracemalloc.start()
    try:
        with pytest.raises(ArchiveRefused) as refused:
            measure_zip(path)
        most_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refused.value.statement.code == code
    assert most_bytes < 8 * MIB, "nothing is unpacked, and no table of a million entries is read"


def test_an_ordinary_one_is_measured(tmp_path: Path) -> None:
    path = written(tmp_path, plain({"县界/map.shp": b"1" * 9, "县界/map.dbf": b"2", "县界/": b""}))
    assert [(part.filename, part.file_size) for part in measure_zip(path)] == [
        ("县界/map.shp", 9),
        ("县界/map.dbf", 1),
    ]


def test_limits_are_the_callers(tmp_path: Path) -> None:
    path = written(tmp_path, plain({"a": b"1", "b": b"2"}))
    with pytest.raises(ArchiveTooLarge) as refused:
        measure_zip(path, ArchiveLimits(entries=1))
    assert dict(refused.value.statement.values) == {"archive_measure": "ENTRIES", "found": 2, "most": 1}


def test_a_part_that_gives_more_than_it_declared_is_found(tmp_path: Path) -> None:
    path = written(tmp_path, lying(declared=4_000, unpacked=30_000_000))
    parts = measure_zip(path)
    with pytest.raises(ArchiveNotWhole):
        prove_parts(path, parts)


@pytest.mark.parametrize("content", [b"", b"1", bytes(700_000), b"ab" * 300_000])
def test_honest_parts_are_proven(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, plain({"a.xml": content, "b.xml": b"<b/>"}))
    prove_parts(path, measure_zip(path))
