"""A description as people write it (TOML) made into an `Adapter`, or all that is wrong with it at once."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from domain.feeds.adapters import problems as said
from domain.feeds.adapters.columns import MONEY_UNITS, read_columns
from domain.feeds.adapters.description import (
    Adapter,
    ControlForm,
    ControlKind,
    FileForm,
    Format,
    Operations,
    Place,
    Skip,
    Source,
    Test,
)
from domain.feeds.adapters.lines_of_text import lines_of
from domain.feeds.adapters.naming import KNOWN, Pattern
from domain.feeds.adapters.tables import Given
from domain.feeds.contracts import FEEDS, Feed
from domain.shared.statements import Statement

MOST_BYTES = 256 * 1024
LONGEST_SOURCE = 40
MOST_STARS = 3
"""With more of them one long name of a file is compared for minutes, by every worker that looks for files."""
_ENCODINGS = {
    **dict.fromkeys(("gbk", "gb2312", "gb18030", "cp936", "936"), "gb18030"),
    **dict.fromkeys(("utf8", "utf8sig", "utf8bom"), "utf-8"),
    **{name: name for name in ("utf-16", "utf-16-le", "utf-16-be")},
    **dict.fromkeys(("utf16",), "utf-16"),
    **dict.fromkeys(("utf16le", "ucs2"), "utf-16-le"),
    **dict.fromkeys(("utf16be",), "utf-16-be"),
}
_UNITS = {unit: int(Decimal(yuan) * 100) for unit, yuan in MONEY_UNITS.items()}
_FULL_WIDTH = re.compile("[“”‘’＝＃［］｛｝]")
_AT = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")
_TOP = ("feed", "source", "from", "note", "file", "control", "columns", "skip", "operations")


def parse(text: str) -> Adapter:
    """Raises AdapterNotValid with everything that is wrong."""
    found = read(text)
    if isinstance(found, list):
        raise said.AdapterNotValid(found)
    return found


def read(text: str) -> Adapter | list[Statement]:
    """The adapter, or what is wrong with the text."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    size = len(text.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        return [said.TOO_LONG(bytes=size, most=MOST_BYTES)]
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as wrong:  # A number of five thousand digits is a plain ValueError.
        return [_not_toml(text, str(wrong))]
    top = Given(document, (), lines_of(text), [])
    adapter = _adapter(top, document)
    if top.problems or adapter is None:
        return sorted(top.problems, key=lambda one: (not one.values.get("line"), one.values.get("line", 0)))
    return adapter


def _not_toml(text: str, wrong: str) -> Statement:
    """Full-width quotes and equal signs come from word processors, and no message of a parser names them."""
    at = _AT.search(wrong)
    line = int(at[1]) if at and at[1] else text.count("\n") + 1
    plain = wrong[: at.start()] if at else wrong
    if plain.startswith(("Cannot overwrite", "Cannot declare")) or "twice" in plain:
        shown = text.split("\n")[line - 1].partition("=")[0].strip()
        return said.TWICE(line=line, key=shown[:60])
    odd = _FULL_WIDTH.search(text.split("\n")[line - 1].partition(" #")[0])
    if odd is not None:
        return said.FULL_WIDTH(line=line, character=odd[0])
    return said.NOT_TOML(line=line, problem=plain[:120])


def _adapter(top: Given, document: Mapping[str, Any]) -> Adapter | None:
    top.only(*_TOP)
    feed = _feed(top)
    source = top.text("source", wanted="SOURCE", default="")
    if "source" not in document:
        top.missing("source")
    elif not re.fullmatch(r"[a-z][a-z0-9_]*", source) or len(source) > LONGEST_SOURCE:
        top.wrong("source", "SOURCE")
    from_on = top.day("from")
    file = _file(top.table("file", is_needed=True))
    control = _control(top.table("control"), file)
    places = _Places(file)
    operations = _operations(top, places, is_increment=file is not None and file.is_increment)
    skips = tuple(one for table in top.tables("skip") if (one := _skip(table, places)) is not None)
    sources: tuple[Source, ...] = ()
    if feed is not None:
        sources = read_columns(top.table("columns", is_needed=True), feed, places.check)
    note = top.text("note", default="")
    if feed is None or file is None or control is None or from_on is None or top.problems:
        return None
    return Adapter(feed.name, source, from_on, file, control, sources, skips, operations, note)


def _feed(top: Given) -> Feed | None:
    name = top.text("feed", default="")
    if not name:
        top.missing("feed")
        return None
    if name not in FEEDS:
        top.problems.append(said.FEED_UNKNOWN(line=top.line("feed"), name=name[:40], known=", ".join(FEEDS)))
        return None
    return FEEDS[name]


