"""What the command line says: Chinese first, English where the terminal's language is English.

Its words are one catalogue a language, `api/words/`. `./yunge` itself has a handful of its own, because it runs before
there is a Python that could read them.
"""

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from domain.shared.statements import Statement


CATALOGUES = Path(__file__).parent.parent / "words"


def is_english() -> bool:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.startswith("en")
    return False


def t(key: str, **values: object) -> str:
    """What the catalogue of the terminal's language has under `room.sentence`, with its gaps filled."""
    return t_in(is_english(), key, **values)


def t_in(english: bool, key: str, **values: object) -> str:
    """The same for a reader who is not at the terminal."""
    room, _, sentence = key.partition(".")
    template: str = _catalogue(english=english)[room][sentence]
    return template.format(**values) if values else template


@cache
def _catalogue(*, english: bool) -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = json.loads(
        (CATALOGUES / ("en.json" if english else "zh-CN.json")).read_text("utf-8")
    )
    return read


def say(said: "Statement") -> str:
    """A statement in the terminal's language."""
    from schema.words.wording import Language, word  # with psycopg behind it, which help does not need

    return word(said, Language.ENGLISH if is_english() else Language.CHINESE)


def say_kept(kept: Mapping[str, Any] | None) -> str:
    """A statement as a table keeps it, in the terminal's language; nothing where there is none."""
    from domain.shared.statements import statement_of

    said = statement_of(kept)
    return "" if said is None else say(said)
