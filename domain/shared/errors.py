"""Refusals: what the business says no to. Anything that is not a DomainError is a bug and is masked."""

from collections.abc import Mapping
from typing import ClassVar

from domain.shared.statements import AS_SAID_BEFORE, Kind, Statement, Value, check_values


class DomainError(Exception):
    """A refusal with a stable `code` and the values of its words; the words themselves are put on at the edge."""

    code = "REFUSED"
    takes: ClassVar[Mapping[str, Kind]] = {}
    """The values that its words may name, with their kinds."""

    def __init__(self, sentence: str | None = None, **values: Value) -> None:
        if sentence is None:
            check_values(self.code, self.takes, values)
        self.statement = Statement(self.code, values) if sentence is None else AS_SAID_BEFORE(text=sentence)
        super().__init__(str(self.statement) if sentence is None else sentence)
