"""What the command line says: Chinese first, English where the terminal's language is English."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from domain.shared.statements import Statement


def is_english() -> bool:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.startswith("en")
    return False


def t(chinese: str, english: str) -> str:
    return english if is_english() else chinese


def say(said: "Statement") -> str:
    """A statement in the terminal's language."""
    from schema.words.wording import Language, word  # with psycopg behind it, which help does not need

    return word(said, Language.ENGLISH if is_english() else Language.CHINESE)


def say_kept(kept: Mapping[str, Any] | None) -> str:
    """A statement as a table keeps it, in the terminal's language; nothing where there is none."""
    from domain.shared.statements import statement_of

    said = statement_of(kept)
    return "" if said is None else say(said)
