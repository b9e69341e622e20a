"""脱敏: the profiles of what is seen in full. A role names one; the text of a statement depends on it.

Whoever calls and visits customers sees the name, phone and address of his own in full. Who directs the visits sees the
phone masked. Head office counts and steers: it sees persons, numbers and places masked. Certificates are masked for
everybody.
"""

from enum import StrEnum


class Mask(StrEnum):
    FULL_OWN = "FULL_OWN"
    OUTLET = "OUTLET"
    HEAD = "HEAD"
    ALL = "ALL"

    @classmethod
    def named(cls, name: str) -> "Mask":
        """A profile that this program does not know hides everything."""
        return cls(name) if name in cls.__members__ else cls.ALL


_CONTACTS = frozenset({"name", "address", "location", "number", "note", "other"})
SHOWN: dict[Mask, frozenset[str]] = {Mask.FULL_OWN: _CONTACTS | {"phone"}, Mask.OUTLET: _CONTACTS}
"""The masked fields that a profile shows in full."""


def hides(mask: Mask, field: str) -> bool:
    """Default deny: what a profile does not show is masked."""
    return field not in SHOWN.get(mask, frozenset())
