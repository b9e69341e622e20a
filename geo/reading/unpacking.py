"""From the file that somebody brought to map files that GDAL may open, each under a name of ours in a folder of ours.

What a file is, its first bytes say, never its name. Archives are measured before they are opened: how much they
unpack to, how tightly, how many there are, where their paths lead; nothing is written under a name from inside.
"""

import gzip
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from domain.shared.statements import Statement
from geo.reading import said

MIB = 1 << 20
MOST_BYTES = 256 * MIB
MOST_UNPACKED_BYTES = 512 * MIB
MOST_RATIO = 200
MOST_INSIDE = 2_000
_RATIO_FROM_BYTES = 16 * MIB
"""Below it a tight archive does no harm: blank columns of a table shrink a thousandfold."""
_CHUNK = MIB
_PARTS_OF_SHAPEFILE = (".shx", ".dbf", ".prj", ".cpg")
_ENDINGS = {"GeoJSON": ".geojson", "ESRI Shapefile": ".shp", "LIBKML": ".kml", "GPKG": ".gpkg"}


class CannotRead(Exception):
    """Why the file as a whole is refused."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(str(statement))
        self.statement = statement


@dataclass(frozen=True)
class Source:
    """A map file in our folder: the driver that alone may open it, and what it was called."""

    path: Path
    driver: str
    title: str


def unpack(given: Path, folder: Path) -> list[Source]:
    """The maps of a file, copied into `folder`. Raises CannotRead with the reason."""
    if not given.is_file():
        raise CannotRead(said.MAP_NO_FILE(file=given.name))
    if given.stat().st_size > MOST_BYTES:
        raise CannotRead(said.MAP_TOO_LARGE(file=given.name, most=MOST_BYTES // MIB))
    with given.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"\x1f\x8b"):
        return [_placed(_gunzipped(given, folder), folder, given.stem, given.name)]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _of_archive(given, folder)
    copy = folder / "given"
    shutil.copyfile(given, copy)
    source = _placed(copy, folder, given.stem, given.name)
    if source.driver == "ESRI Shapefile":
        for ending in _PARTS_OF_SHAPEFILE:
            beside = next(
                (p for p in (given.with_suffix(ending), given.with_suffix(ending.upper())) if p.is_file()),
                None,
            )
            if beside is not None and beside.stat().st_size <= MOST_BYTES:
                shutil.copyfile(beside, source.path.with_suffix(ending))
    return [source]


def _gunzipped(given: Path, folder: Path) -> Path:
    out, written = folder / "given", 0
    try:
        with gzip.open(given) as packed, out.open("wb") as file:
            while chunk := packed.read(_CHUNK):
                written += len(chunk)
                if written > MOST_UNPACKED_BYTES:
                    raise CannotRead(
                        said.MAP_UNPACKS_TOO_LARGE(file=given.name, most=MOST_UNPACKED_BYTES // MIB)
                    )
                file.write(chunk)
    except (OSError, EOFError):
        raise CannotRead(said.MAP_BROKEN_ARCHIVE(file=given.name)) from None
    return out


def _of_archive(given: Path, folder: Path) -> list[Source]:
    try:
        with zipfile.ZipFile(given) as archive:
            members = _measured(given, archive)
            sources = [
                source
                for number, (title, member) in enumerate(members.items())
                if (source := _taken(archive, title, member, members, folder / f"{number}")) is not None
            ]
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError):
        raise CannotRead(said.MAP_BROKEN_ARCHIVE(file=given.name)) from None
    if not sources:
        raise CannotRead(said.MAP_NOTHING_INSIDE(file=given.name))
    return sources


def _measured(given: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """What is inside by its name as people see it; refused as a whole when it would do harm."""
    inside = [member for member in archive.infolist() if not member.is_dir()]
    if len(inside) > MOST_INSIDE:
        raise CannotRead(said.MAP_TOO_MANY_INSIDE(file=given.name, most=MOST_INSIDE))
    if sum(member.file_size for member in inside) > MOST_UNPACKED_BYTES:
        raise CannotRead(said.MAP_UNPACKS_TOO_LARGE(file=given.name, most=MOST_UNPACKED_BYTES // MIB))
    found: dict[str, zipfile.ZipInfo] = {}
    for member in inside:
        name = _readable(member)
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name):
            raise CannotRead(said.MAP_PATH_LEADS_OUT(file=given.name, inner=name))
        if member.flag_bits & 0x1:
            raise CannotRead(said.MAP_ENCRYPTED(file=given.name))
        is_large = member.file_size > _RATIO_FROM_BYTES
        if is_large and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            raise CannotRead(said.MAP_PACKED_TOO_TIGHTLY(file=given.name, inner=name, most=MOST_RATIO))
        if "__MACOSX" not in path.parts and not path.name.startswith("."):
            found[str(path)] = member
    return found


def _readable(member: zipfile.ZipInfo) -> str:
    """Names of Chinese Windows are GBK without saying so; zipfile takes them for code page 437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _taken(
    archive: zipfile.ZipFile,
    title: str,
    member: zipfile.ZipInfo,
    members: dict[str, zipfile.ZipInfo],
    folder: Path,
) -> Source | None:
    """One map of an archive; None for what is none, such as a read-me or a part of a Shapefile."""
    with archive.open(member) as packed:
        driver = _driver(packed.read(4096))
    if driver is None or title.casefold().endswith(".shx"):  # an index begins like its Shapefile
        return None
    folder.mkdir()
    path = PurePosixPath(title)
    source = Source(folder / f"map{_ENDINGS[driver]}", driver, path.stem)
    _write(archive, member, source.path)
    if driver == "ESRI Shapefile":
        beside = {name.casefold(): one for name, one in members.items()}
        for ending in _PARTS_OF_SHAPEFILE:
            part = beside.get(str(path.with_suffix(ending)).casefold())
            if part is not None:
                _write(archive, part, source.path.with_suffix(ending))
    return source


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path) -> None:
    with archive.open(member) as packed, to.open("wb") as file:
        shutil.copyfileobj(packed, file, _CHUNK)


def _placed(copy: Path, folder: Path, title: str, name: str) -> Source:
    with copy.open("rb") as file:
        driver = _driver(file.read(4096))
    if driver is None:
        raise CannotRead(said.MAP_UNKNOWN_FORM(file=name))
    path = copy.rename(folder / f"map{_ENDINGS[driver]}")
    return Source(path, driver, PurePosixPath(title).stem)


def _driver(head: bytes) -> str | None:
    """The one driver for what begins like this; None for anything that is no map we read."""
    if head.startswith(b"SQLite format 3\0"):
        return "GPKG"
    if head.startswith(b"\x00\x00\x27\x0a"):
        return "ESRI Shapefile"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return "GeoJSON"
    is_kml = text.startswith(b"<") and re.search(rb"<(\w+:)?kml[\s>]", text)
    return "LIBKML" if is_kml and b"<OGRVRT" not in text else None