class _Places:
    """Whether a place that is named can be one: a name needs a header or `file.columns`."""

    def __init__(self, file: FileForm | None) -> None:
        self.file = file

    def check(self, given: Given, key: str, place: Place) -> None:
        file = self.file
        if file is None:
            return
        if isinstance(place, int):
            known = len(file.widths) or len(file.columns)
            if place < 1 or (known and place > known):
                shown = f"1–{known}" if known else "1–"
                given.problems.append(said.PLACE_UNKNOWN(line=given.line(key), place=str(place), known=shown))
        elif file.columns:
            if place not in file.columns:
                shown = ", ".join(file.columns)[:200]
                given.problems.append(said.PLACE_UNKNOWN(line=given.line(key), place=place[:60], known=shown))
        elif not file.names_in_header:
            given.problems.append(said.NAME_WITHOUT_HEADER(line=given.line(key), place=place[:60]))


_FILE = (
    "folder",
    "name",
    "format",
    "encoding",
    "delimiter",
    "quote",
    "widths",
    "columns",
    "header",
    "trailer",
    "gz",
    "mode",
    "sheet",
)


def _file(given: Given | None) -> FileForm | None:
    if given is None:
        return None
    given.only(*_FILE)
    name = _pattern(given, "name", is_needed=True)
    folder = _pattern(given, "folder")
    format_ = given.one_of("format", Format, Format.DELIMITED)
    widths = given.numbers("widths")
    columns = given.texts("columns")
    if name is None:
        return None
    _check_where(given, name, folder)
    if format_ is Format.FIXED and not widths:
        given.problems.append(said.NEEDS(line=given.line("format"), key="format = fixed", needed="widths"))
    if format_ is not Format.FIXED and widths:
        given.wrong("widths", "ONLY_FIXED")
    if widths and columns and len(widths) != len(columns):
        given.wrong("columns", "AS_MANY_AS_WIDTHS")
    if len(set(columns)) != len(columns):
        given.wrong("columns", "DIFFERENT_NAMES")
    header = given.number("header", 0, lowest=0, highest=100)
    trailer_lines, trailer_starts = _trailer(given)
    mode = given.text("mode", default="full")
    if mode not in ("full", "increment"):
        given.wrong("mode", "MODE")
    return FileForm(
        folder,
        name,
        format_,
        _encoding(given),
        _delimiter(given, "," if format_ is Format.CSV else "|"),
        _quote(given),
        widths,
        columns,
        header,
        names_in_header=header > 0 and not columns,
        trailer_lines=trailer_lines,
        trailer_starts=trailer_starts,
        is_gzipped=given.flag("gz"),
        is_increment=mode == "increment",
        sheet=given.text("sheet", default=""),
    )


def _pattern(given: Given, key: str, *, is_needed: bool = False) -> Pattern | None:
    text = given.text(key, default="")
    if not text:
        if is_needed:
            given.missing(key)
        return None
    pattern = Pattern(text.rstrip("/") if key == "folder" else text)
    if any(part.count("*") > MOST_STARS for part in text.split("/")):
        given.wrong(key, "FEW_STARS")
    if pattern.unknown is not None:
        known = " ".join(f"{{{one}}}" for one in KNOWN)
        given.problems.append(
            said.HOLE_UNKNOWN(line=given.line(key), hole="{" + pattern.unknown + "}", known=known)
        )
        return None
    return pattern


def _check_where(given: Given, name: Pattern, folder: Pattern | None) -> None:
    if "/" in name.text or name.text in (".", "..") or "\0" in name.text:
        given.wrong("name", "NAME_WITHOUT_FOLDER")
    parts = [] if folder is None else folder.text.split("/")
    if any(part in (".", "..") or "\0" in part for part in parts) or "" in parts[1:]:
        assert folder is not None
        given.problems.append(said.FOLDER_OUTSIDE(line=given.line("folder"), folder=folder.text[:200]))
    holes = name.holes | (folder.holes if folder is not None else frozenset())
    if not ({"YYYY", "MM", "DD"} <= holes or {"YY", "MM", "DD"} <= holes):
        given.problems.append(said.WITHOUT_DATE(line=given.line("name")))
    if {"file", "stem"} & holes:
        given.problems.append(
            said.HOLE_UNKNOWN(line=given.line("name"), hole="{file}", known="{YYYYMMDD} {N} …")
        )


def _encoding(given: Given) -> str:
    text = given.text("encoding", default="GBK")
    plain = re.sub(r"[^a-z0-9]", "", text.lower())
    if plain not in _ENCODINGS:
        given.problems.append(said.ENCODING_UNKNOWN(line=given.line("encoding"), encoding=text[:40]))
    return _ENCODINGS.get(plain, "gb18030")


