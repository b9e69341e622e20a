"""What is wrong with a request that cannot be turned into a statement: a code, and values for a sentence about it.

A complaint is declared beside what makes it. Its words are put on at the edge (`schema/refusals.py`), in the language
of whoever asked.
"""

from dataclasses import dataclass
from datetime import date

from graphql import GraphQLError

Value = str | int | float | date


@dataclass(frozen=True)
class Complaint:
    """`code` is the contract's and stable; `sentence` names the words, `takes` the values that they may tell."""

    code: str
    sentence: str
    takes: frozenset[str]


COMPLAINTS: dict[str, Complaint] = {}
"""Every sentence of the modules that are loaded."""


def complaint(code: str, sentence: str | None = None, *, takes: tuple[str, ...] = ()) -> Complaint:
    """A new one; its sentence bears the name of the code where the code has only one."""
    made = Complaint(code, sentence or code, frozenset(takes))
    if made.sentence in COMPLAINTS:
        raise TypeError(f"{made.sentence} is declared twice")
    COMPLAINTS[made.sentence] = made
    return made


class BadRequest(GraphQLError):
    """The request is wrong whatever the rows are. The message is for logs."""

    def __init__(self, complaint: Complaint, **values: Value) -> None:
        if values.keys() != complaint.takes:
            raise TypeError(f"{complaint.sentence} takes {sorted(complaint.takes)}, not {sorted(values)}")
        told = " ".join([complaint.sentence, *(f"{name}={value}" for name, value in values.items())])
        super().__init__(told, extensions={"code": complaint.code})
        self.complaint, self.values = complaint, values
