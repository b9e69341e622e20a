"""KML before GDAL reads it: UTF-8, without entities, and with names of columns that GDAL leaves alone.

GDAL turns every character of a column's name that is not ASCII into underscores, and its parser knows no GBK.
"""

import re
from html import unescape
from pathlib import Path

from geo.reading import said
from geo.reading.unpacking import CannotRead

_DECLARATION = re.compile(rb"""^(<\?xml[^>]*?encoding\s*=\s*["'])([A-Za-z0-9_-]+)(["'])""")
_COLUMN = re.compile(
    r"""(<(?:\w+:)?(?:Data|SimpleData|SimpleField)\b[^<>]*?\bname\s*=\s*)(["'])(.*?)\2""", re.DOTALL
)
_GBK = {"gbk", "gb2312", "gb18030"}


def as_gdal_reads_it(path: Path, title: str) -> dict[str, str]:
    """Writes the file anew where that is needed; gives the names that columns have in it by those GDAL will say."""
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise CannotRead(said.MAP_DECLARES_ENTITIES(file=title))
    declared = _DECLARATION.match(raw)
    encoding = declared[2].decode().lower() if declared else "utf-8"
    if encoding in _GBK and declared:
        raw = declared[1] + b"UTF-8" + raw[declared.end(2) :]
    try:
        text = raw.decode("gb18030" if encoding in _GBK else encoding)
    except (UnicodeDecodeError, LookupError) as failed:
        raise CannotRead(said.MAP_UNREADABLE(file=title, reason=str(failed)[:80])) from None
    names: dict[str, str] = {}

    def renamed(found: re.Match[str]) -> str:
        if found[3].isascii():
            return found[0]
        ours = names.setdefault(unescape(found[3]), f"column_{len(names)}")
        return f"{found[1]}{found[2]}{ours}{found[2]}"

    text = _COLUMN.sub(renamed, text)
    path.write_bytes(text.encode("utf-8" if encoding in _GBK else encoding))
    return {ours: name for name, ours in names.items()}
