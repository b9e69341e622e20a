"""What is sent to hurt is refused with a reason and nothing of it kept; pictures are kept as others than were sent."""

import gzip
import io
import resource
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from PIL import Image

from api.files import checking
from api.files.checking import look_at
from api.files.folder import FolderStorage
from api.jobs.context import JobContext
from api.jobs.files import check_file, fail_file
from domain.shared.errors import DomainError
from domain.shared.files.kinds import FEEDS, MAPS, MIB, PICTURES, SHEETS, FileKind, FilePurpose
from domain.shared.files.looking import kind_of
from domain.shared.outbox import LeasedJob
from domain.shared.permissions import SEND_FILES
from domain.shared.statements import Statement
from tests.api.hostile_files import (
    HOSTILE,
    HOSTILE_PICTURES,
    SCRIPT,
    WELCOME,
    picture,
    png_that_says,
    with_place,
)
from tests.schema.bank import Bank

ANYTHING = frozenset(FileKind)


@pytest.mark.parametrize("what", HOSTILE)
def test_what_nobody_reads_is_known_by_its_bytes(tmp_path: Path, what: str) -> None:
    make, code = HOSTILE[what]
    (tmp_path / "table.csv").write_bytes(make())
    with pytest.raises(DomainError) as refused:
        kind_of(tmp_path / "table.csv")
    assert refused.value.statement.code == code


@pytest.mark.parametrize("what", WELCOME)
def test_what_is_read_is_known_by_its_bytes(tmp_path: Path, what: str) -> None:
    make, kind = WELCOME[what]
    (tmp_path / "setup.exe").write_bytes(make())
    assert kind_of(tmp_path / "setup.exe") == kind


def test_there_are_forty_and_more() -> None:
    assert len(HOSTILE) + len(HOSTILE_PICTURES) >= 60


class Desk:
    """Files that wait for a worker, and the worker."""

    def __init__(self, connection: psycopg.Connection, staff: int, folder: Path) -> None:
        self.connection, self.staff, self.storage = connection, staff, FolderStorage(folder)
        self.storage.make()
        purposes = (
            FilePurpose("picture", SEND_FILES, PICTURES, 16 * MIB),
            FilePurpose("sheet", SEND_FILES, SHEETS | MAPS, 16 * MIB),
            FilePurpose("feed", SEND_FILES, FEEDS, 16 * MIB),
        )
        self.context = JobContext("", folder, files=folder, purposes=purposes)

    def send(self, content: bytes, purpose: str) -> UUID:
        file_id = uuid4()
        with self.storage.open_incoming(file_id) as incoming:
            incoming.write(content)
            sha256 = incoming.sha256()
        self.connection.execute(
            """insert into files (id, purpose, name, size_bytes, asked_by_id, expires_at, state, sha256)
               values (%s, %s, '照片.jpg', %s, %s, now(), 'WAITING', %s)""",
            [file_id, purpose, len(content), self.staff, sha256],
        )
        return file_id

    def job(self, file_id: UUID) -> LeasedJob:
        return LeasedJob(1, "files.check", "k", {"file": str(file_id)}, 1, uuid4())

    def check(self, content: bytes, purpose: str) -> tuple[str, str | None, str | None]:
        """(state, kind, code) of a file that was looked at."""
        file_id = self.send(content, purpose)
        check_file(self.connection, self.job(file_id), self.context)
        return self.state(file_id)

    def state(self, file_id: UUID) -> tuple[str, str | None, str | None]:
        row = self.connection.execute(
            "select state, kind, refusal ->> 'code' from files where id = %s", [file_id]
        ).fetchone()
        assert row is not None
        return row

    def on_disk(self) -> list[bytes]:
        return [path.read_bytes() for path in self.storage.folder.rglob("*") if path.is_file()]


@pytest.fixture
def desk(served_bank: tuple[str, Bank], shared_address: str, tmp_path: Path) -> Iterator[Desk]:
    with psycopg.connect(shared_address) as connection:
        yield Desk(connection, served_bank[1].staff["a1"], tmp_path)
        connection.rollback()


@pytest.mark.parametrize("what", HOSTILE_PICTURES)
def test_pictures_that_hurt_are_refused_and_gone(desk: Desk, what: str) -> None:
    make, code = HOSTILE_PICTURES[what]
    purpose = "sheet" if code == "FILE_KIND_NOT_WANTED" else "picture"
    assert desk.check(make(), purpose) == ("REFUSED", None, code)
    assert desk.on_disk() == []


