"""What the product said, in Chinese words."""

from collections.abc import Mapping
from typing import Any

from domain.shared.statements import Statement, statement_of
from schema.words.wording import Language, word


def in_chinese(said: Statement | Mapping[str, Any] | None) -> str:
    """Of a statement, or of one as a table keeps it."""
    found = said if isinstance(said, Statement) else statement_of(said)
    return "" if found is None else word(found, Language.CHINESE)
