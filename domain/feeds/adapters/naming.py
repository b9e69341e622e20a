"""Names of files and folders with the data date and a sequence in them.

`DEP_{YYYYMMDD}_{N}.txt`: `{YYYYMMDD}`, or `{YYYY}`, `{YY}`, `{MM}`, `{DD}` one by one; `{N}` are digits, the sequence
within a day; `*` is anything but a slash; everything else stands for itself.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

_HOLE = re.compile(r"\{([A-Za-z-]+)\}|(\*)")
_DATES = {
    "YYYYMMDD": ("YYYY", "MM", "DD"),
    "YYYY-MM-DD": ("YYYY", "-", "MM", "-", "DD"),
    "YYMMDD": ("YY", "MM", "DD"),
    "YYYYMM": ("YYYY", "MM"),
}
_DIGITS = {"YYYY": "[0-9]{4}", "YY": "[0-9]{2}", "MM": "[0-9]{2}", "DD": "[0-9]{2}", "N": "[0-9]{1,6}"}
KNOWN = (*_DATES, *_DIGITS, "file", "stem")


@dataclass(frozen=True)
class Found:
    """What a name says: parts of its date, and its sequence (None: it has none)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    sequence: int | None = None

    def with_more(self, other: "Found") -> "Found | None":
        """Both together; None where they contradict each other."""
        pairs = [
            (self.year, other.year),
            (self.month, other.month),
            (self.day, other.day),
            (self.sequence, other.sequence),
        ]
        if any(left is not None and right is not None and left != right for left, right in pairs):
            return None
        return Found(*(right if left is None else left for left, right in pairs))

    @property
    def date(self) -> date | None:
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True)
class Pattern:
    text: str

    @property
    def unknown(self) -> str | None:
        """The first thing in braces that stands for nothing."""
        return next((hole[1] for hole in _HOLE.finditer(self.text) if hole[1] and hole[1] not in KNOWN), None)

    @property
    def holes(self) -> frozenset[str]:
        """YYYY, MM, DD, N, … as the name has them."""
        parts: set[str] = set()
        for hole in _HOLE.finditer(self.text):
            parts.update(_DATES.get(hole[1], (hole[1],)) if hole[1] else ("*",))
        return frozenset(parts)

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        written, end, seen = "", 0, set[str]()
        for hole in _HOLE.finditer(self.text):
            written += re.escape(self.text[end : hole.start()])
            end = hole.end()
            for part in _DATES.get(hole[1], (hole[1],)) if hole[1] else ("*",):
                if part == "*":
                    written += "[^/]*"
                elif part in ("file", "stem"):
                    written += "[^/]+"
                elif part not in _DIGITS:
                    written += re.escape(part)
                elif part in seen:
                    written += f"(?P={part})"
                else:
                    written += f"(?P<{part}>{_DIGITS[part]})"
                    seen.add(part)
        return re.compile(written + re.escape(self.text[end:]))

    def match(self, name: str) -> Found | None:
        """What a name says; None when it is another one."""
        found = self._regex.fullmatch(name)
        if found is None:
            return None
        said = {part: int(digits) for part, digits in found.groupdict().items() if digits is not None}
        year = said.get("YYYY", 2000 + said["YY"] if "YY" in said else None)
        return Found(year, said.get("MM"), said.get("DD"), said.get("N"))

    def digits(self, name: str) -> str:
        """The sequence as it is written, noughts in front included; empty where a name has none."""
        found = self._regex.fullmatch(name)
        return "" if found is None else found.groupdict().get("N") or ""

    def filled(self, day: date, sequence: int | str, file: str = "") -> str:
        """The name for a day; `{file}` is the name of the data file, `{stem}` that without its ending."""
        values = {
            "YYYY": f"{day:%Y}",
            "YY": f"{day:%y}",
            "MM": f"{day:%m}",
            "DD": f"{day:%d}",
            "N": str(sequence),
            "file": file,
            "stem": file.removesuffix(".gz").rpartition(".")[0] or file,
        }

        def fill(hole: re.Match[str]) -> str:
            if not hole[1]:
                return "*"
            return "".join(values.get(part, part) for part in _DATES.get(hole[1], (hole[1],)))

        return _HOLE.sub(fill, self.text)
