"""Files that lie ready in several encodings, and which of them a client takes."""

from collections.abc import Mapping
from pathlib import Path

ENCODINGS: Mapping[str, str] = {"br": ".br", "gzip": ".gz"}
"""Name in HTTP and ending of the file, the smaller one first. The build writes them (`frontend/scripts/packed.ts`)."""


def taken(accept_encoding: str) -> frozenset[str]:
    """The encodings of ours that a client takes, by its `Accept-Encoding` (RFC 9110, 12.5.3)."""
    wanted: dict[str, bool] = {}
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.partition(";")
        wanted[name.strip()] = not _is_nought(weight)
    others = wanted.get("*", False)
    return frozenset(name for name in ENCODINGS if wanted.get(name, others))


def _is_nought(weight: str) -> bool:
    name, _, value = weight.strip().partition("=")
    return name == "q" and value.strip(" 0") in ("", ".")


def packed(file: Path, accept_encoding: str) -> tuple[Path, str | None]:
    """The smallest form of a file that the client takes, with its encoding; the file itself where there is none."""
    names = taken(accept_encoding)
    for name, ending in ENCODINGS.items():
        candidate = file.with_name(file.name + ending)
        if name in names and candidate.is_file() and not candidate.is_symlink():
            return candidate, name
    return file, None
