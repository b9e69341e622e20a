"""What the rules of identity speak of: kinds of evidence, parties, links and doubts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from domain.customers.identity.certificates import CITIZEN
from domain.customers.identity.names import could_be, is_known
from domain.customers.identity.telephones import is_evidence, line

FIRMS = frozenset({"SOLE_TRADER", "ENTERPRISE", "ORGANISATION"})


class Rule(StrEnum):
    """Kinds of evidence, strongest first."""

    CERTIFICATE = "CERTIFICATE"
    CREDIT_CODE = "CREDIT_CODE"
    HEAD = "HEAD"
    CUSTOMER_NUMBER = "CUSTOMER_NUMBER"
    ORGANISATION_CODE = "ORGANISATION_CODE"
    FIRM_NAME = "FIRM_NAME"
    PHONE = "PHONE"
    BIRTH = "BIRTH"
    HEAD_NAME = "HEAD_NAME"


STRENGTH = {rule: position for position, rule in enumerate(Rule)}


_NO_LINES: frozenset[str] = frozenset()


@dataclass(slots=True)
class Party:
    """What the rules look at of a source record. `certificate` is (type, number) of the party itself."""

    id: int
    feed: str
    kind: str
    name: str
    certificate: tuple[str, str] | None = None
    representative: str | None = None
    credit_code: str | None = None
    phone: str | None = None
    other_phone: str | None = None
    birth_on: date | None = None
    gender: str | None = None
    village_code: str | None = None
    customer_number: str | None = None

    @property
    def lines(self) -> frozenset[str]:
        """Its telephones as they are compared; a hotline is nobody's own. There is no other one without a first."""
        if self.phone is None:
            return _NO_LINES
        given = (self.phone,) if self.other_phone is None else (self.phone, self.other_phone)
        return frozenset(line(number) for number in given if is_evidence(number))

    @property
    def citizen(self) -> str | None:
        return self.certificate[1] if self.certificate and self.certificate[0] == CITIZEN else None


class Against(StrEnum):
    """Why two records of people with the same telephone and name are nevertheless two people."""

    CERTIFICATES_DIFFER = "CERTIFICATES_DIFFER"
    BIRTHDAYS_DIFFER = "BIRTHDAYS_DIFFER"
    GENDERS_DIFFER = "GENDERS_DIFFER"
    VILLAGES_DIFFER = "VILLAGES_DIFFER"


class DoubtReason(StrEnum):
    """Why a pair is for a person to look at. Those of a telephone and name that contradict each other name it."""

    NAMES_DIFFER = "NAMES_DIFFER"
    CREDIT_CODES_DIFFER = "CREDIT_CODES_DIFFER"
    CODE_FAILS_ITS_CHECK = "CODE_FAILS_ITS_CHECK"
    NAME_ALONE = "NAME_ALONE"
    NUMBER_OF_ANOTHER_NAME = "NUMBER_OF_ANOTHER_NAME"
    CODES_AMBIGUOUS = "CODES_AMBIGUOUS"
    CERTIFICATES_AMBIGUOUS = "CERTIFICATES_AMBIGUOUS"
    BIRTH_AND_NAME_ALONE = "BIRTH_AND_NAME_ALONE"
    HEADS_NAMES_DIFFER = "HEADS_NAMES_DIFFER"
    HEADS_CERTIFICATE_MISSING = "HEADS_CERTIFICATE_MISSING"
    SHARED_BY_MANY = "SHARED_BY_MANY"
    CERTIFICATES_DIFFER = "CERTIFICATES_DIFFER"
    BIRTHDAYS_DIFFER = "BIRTHDAYS_DIFFER"
    GENDERS_DIFFER = "GENDERS_DIFFER"
    VILLAGES_DIFFER = "VILLAGES_DIFFER"


class Link(NamedTuple):
    a: int
    b: int
    rule: Rule


class Doubt(NamedTuple):
    """A pair for a person to look at."""

    a: int
    b: int
    rule: Rule
    reason: DoubtReason


@dataclass
class Verdicts:
    links: list[Link] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def add(self, other: "Verdicts") -> None:
        self.links.extend(other.links)
        self.doubts.extend(other.doubts)


class Word(NamedTuple):
    """What a rule says of a pair: joined, or in doubt for a reason, or nothing."""

    is_joined: bool
    doubt: DoubtReason | None = None


JOINED = Word(True)
NOTHING = Word(False)
DOUBTS_OF_A_RECORD = 3


def by_readable_name(group: Sequence[Party], is_whole: Callable[[str], bool]) -> dict[str, list[Party]]:
    """By name; what cannot be read wholly is put to the only name that may be meant, if there is just one."""
    named: dict[str, list[Party]] = {}
    for party in group:
        named.setdefault(party.name, []).append(party)
    found: dict[str, str] = {}
    for name in [name for name in named if is_known(name) and not is_whole(name)]:
        others = [other for other in named if other != name and could_be(other, name)]
        fitting = [other for other in others if is_whole(other)] or others
        if len(fitting) == 1 and fitting[0] not in found:
            found[name] = fitting[0]
    for name, other in found.items():
        named[other].extend(named.pop(name))
    return named


def cluster(rule: Rule, group: Sequence[Party], compare: Callable[[Party, Party], Word]) -> Verdicts:
    """Joins each record to the first earlier one that it goes with; doubts remain towards those it may go with."""
    verdicts = Verdicts()
    heads: list[Party] = []
    for party in group:
        doubts: list[Doubt] = []
        for head in heads:
            word = compare(head, party)
            if word.is_joined:
                verdicts.links.append(Link(head.id, party.id, rule))
                break
            if word.doubt is not None:
                doubts.append(Doubt(head.id, party.id, rule, word.doubt))
        else:
            verdicts.doubts.extend(doubts[:DOUBTS_OF_A_RECORD])
            heads.append(party)
    return verdicts
