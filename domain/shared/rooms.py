"""A room: one context with what it brings to the house. Rooms are one list, given as an argument; nothing registers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from domain.shared.files.kinds import FilePurpose
from domain.shared.followers import Followers, Rebuild
from domain.shared.imports.kinds import ImportKind
from domain.shared.imports.trying import ImportNotes
from domain.shared.night import NightStep
from domain.shared.parameters import Parameter, defaults_of
from domain.shared.rules.fields import Field, Link
from domain.shared.rules.language import Language
from domain.shared.sheets.columns import check_columns


@dataclass(frozen=True)
class InLanguage:
    """A rebuild that asks rules, also of fields of other rooms: made with the language of all of them."""

    rebuild: Callable[[Language], Rebuild]


@dataclass(frozen=True)
class Room:
    """`rebuilds` make anew what a cut leaves wrong, in the order of the rooms, which is the order of the locks.

    `steps` are those of a room that the night's own list does not name; they say themselves what they wait for.
    """

    name: str
    followers: Followers = ()
    rebuilds: tuple[Rebuild | InLanguage, ...] = ()
    steps: tuple[NightStep, ...] = ()
    fields: tuple[Field, ...] = ()
    """What rules can ask of what the room knows."""
    links: tuple[Link, ...] = ()
    parameters: tuple[Parameter[Any], ...] = ()
    imports: tuple[ImportKind, ...] = ()
    import_notes: tuple[ImportNotes, ...] = ()
    """What the room has to tell when an import was carried out."""
    files: tuple[FilePurpose, ...] = ()
    """What it takes files for."""


Rooms = Sequence[Room]


def followers_of(rooms: Rooms) -> Followers:
    """Every table that carries a customer, in the order in which a cut writes them; a table is named once."""
    found = tuple(follower for room in rooms for follower in room.followers)
    twice = {one.table for one in found if [other.table for other in found].count(one.table) > 1}
    if twice:
        raise ValueError(f"more than one room says what follows in {', '.join(sorted(twice))}")
    return found


def rebuilds_of(rooms: Rooms) -> tuple[Rebuild, ...]:
    language = language_of(rooms)
    declared = (one for room in rooms for one in room.rebuilds)
    return tuple(one.rebuild(language) if isinstance(one, InLanguage) else one for one in declared)


def language_of(rooms: Rooms) -> Language:
    """All that the rooms can be asked, made once for a list of rooms; two fields of one name are refused."""
    fields = tuple(field for room in rooms for field in room.fields)
    return _language(fields, tuple(link for room in rooms for link in room.links))


@cache
def _language(fields: tuple[Field, ...], links: tuple[Link, ...]) -> Language:
    return Language(fields, links)


def parameters_of(rooms: Rooms) -> tuple[Parameter[Any], ...]:
    """Every parameter of the rooms; two of one name are refused."""
    found = tuple(parameter for room in rooms for parameter in room.parameters)
    defaults_of(found)
    return found


def import_kinds_of(rooms: Rooms) -> tuple[ImportKind, ...]:
    """Every kind of import; two of one name, or columns that cannot be told apart, are refused."""
    found = tuple(kind for room in rooms for kind in room.imports)
    names = [kind.name for kind in found]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"more than one room imports {', '.join(sorted(twice))}")
    for kind in found:
        check_columns(kind.columns)
    return found


def import_notes_of(rooms: Rooms) -> tuple[ImportNotes, ...]:
    return tuple(notes for room in rooms for notes in room.import_notes)


def purposes_of(rooms: Rooms) -> tuple[FilePurpose, ...]:
    """Everything that files are taken for; two purposes of one name are refused."""
    found = tuple(purpose for room in rooms for purpose in room.files)
    names = [purpose.name for purpose in found]
    if len(set(names)) < len(names):
        raise ValueError(f"more than one room takes files for one of {', '.join(sorted(names))}")
    return found


@dataclass(frozen=True)
class House:
    """A list of rooms with what is made of all of them, once."""

    rooms: Rooms
    language: Language
    parameters: tuple[Parameter[Any], ...]
    files: tuple[FilePurpose, ...] = ()
    imports: tuple[ImportKind, ...] = ()
    import_notes: tuple[ImportNotes, ...] = ()


def house_of(rooms: Rooms) -> House:
    """Refused where two rooms declare one field or parameter."""
    return House(
        rooms,
        language_of(rooms),
        parameters_of(rooms),
        purposes_of(rooms),
        import_kinds_of(rooms),
        import_notes_of(rooms),
    )
