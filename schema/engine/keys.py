"""Keys of rows and the ids across all types that carry them: `Album:12`. Ids carry no rights."""

from collections.abc import Callable
from typing import Any

MAXIMUM_KEY = 2**63 - 1


def bigint_key(text: str) -> int:
    """The key of rows numbered by the database."""
    if not (text.isascii() and text.isdigit() and text == str(int(text[:20]))):
        raise ValueError(text)
    number = int(text)
    if number > MAXIMUM_KEY:
        raise ValueError(text)
    return number


def key_of(global_id: str, type_name: str, read_key: Callable[[str], Any]) -> Any | None:
    """The key inside a global id; None when it names nothing of this type."""
    name, colon, rest = global_id.partition(":")
    if not colon or name != type_name:
        return None
    try:
        return read_key(rest)
    except ValueError:
        return None
