"""Text as it is meant: without what no eye sees, in one width, and without the marks that people put between parts."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(
    [
        *range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5,
        *range(0x180B, 0x180F), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x2800, 0x3164,
        *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0200),
    ]
)  # fmt: skip
"""Controls, joiners, marks of direction and of variants, byte order marks, fillers."""

DOTS = "·・•‧∙⋅●᛫˙.。"
"""What is typed for the dot of a name; the half-width and full-width forms of these are made the same before."""
GAPS = " -‐‑‒–—―−_'’‘`´．･｡,，/／<＜" + DOTS
"""Marks between the parts of a name or number that are not compared (SMITH, JOHN; SMITH<<JOHN of a passport)."""
_GAPS = re.compile(rf"[\s{re.escape(GAPS)}]+")


def visible(text: str) -> str:
    """Without characters that have no shape of their own."""
    return text if text.isascii() and text.isprintable() else text.translate(_INVISIBLE)


def half_width(text: str) -> str:
    """Full-width letters and digits as plain ones (NFKC), without what is invisible."""
    if text.isascii():
        return visible(text)
    return unicodedata.normalize("NFKC", visible(text))


def compact(text: str) -> str:
    """Half-width, without the marks between its parts, upper case."""
    return _GAPS.sub("", half_width(text)).upper()


def reference(text: str | None) -> str | None:
    """A number that another system quotes: half-width, without spaces, upper case; its hyphens stay."""
    return "".join(half_width(text).split()).upper() or None if text else None
