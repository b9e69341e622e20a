"""All that can be asked, as a value: made of a list of fields and links, given to whoever reads rules."""

from collections.abc import Iterable, Set
from typing import Any

from domain.shared.rules.fields import Field, Link, Subject
from domain.shared.rules.reading import Reader, may_ask
from domain.shared.rules.tree import Rule
from domain.shared.rules.values import Parameters


class Language:
    """Refuses two fields of one name at once: a rule must mean one thing."""

    def __init__(self, fields: Iterable[Field], links: Iterable[Link] = ()) -> None:
        self.fields = _by_name((one.subject.name, one.name, one) for one in fields)
        self.links = _by_name((one.of.name, one.name, one) for one in links)

    def read(
        self,
        data: Any,
        subject: Subject,
        *,
        parameters: Parameters | None = None,
        permissions: Set[str] | None = None,
    ) -> Rule:
        """The rule that the JSON value says. Raises RuleRefused with the path of what is wrong.

        `permissions` are those of whoever asks; None is the bank itself.
        """
        reader = Reader(self.fields, self.links, parameters or {}, permissions)
        return Rule(subject, reader.node(data, subject))

    def askable(self, subject: Subject, permissions: Set[str] | None = None) -> list[Field]:
        """The fields of a subject that somebody with these permissions may ask, by name."""
        found = (one for (of, _), one in sorted(self.fields.items()) if of == subject.name)
        return [one for one in found if may_ask(one, permissions)]


def _by_name(declared: Iterable[tuple[str, str, Any]]) -> dict[tuple[str, str], Any]:
    named: dict[tuple[str, str], Any] = {}
    for subject, name, one in declared:
        if (subject, name) in named:
            raise ValueError(f"{subject}.{name} is declared twice")
        named[subject, name] = one
    return named