def test_a_photograph_is_kept_as_another_without_its_place(desk: Desk) -> None:
    sent = with_place() + b"<html>" + SCRIPT
    assert desk.check(sent, "picture") == ("CHECKED", "JPEG", None)
    (kept,) = desk.on_disk()
    assert kept != sent
    for secret in (b"PHONE OF MR WANG", b"Exif", b"a comment", b"script"):
        assert secret in sent
        assert secret not in kept
    with Image.open(io.BytesIO(kept)) as seen:
        assert not seen.getexif()
        assert seen.size == (200, 300), "upright, as it was taken"


def test_what_is_made_of_a_picture_lies_where_nobody_can_write(desk: Desk) -> None:
    """Ids are the clients': one who asks for a neighbour's writes into no picture that is being made."""
    file_id = desk.send(picture(), "picture")
    for bit in range(8):
        with desk.storage.open_incoming(UUID(int=file_id.int ^ (1 << bit))) as incoming:
            incoming.write(SCRIPT)
    check_file(desk.connection, desk.job(file_id), desk.context)
    assert desk.state(file_id) == ("CHECKED", "JPEG", None)
    assert desk.on_disk().count(SCRIPT) == 8


def test_large_ones_become_smaller_and_transparent_ones_white(desk: Desk) -> None:
    assert desk.check(picture("PNG", (3_000, 1_500), "RGBA"), "picture") == ("CHECKED", "PNG", None)
    (kept,) = desk.on_disk()
    with Image.open(io.BytesIO(kept)) as seen:
        assert (seen.format, seen.size, seen.mode) == ("JPEG", (2_560, 1_280), "RGB")


def test_whoever_looks_is_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In memory: what fits into the bound of pixels and not into that of bytes is refused, and nobody else feels it."""
    assert checking.MEMORY_BYTES < 270 * MIB
    sent, made = tmp_path / "sent", tmp_path / "made"
    sent.write_bytes(png_that_says(4_000, 4_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    looked = look_at(sent, made, ANYTHING)
    assert looked.why_not is not None
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000
    monkeypatch.setattr(checking, "TAKES_AT_MOST_SECONDS", 0.01)
    assert look_at(sent, made, ANYTHING).why_not == Statement("FILE_NOT_READABLE")


def test_a_second_try_finds_what_the_first_one_kept(desk: Desk) -> None:
    """The worker died after it had let go of what was sent, and before its rows were written."""
    file_id = desk.send(b"a,b\n1,2\n", "sheet")
    with desk.connection.transaction(force_rollback=True):
        check_file(desk.connection, desk.job(file_id), desk.context)
    assert desk.state(file_id)[0] == "WAITING"
    check_file(desk.connection, desk.job(file_id), desk.context)
    assert desk.state(file_id) == ("CHECKED", "CSV", None)
    check_file(desk.connection, desk.job(file_id), desk.context)
    lost = desk.send(picture(), "picture")
    desk.storage.forget_incoming(lost)
    check_file(desk.connection, desk.job(lost), desk.context)
    assert desk.state(lost) == ("REFUSED", None, "FILE_LOST")


def test_a_file_whose_worker_died_three_times_is_waited_for_no_longer(desk: Desk) -> None:
    file_id = desk.send(b"a,b\n", "sheet")
    fail_file(desk.connection, desk.job(file_id), Statement("WORKER_VANISHED"))
    assert desk.state(file_id) == ("REFUSED", None, "FILE_NOT_READABLE")


@pytest.mark.slow("workers")
def test_of_all_of_them_nothing_is_kept_by_a_worker(desk: Desk) -> None:
    for what, (make, code) in {**HOSTILE, **HOSTILE_PICTURES}.items():
        purpose = "sheet" if code == "FILE_KIND_NOT_WANTED" else "picture"
        assert desk.check(make(), purpose)[0] == "REFUSED", what
        assert desk.on_disk() == [], what


def test_lines_of_systems_are_taken_for_feeds_alone(desk: Desk) -> None:
    packed = gzip.compress("编号|姓名\nC1|王小明\n".encode("gb18030"))
    assert desk.check(packed, "feed") == ("CHECKED", "LINES", None)
    assert desk.check(packed, "sheet")[0] == "REFUSED"
