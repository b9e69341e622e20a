"""In which encoding a Shapefile's table is written: what its .cpg says, if its bytes agree, else what its bytes say."""

import codecs
import struct
from pathlib import Path

_SAMPLE = 4 << 20
_GBK_NAMES = {"936", "gbk", "gb2312", "gb18030", "cp936", "ansi936", "ansi 936", "euccn", "hz"}


def encoding_of(table: Path, told: str | None) -> tuple[str, bool]:
    """Python's name of the encoding, and whether it had to be found out against what the file says or left open."""
    with table.open("rb") as file:
        head, body = _head_and_body(file.read(_SAMPLE))
    stated = _stated(told)
    if stated is not None and _reads(head, body, stated):
        return stated, False
    found = next((one for one in ("utf-8", "gb18030", "big5") if _reads(head, body, one)), "latin-1")
    is_ascii = _reads(head, body, "ascii")
    return found, not is_ascii


def _stated(told: str | None) -> str | None:
    plain = (told or "").strip().strip("\ufeff").lower()
    if not plain:
        return None
    if plain in _GBK_NAMES:
        return "gb18030"
    try:
        return codecs.lookup(plain.removeprefix("ldid/")).name
    except LookupError:
        return None


def _head_and_body(raw: bytes) -> tuple[list[bytes], bytes]:
    """Names of the columns, and the records. A name cut in the middle of a character is cut before it."""
    if len(raw) < 32:
        return [], b""
    header, _record = struct.unpack_from("<HH", raw, 8)
    names = [raw[at : at + 11].split(b"\0", 1)[0] for at in range(32, max(32, header - 1), 32)]
    return [name for name in names if name and name != b"\r"], raw[header:]


def _reads(head: list[bytes], body: bytes, encoding: str) -> bool:
    """Whether all of it can be read so. The sample's last bytes, and those of long names, may be half a character."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        decoder.decode(body, final=False)
        for name in head:
            codecs.getincrementaldecoder(encoding)("strict").decode(name, final=len(name) < 10)
    except (UnicodeDecodeError, ValueError):
        return False
    return True
