"""What a file is, by its bytes. Nothing is decoded: heads are looked at, texts read through, archives measured."""

import codecs
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from domain.shared.archives import ArchiveLimits, gunzipped, measure_zip, prove_parts
from domain.shared.files.errors import (
    FileHasEntities,
    FileNotWanted,
    FilePartMissing,
    FilePartNotWanted,
    Looks,
)
from domain.shared.files.kinds import FileKind

_HEAD_BYTES = 64 * 1024
_CHUNK = 1024 * 1024
_BEGINNINGS: Sequence[tuple[bytes, FileKind | Looks]] = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"%PDF-", Looks.PDF),
    (b"\x7fELF", Looks.PROGRAM),
    (b"\xca\xfe\xba\xbe", Looks.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Looks.PROGRAM),
    (b"\0asm", Looks.PROGRAM),
    (b"dex\n", Looks.PROGRAM),
    (b"L\0\0\0\x01\x14\x02\0", Looks.PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Looks.OLD_OFFICE),
    (b"{\\rtf", Looks.DOCUMENT),
    (b"GIF8", Looks.OTHER_PICTURE),
    (b"BM", Looks.OTHER_PICTURE),
    (b"II*\0", Looks.OTHER_PICTURE),
    (b"MM\0*", Looks.OTHER_PICTURE),
    (b"8BPS", Looks.OTHER_PICTURE),
    (b"\x1f\x8b", Looks.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Looks.ARCHIVE),
    (b"Rar!\x1a\x07", Looks.ARCHIVE),
    (b"BZh", Looks.ARCHIVE),
    (b"\xfd7zXZ\0", Looks.ARCHIVE),
    (b"PK\x05\x06", Looks.ARCHIVE),
    (b"\xff\xfe", Looks.UTF_16),
    (b"\xfe\xff", Looks.UTF_16),
)
_TEXT_LIKE = frozenset({b"BM", b"BZh"})
"""Beginnings that a text may have as well: they count where bytes follow that no text has."""
_NO_TEXT = re.compile(rb"[\x00\x02-\x08\x0e-\x19\x7f]")
_NO_LETTERS = re.compile("[\x00\x02-\x08\x0e-\x19\x7f]")
"""Controls that delimit (U+0001, U+001A to U+001F) may stand in the files of a bank's systems."""
_SCRIPT = re.compile(
    rb"#!|@echo\b|<\?php|javascript:|\(?function\s*\(|(var|let|const)\s+\w+\s*=|(import|from)\s+\w+|"
    rb"powershell\b|Set-\w+\s|Sub\s+\w+\s*\(|eval\s*\(|on error resume",
    re.IGNORECASE,
)
_COMMENTS = re.compile(rb"<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ELEMENT = re.compile(rb"\s*<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_GEOJSON = re.compile(
    rb'"type"\s*:\s*"(FeatureCollection|Feature|GeometryCollection|(Multi)?(Point|LineString|Polygon))"'
)
_SHAPE_PARTS = frozenset(
    {
        *(".shp", ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".qmd"),
        *(".fix", ".atx", ".ain", ".aih", ".ixs", ".mxs", ".xml", ".txt"),
    }
)
_MACINTOSH = "__MACOSX/"
_ORDINARY = ArchiveLimits()
_LINES = ArchiveLimits(unpacked_bytes=128 * 2**20, ratio=250)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def kind_of(path: Path, limits: ArchiveLimits = _ORDINARY, *, takes_lines: bool = False) -> FileKind:
    """What a file is. Raises FileNotWanted and its like, or ArchiveRefused.

    Only where lines as systems write them are taken is a gzip file unpacked, within bounds, and UTF-16 decoded.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise FileNotWanted(Looks.EMPTY)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(path, limits)
    if head.startswith(b"SQLite format 3\0"):
        return _found(FileKind.GPKG if _is_geopackage(head) else Looks.DATABASE)
    if head[:4] == b"RIFF":
        return _found(FileKind.WEBP if head[8:12] == b"WEBP" else Looks.BINARY)
    if head[4:8] == b"ftyp":
        is_heic = head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
        return _found(Looks.HEIC if is_heic else Looks.BINARY)
    if head[:2] == b"MZ" and b"\0" in head[:64]:
        raise FileNotWanted(Looks.PROGRAM)
    if takes_lines and (head.startswith((b"\x1f\x8b", *_UTF_16)) or _is_wide(head)):
        return kind_of_lines(path)
    for beginning, what in _BEGINNINGS:
        if head.startswith(beginning) and (beginning not in _TEXT_LIKE or _NO_TEXT.search(head)):
            return _found(what)
    return _kind_of_text(path, head)


def _is_wide(head: bytes) -> bool:
    """UTF-16 without its mark: in either half of the bytes NUL is common, as it is for figures and delimiters."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) * 8 > len(head) and min(even, odd) * 8 < max(even, odd)


def kind_of_lines(path: Path) -> FileKind:
    """LINES, for text in lines that is packed or in UTF-16. Raises FileNotWanted, and ArchiveRefused for what is packed
    badly or too tightly."""
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    chunks = gunzipped(path, _LINES) if is_packed else _chunks(path)
    head = b""
    decoders: dict[str, codecs.IncrementalDecoder] = {}
    for chunk in chunks:
        if not decoders:
            head = chunk[:_HEAD_BYTES]
            decoders = {name: codecs.getincrementaldecoder(name)("strict") for name in _encodings(head)}
        _decode(decoders, chunk)
    if not head:
        raise FileNotWanted(Looks.EMPTY)
    _decode(decoders, b"", final=True)
    begins = _without_bom(head.decode(next(iter(decoders)), "ignore").encode().removeprefix(codecs.BOM_UTF8))
    if not begins:
        raise FileNotWanted(Looks.EMPTY)
    if begins.startswith((b"<", b"{")):
        raise FileNotWanted(Looks.XML if begins.startswith(b"<") else Looks.JSON)
    if _SCRIPT.match(begins):
        raise FileNotWanted(Looks.SCRIPT)
    return FileKind.LINES


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _encodings(head: bytes) -> Sequence[str]:
    if head.startswith(_UTF_16):
        return ("utf-16",)
    return ("utf-16-le", "utf-16-be") if _is_wide(head) else ("utf-8", "gb18030")


def _decode(decoders: dict[str, codecs.IncrementalDecoder], chunk: bytes, *, final: bool = False) -> None:
    """Leaves the encodings in which all of it is text. Raises FileNotWanted where none is left."""
    for name, decoder in list(decoders.items()):
        try:
            if _NO_LETTERS.search(decoder.decode(chunk, final)):
                del decoders[name]
        except UnicodeDecodeError:
            del decoders[name]
    if not decoders:
        raise FileNotWanted(Looks.BINARY)


def _found(what: FileKind | Looks) -> FileKind:
    if isinstance(what, Looks):
        raise FileNotWanted(what)
    return what


def _is_geopackage(head: bytes) -> bool:
    """The application's id of the database: GPKG, or GP10 and GP11 of older editions."""
    return head[68:72] in (b"GPKG", b"GP10", b"GP11")


def _kind_of_archive(path: Path, limits: ArchiveLimits) -> FileKind:
    parts = measure_zip(path, limits)
    names = {part.filename for part in parts}
    if "[Content_Types].xml" in names:
        return _workbook(path, parts, names)
    shown = [part for part in parts if not part.filename.startswith(_MACINTOSH)]
    stems: dict[str, set[str]] = {}
    for part in shown:
        place = PurePosixPath(part.filename)
        ending = place.suffix.lower()
        if ending not in _SHAPE_PARTS:
            raise FilePartNotWanted(part.filename) if _has_shape(names) else FileNotWanted(Looks.ARCHIVE)
        stems.setdefault(str(place.with_suffix("")), set()).add(ending)
    if not _has_shape(names):
        raise FileNotWanted(Looks.ARCHIVE)
    for stem, endings in stems.items():
        for missing in {".shx", ".dbf"} - endings if ".shp" in endings else ():
            raise FilePartMissing(stem + missing)
    prove_parts(path, parts)
    return FileKind.SHAPEFILE


def _has_shape(names: set[str]) -> bool:
    return any(name.lower().endswith(".shp") for name in names)


def _workbook(path: Path, parts: Sequence[zipfile.ZipInfo], names: set[str]) -> FileKind:
    """An XLSX without macros, whose XML declares nothing."""
    if any(
        name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".html")) for name in names
    ):
        raise FileNotWanted(Looks.MACROS)
    if "xl/workbook.xml" not in names:
        raise FileNotWanted(Looks.DOCUMENT)
    with zipfile.ZipFile(path) as archive:
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                with archive.open(part) as opened:
                    _check_prolog(opened.read(_HEAD_BYTES), part.filename)
    prove_parts(path, parts)
    return FileKind.XLSX


