"""At which line of a description a key is written: tomllib does not say, and people look for it."""

import re
from collections.abc import Mapping

_TABLE = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*[.=]""")

Where = tuple[str | int, ...]


def lines_of(text: str) -> Mapping[Where, int]:
    """Path → line, counted from 1. Tables of a list have their number in the path: ("skip", 0, "is")."""
    found: dict[Where, int] = {}
    counts: dict[str, int] = {}
    table: Where = ()
    for number, line in enumerate(text.split("\n"), start=1):
        head = _TABLE.match(line)
        if head is not None:
            table = tuple(head[1].split("."))
            if line.lstrip().startswith("[["):
                counts[head[1]] = counts.get(head[1], -1) + 1
                table = (*table, counts[head[1]])
            found.setdefault(table, number)
        elif (key := _KEY.match(line)) is not None:
            name = next(part for part in key.groups() if part is not None)
            found.setdefault((*table, name), number)
    return found


def line_at(lines: Mapping[Where, int], where: Where) -> int:
    """The line of a key, or of what it stands in; 0 where that is nowhere."""
    for end in range(len(where), 0, -1):
        if where[:end] in lines:
            return lines[where[:end]]
    return 0
