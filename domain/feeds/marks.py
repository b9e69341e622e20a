"""Bytes and characters that are no text: marks of encodings, frames of older systems, what no eye sees, padding.

A mark at the edge of a file, a line or a column carries nothing and is dropped. Inside a column a control character
may stand for something that was lost, so the line is set aside.
"""

import re

from domain.feeds.contracts import DELIMITER

UTF_8_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")

# Tab and line feed are left out: they stand in texts and between lines.
CONTROLS = bytes(byte for byte in (*range(0x20), 0x7F) if byte not in b"\t\n")
_CONTROL = re.compile(f"[{re.escape(CONTROLS.decode())}]")
_FRAME = CONTROLS + b" \t"
_NUL_PADDING = re.compile(rb"\x00+(?=%b|$)" % re.escape(DELIMITER.encode()))

# Byte order mark, zero width, direction, soft hyphen, separators of lines, C1, variation selectors.
_INVISIBLE = (
    "\u0080-\u009f\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
# The same in UTF-8, by first byte: a chunk is searched for one byte before it is searched for more.
_INVISIBLE_UTF_8 = {
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f\xad]"),
    b"\xcd": re.compile(rb"\xcd\x8f"),
    b"\xd8": re.compile(rb"\xd8\x9c"),
    b"\xe1": re.compile(rb"\xe1\xa0[\x8b-\x8e]"),
    b"\xe2": re.compile(rb"\xe2(?:\x80[\x8b-\x8f\xa8-\xae]|\x81[\xa0-\xaf])"),
    b"\xef": re.compile(rb"\xef(?:\xb8[\x80-\x8f]|\xbb\xbf|\xbf[\xb9-\xbb])"),
}
INVISIBLE = re.compile(f"[{_INVISIBLE}]")

_BLANK = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BLANK_UTF_8 = {
    b" ": re.compile(rb" (?:\|@\||\n)|(?:\|@\||\n) "),
    b"\t": re.compile(rb"\t"),
    b"\xc2": re.compile(rb"\xc2\xa0"),
    b"\xe1": re.compile(rb"\xe1\x9a\x80"),
    b"\xe2": re.compile(rb"\xe2(?:\x80[\x80-\x8a\xaf]|\x81\x9f)"),
    b"\xe3": re.compile(rb"\xe3\x80\x80"),
}
_EDGE = re.escape(DELIMITER)
_PADDING_AFTER = re.compile(f"[{_BLANK}]+(?={_EDGE}|\n)")
_PADDING_BEFORE = re.compile(f"({_EDGE}|\n)[{_BLANK}]+")
_PADDING_OF_FIRST = re.compile(f"[{_BLANK}]+")

# Two Chinese characters one after the other as UTF-8 has them. Nearly always a byte of them is one that the common part
# of GBK does not use, which is found sooner.
_UTF_8_HAN = re.compile(rb"[\xe4-\xe9][\x80-\xbf]{2}[\xe4-\xe9][\x80-\xbf]{2}")
_OUTSIDE_GB2312 = bytes(range(0x80, 0xA1))


def has_controls(raw: bytes) -> bool:
    return _holds(raw, CONTROLS)


def may_hold_utf_8(raw: bytes) -> bool:
    """Whether Chinese in UTF-8 may stand in what is said to be GB18030, where it need not be an error."""
    return _holds(raw, _OUTSIDE_GB2312) and _UTF_8_HAN.search(raw) is not None


def _holds(raw: bytes, those: bytes) -> bool:
    return len(raw.translate(None, those)) != len(raw)


def unframed(raw: bytes) -> bytes:
    """A line without the control characters at its ends and without the NULs that fill its columns."""
    kept = raw.strip(_FRAME)
    return _NUL_PADDING.sub(b"", kept) if b"\0" in kept else kept


def holds_invisible(encoded: bytes) -> bool:
    """Whether a text in UTF-8 holds what no eye sees."""
    return _found(encoded, _INVISIBLE_UTF_8)


def may_be_padded(encoded: bytes) -> bool:
    """Whether a text in UTF-8 may hold padding; true a little too often."""
    return encoded.startswith(b" ") or _found(encoded, _BLANK_UTF_8)


def _found(encoded: bytes, those: dict[bytes, re.Pattern[bytes]]) -> bool:
    return any(first in encoded and one.search(encoded) is not None for first, one in those.items())


def unpadded(text: str) -> str:
    """Lines without blanks of any width at the ends of their columns. Those inside of a column stay."""
    text = _PADDING_BEFORE.sub(r"\1", _PADDING_AFTER.sub("", text))
    found = _PADDING_OF_FIRST.match(text)
    return text if found is None else text[found.end() :]


def shown(raw: bytes, encoding: str) -> str:
    """A line for people: what cannot be read, and control characters, as escapes like \\x02."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", raw.decode(encoding, "backslashreplace"))