def _check_prolog(head: bytes, part: str) -> None:
    """A document type stands before the first element or nowhere: so nothing but comments may."""
    if _first_element(head) is None:
        raise FileHasEntities(part)


def _first_element(text: bytes) -> bytes | None:
    """Its name without a prefix, in small letters; None where something else stands first, in whatever encoding."""
    element = _ELEMENT.match(_COMMENTS.sub(b"", _without_bom(text)))
    return element[1].lower() if element else None


def _without_bom(text: bytes) -> bytes:
    return text.removeprefix(codecs.BOM_UTF8).lstrip()


def _kind_of_text(path: Path, head: bytes) -> FileKind:
    text = _without_bom(head)
    if not text:
        raise FileNotWanted(Looks.EMPTY)
    encoding = _encoding_of(path)
    if text.startswith(b"<"):
        return _kind_of_xml(text)
    if text[:1] in b"{[" and text[:1]:
        return _found(FileKind.GEOJSON if encoding == "utf-8" and _GEOJSON.search(text) else Looks.JSON)
    if _SCRIPT.match(text):
        raise FileNotWanted(Looks.SCRIPT)
    return FileKind.CSV


def _kind_of_xml(text: bytes) -> FileKind:
    name = _first_element(text)
    if name == b"kml":
        return FileKind.KML
    begins = text[:512].lower()
    if b"<!doctype kml" in begins or b"<!entity" in begins:
        raise FileHasEntities("KML")
    if name == b"svg" or b"<!doctype svg" in begins:
        raise FileNotWanted(Looks.SVG)
    if (
        name in (b"html", b"head", b"body", b"script", b"iframe", b"table", b"img", b"a")
        or b"<!doctype html" in begins
    ):
        raise FileNotWanted(Looks.WEB_PAGE)
    raise FileNotWanted(Looks.SCRIPT if begins.startswith(b"<?php") else Looks.XML)


def _encoding_of(path: Path) -> str:
    """UTF-8 or GB18030, of the whole file and not of its head."""
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    if _NO_TEXT.search(chunk):
                        raise FileNotWanted(Looks.BINARY)
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise FileNotWanted(Looks.BINARY)
