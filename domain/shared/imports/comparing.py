"""Records become wishes, and wishes changes of what is there: plain values, no database."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from domain.shared.imports import problems
from domain.shared.imports.kinds import Act, Change, ImportKind, Key, Known, Present, Values, Wish
from domain.shared.sheets.records import Problem, Record
from domain.shared.statements import Statement

TO_ON = "to_on"


def wished(
    kind: ImportKind, records: Iterable[Record], known: Known, found: list[Problem], refused: set[Key]
) -> Iterator[Wish]:
    """The rows without a problem; the problems of others go to `found`, their keys, as far as told, to `refused`."""
    seen: dict[Key, Wish] = {}
    for record in records:
        wrong = list(record.problems)

        def say(column: str, said: Statement, record: Record = record, wrong: list[Problem] = wrong) -> None:
            wrong.append(Problem(record.place(column), said))

        values = kind.read(record.values, known, say)
        key = tuple(str(values.get(column) or "") for column in kind.key)
        given = {name: value for name, value in values.items() if name not in kind.key}
        places = tuple(record.place(column) for column in kind.key)
        wish = Wish(key, given, places[0], places)
        first = seen.setdefault(key, wish)
        if first is not wish and first.given != given and not wrong:
            say(kind.key[0], problems.TWICE(first=str(first.place)))
        if wrong:
            found += wrong
            refused.add(key)
        elif first is wish:
            yield wish


def compared(
    kind: ImportKind, wishes: Sequence[Wish], present: Present, day: date, *, is_whole: bool, spared: set[Key]
) -> tuple[list[Change], int]:
    """The changes, and how many wishes are as things are. `spared` does not end by being left out."""
    changes: list[Change] = []
    same = 0
    for wish in wishes:
        before = present.get(wish.key)
        after = {**(before or {}), **wish.given}
        if before is not None and _plain(kind, after) == _plain(kind, before):
            same += 1
            continue
        if kind.since is not None:
            after[kind.since] = _since(kind, wish, before, day)
        changes.append(Change(_act(before, after), wish.key, before, after, wish.place))
    if is_whole:
        named = {wish.key for wish in wishes} | spared
        changes += (
            Change(Act.ENDED, key, before, {**before, TO_ON: day.isoformat()})
            for key, before in present.items()
            if key not in named and is_open(before, day)
        )
    return changes, same


def is_open(values: Values, day: date) -> bool:
    """Whether it lasts beyond a day."""
    ends: str | None = values.get(TO_ON)
    return ends is None or ends > day.isoformat()


def _plain(kind: ImportKind, values: Values) -> Values:
    return {name: value for name, value in values.items() if name != kind.since and value is not None}


def _since(kind: ImportKind, wish: Wish, before: Values | None, day: date) -> str | None:
    """A day that is not after the last change was left in the sheet from then: the change holds from the import's."""
    given: str | None = wish.given.get(kind.since or "")
    last: str | None = None if before is None else before.get(kind.since or "")
    if before is not None and not any(
        name in wish.given and wish.given[name] != before.get(name) for name in kind.dated
    ):
        return last
    return day.isoformat() if given is None or (last is not None and given <= last) else given


def _act(before: Values | None, after: Values) -> Act:
    if before is None:
        return Act.NEW
    return Act.ENDED if after.get(TO_ON) and not before.get(TO_ON) else Act.CHANGED