def _delimiter(given: Given, default: str) -> str:
    """Any letters, or one byte as `0x1D`, or `TAB`."""
    text = given.text("delimiter", default=default)
    code = re.fullmatch(r"(?:0[xX]|\\x)([0-9a-fA-F]{2})", text)
    meant = chr(int(code[1], 16)) if code else "\t" if text.upper() == "TAB" else text
    if not meant or "\n" in meant or "\r" in meant or len(meant) > 16 or (code and int(code[1], 16) > 0x7F):
        given.wrong("delimiter", "DELIMITER")
    return meant


def _quote(given: Given) -> str:
    quote = given.text("quote", default='"')
    if len(quote) != 1 or not quote.isascii():
        given.wrong("quote", "QUOTE")
        return '"'
    return quote


def _trailer(given: Given) -> tuple[int, str]:
    """`trailer = 1` for so many last lines, `trailer = "T|"` for last lines that begin so."""
    value = given.raw("trailer")
    if value is None:
        return 0, ""
    if isinstance(value, str) and value:
        return 0, value
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10:
        return value, ""
    given.wrong("trailer", "TRAILER")
    return 0, ""


_COUNTS = ("rows", "amount", "bytes", "md5", "sha256")
_CONTROL = ("kind", "name", "settle_minutes", "delimiter", "file", "amount_unit", *_COUNTS)


def _control(given: Given | None, file: FileForm | None) -> ControlForm | None:
    if given is None:
        return ControlForm(ControlKind.NONE)
    given.only(*_CONTROL)
    name = _pattern(given, "name")
    usual = ControlKind.FILE if name is not None else ControlKind.NONE
    kind = given.one_of("kind", ControlKind, usual)
    counts = {key: given.place(key) for key in ("file", *_COUNTS)}
    if kind is ControlKind.FILE and name is None:
        given.problems.append(said.NEEDS(line=given.line("kind"), key="kind = file", needed="name"))
    if kind is not ControlKind.FILE and name is not None:
        given.wrong("name", "ONLY_CONTROL_FILE")
    if name is not None and "/" in name.text:
        given.wrong("name", "NAME_WITHOUT_FOLDER")
    if kind is ControlKind.TRAILER and file is not None and not (file.trailer_lines or file.trailer_starts):
        given.problems.append(
            said.NEEDS(line=given.line("kind"), key="kind = trailer", needed="file.trailer")
        )
    if kind is ControlKind.TRAILER and counts["rows"] is None:
        given.problems.append(said.NEEDS(line=given.line("kind"), key="kind = trailer", needed="rows"))
    if kind is ControlKind.NONE and any(place is not None for place in counts.values()):
        given.problems.append(said.NEEDS(line=given.line("rows"), key="rows", needed="kind"))
    unit = given.text("amount_unit", default="元")
    if unit not in _UNITS:
        given.wrong("amount_unit", "UNIT")
    default = file.delimiter if kind is ControlKind.TRAILER and file is not None else "|"
    return ControlForm(
        kind,
        name,
        given.number("settle_minutes", 10, lowest=0, highest=1440),
        _delimiter(given, default),
        counts["file"],
        counts["rows"],
        counts["amount"],
        _UNITS.get(unit, 100),
        counts["bytes"],
        counts["md5"],
        counts["sha256"],
    )


def _operations(top: Given, places: _Places, *, is_increment: bool) -> Operations | None:
    given = top.table("operations")
    if given is None:
        if is_increment:
            top.problems.append(
                said.NEEDS(line=top.line("file"), key="mode = increment", needed="[operations]")
            )
        return None
    given.only("from", "upsert", "delete")
    place = given.place("from")
    if place is None:
        given.missing("from")
        return None
    places.check(given, "from", place)
    if not is_increment:
        given.problems.append(
            said.NEEDS(line=given.line("from"), key="[operations]", needed="mode = increment")
        )
    upsert, delete = given.texts("upsert", ("I", "U")), given.texts("delete", ("D",))
    if set(upsert) & set(delete):
        given.wrong("delete", "DIFFERENT_NAMES")
    return Operations(place, upsert, delete)


def _skip(given: Given, places: _Places) -> Skip | None:
    tests = [test.value for test in Test]
    given.only("from", *tests)
    place = given.place("from")
    if place is None:
        given.missing("from")
        return None
    places.check(given, "from", place)
    asked = [test for test in Test if given.raw(test.value) is not None]
    if len(asked) != 1:
        given.problems.append(said.NEEDS(line=given.line("from"), key="[[skip]]", needed=" / ".join(tests)))
        return None
    words = given.texts(asked[0].value)
    return Skip(place, asked[0], words) if words else None
