"""Which descriptions hold on a data date, and what of the landing folder is theirs."""

from dataclasses import dataclass
from datetime import date

from domain.feeds.adapters.naming import Pattern
from domain.feeds.adapters.versions import Version, versions
from domain.shared.night import Connection
from domain.shared.statements import Statement


@dataclass(frozen=True)
class Described:
    """The descriptions that say something of the days up to a data date. `unusable` are those that a later release
    reads no more, as where a contract grew by a column that must be there; they stop no night."""

    versions: tuple[Version, ...]
    data_date: date
    unusable: tuple[tuple[Version, Statement], ...] = ()

    @classmethod
    def on(cls, connection: Connection, data_date: date) -> "Described":
        usable: list[Version] = []
        unusable: list[tuple[Version, Statement]] = []
        for one in versions(connection):
            if one.from_on > data_date:
                continue
            problem = one.problem
            if problem is None:
                usable.append(one)
            elif one.holds_on(data_date):
                unusable.append((one, problem))
        return cls(tuple(usable), data_date, tuple(unusable))

    @property
    def in_force(self) -> list[Version]:
        return [one for one in self.versions if one.holds_on(self.data_date)]

    @property
    def feeds(self) -> set[str]:
        return {one.feed for one in self.in_force} | {one.feed for one, _ in self.unusable}

    def claims(self, name: str) -> bool:
        """Whether an entry of the landing folder is a file, a control file or a folder of some description."""
        return any(_claims(one, name) for one in self.versions)


def _claims(one: Version, name: str) -> bool:
    form = one.adapter.file
    if form.folder is not None:
        first = form.folder.text.split("/")[0]
        return first != "" and Pattern(first).match(name) is not None
    control = one.adapter.control.name
    return form.name.match(name) is not None or (control is not None and control.match(name) is not None)
