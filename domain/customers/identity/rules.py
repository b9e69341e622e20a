"""When two source records are one party. Pure: a rule sees the records that share a key, and nothing else.

So the links that follow from a key depend on the records with that key alone, and working again on what changed gives
the same as working on everything. The rules are those of `docs/identity.md`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from domain.customers.identity.normalise import CITIZEN, birth_of, gender_of, sound

FIRMS = frozenset({"SOLE_TRADER", "ENTERPRISE", "ORGANISATION"})
PARTIES_PER_PHONE = 3
"""A telephone under which more names than this are known is nobody's key."""


class Rule(StrEnum):
    """Kinds of evidence, strongest first."""

    CERTIFICATE = "CERTIFICATE"
    CREDIT_CODE = "CREDIT_CODE"
    HEAD = "HEAD"
    CUSTOMER_NUMBER = "CUSTOMER_NUMBER"
    ORGANISATION_CODE = "ORGANISATION_CODE"
    FIRM_NAME = "FIRM_NAME"
    PHONE = "PHONE"
    HEAD_NAME = "HEAD_NAME"


STRENGTH = {rule: position for position, rule in enumerate(Rule)}


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
    birth_on: date | None = None
    gender: str | None = None
    village_code: str | None = None
    customer_number: str | None = None

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
    NAME_ALONE = "NAME_ALONE"
    NUMBER_OF_ANOTHER_NAME = "NUMBER_OF_ANOTHER_NAME"
    CODES_AMBIGUOUS = "CODES_AMBIGUOUS"
    CERTIFICATES_AMBIGUOUS = "CERTIFICATES_AMBIGUOUS"
    HEADS_NAMES_DIFFER = "HEADS_NAMES_DIFFER"
    HEADS_CERTIFICATE_MISSING = "HEADS_CERTIFICATE_MISSING"
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
    links: list[Link]
    doubts: list[Doubt]


class Word(NamedTuple):
    """What a rule says of a pair: joined, or in doubt for a reason, or nothing."""

    is_joined: bool
    doubt: DoubtReason | None = None


_JOINED = Word(True)
_NOTHING = Word(False)


def names_agree(a: str, b: str) -> bool:
    """Equal, or written with other characters of the same sound (张伟, 张玮)."""
    return a == b or (len(a) == len(b) and len(a) > 1 and sound(a) == sound(b))


def contradiction(a: Party, b: Party) -> Against | None:
    """What tells two people apart who have the same telephone and name."""
    if (
        a.certificate
        and b.certificate
        and a.certificate[0] == b.certificate[0]
        and a.certificate != b.certificate
    ):
        return Against.CERTIFICATES_DIFFER
    birth_a, birth_b = _birth(a), _birth(b)
    if birth_a and birth_b:
        return None if birth_a == birth_b else Against.BIRTHDAYS_DIFFER
    gender_a, gender_b = _gender(a), _gender(b)
    if gender_a and gender_b and gender_a != gender_b:
        return Against.GENDERS_DIFFER
    if a.village_code and b.village_code and a.village_code != b.village_code:
        return Against.VILLAGES_DIFFER
    return None


def _birth(party: Party) -> date | None:
    return birth_of(party.citizen) if party.citizen else party.birth_on


def _gender(party: Party) -> str | None:
    return gender_of(party.citizen) if party.citizen else party.gender


def judge(rule: Rule, group: Sequence[Party]) -> Verdicts:
    """All links and doubts that follow from the records that share one key."""
    return _JUDGES[rule](sorted(group, key=lambda party: party.id))


def _cluster(rule: Rule, group: Sequence[Party], compare: Callable[[Party, Party], Word]) -> Verdicts:
    """Joins each record to the first earlier one that it goes with; doubts remain towards those it may go with."""
    verdicts = Verdicts([], [])
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
            verdicts.doubts.extend(doubts[:3])
            heads.append(party)
    return verdicts


def _judge_certificate(group: Sequence[Party]) -> Verdicts:
    people = [party for party in group if party.kind == "PERSON"]
    return _cluster(
        Rule.CERTIFICATE,
        people,
        lambda a, b: _JOINED if names_agree(a.name, b.name) else Word(False, DoubtReason.NAMES_DIFFER),
    )


def _judge_credit_code(group: Sequence[Party]) -> Verdicts:
    firms = [party for party in group if party.kind in FIRMS]
    return _cluster(Rule.CREDIT_CODE, firms, lambda _a, _b: _JOINED)


def _judge_organisation_code(group: Sequence[Party]) -> Verdicts:
    def compare(a: Party, b: Party) -> Word:
        if a.credit_code and b.credit_code and a.credit_code != b.credit_code:
            return Word(False, DoubtReason.CREDIT_CODES_DIFFER)
        return _JOINED

    return _cluster(Rule.ORGANISATION_CODE, [party for party in group if party.kind in FIRMS], compare)


def _judge_firm_name(group: Sequence[Party]) -> Verdicts:
    def compare(a: Party, b: Party) -> Word:
        if a.credit_code and b.credit_code:
            return _NOTHING  # the credit code decides
        if a.representative and a.representative == b.representative:
            return _JOINED
        if a.phone and a.phone == b.phone:
            return _JOINED
        if a.customer_number and a.customer_number == b.customer_number:
            return _JOINED
        return Word(False, DoubtReason.NAME_ALONE)

    return _cluster(Rule.FIRM_NAME, [party for party in group if party.kind in FIRMS], compare)


def _judge_customer_number(group: Sequence[Party]) -> Verdicts:
    """A customer number that another system quotes, or that the account of a shop belongs to."""

    def compare(a: Party, b: Party) -> Word:
        if (a.kind in FIRMS) != (b.kind in FIRMS):
            return _NOTHING  # a shop whose takings go to its owner's account
        if a.kind in FIRMS:
            same = a.name == b.name or bool(a.phone and a.phone == b.phone)
            if a.credit_code and b.credit_code:
                same = a.credit_code == b.credit_code
        else:
            same = names_agree(a.name, b.name) and contradiction(a, b) in (None, Against.VILLAGES_DIFFER)
        return _JOINED if same else Word(False, DoubtReason.NUMBER_OF_ANOTHER_NAME)

    core = [party for party in group if party.feed == "core_customer"]
    if not core:
        return Verdicts([], [])
    rest = [party for party in group if party.feed != "core_customer" and party.kind != "HOUSEHOLD"]
    verdicts = Verdicts([], [])
    for party in rest:
        found = _cluster(Rule.CUSTOMER_NUMBER, [core[0], party], compare)
        verdicts.links.extend(found.links)
        verdicts.doubts.extend(found.doubts)
    return verdicts


def _judge_phone(group: Sequence[Party]) -> Verdicts:
    """People by telephone and name, firms by telephone and name, each when few names share the telephone."""
    verdicts = Verdicts([], [])
    for members in (
        [party for party in group if party.kind == "PERSON"],
        [party for party in group if party.kind in FIRMS],
    ):
        by_name: dict[str, list[Party]] = {}
        for party in members:
            by_name.setdefault(party.name, []).append(party)
        if len(by_name) > PARTIES_PER_PHONE and len({sound(name) for name in by_name}) > PARTIES_PER_PHONE:
            continue
        for same_name in by_name.values():
            found = _judge_namesakes(same_name)
            verdicts.links.extend(found.links)
            verdicts.doubts.extend(found.doubts)
    return verdicts


def _judge_namesakes(group: Sequence[Party]) -> Verdicts:
    certificates = {party.certificate or party.credit_code for party in group} - {None}
    is_ambiguous = len(certificates) > 1

    def compare(a: Party, b: Party) -> Word:
        if a.kind in FIRMS:
            if a.credit_code and b.credit_code and a.credit_code != b.credit_code:
                return _NOTHING
            return Word(False, DoubtReason.CODES_AMBIGUOUS) if is_ambiguous else _JOINED
        reason = contradiction(a, b)
        if reason is not None:
            return Word(False, DoubtReason(reason.value))
        if is_ambiguous and not (a.certificate and b.certificate):
            return Word(False, DoubtReason.CERTIFICATES_AMBIGUOUS)
        return _JOINED

    return _cluster(Rule.PHONE, group, compare)


def _judge_head(group: Sequence[Party]) -> Verdicts:
    households = [party for party in group if party.kind == "HOUSEHOLD"]
    return _cluster(
        Rule.HEAD,
        households,
        lambda a, b: _JOINED if names_agree(a.name, b.name) else Word(False, DoubtReason.HEADS_NAMES_DIFFER),
    )


def _judge_head_name(group: Sequence[Party]) -> Verdicts:
    def compare(a: Party, b: Party) -> Word:
        if a.representative and b.representative:
            return _NOTHING
        return Word(False, DoubtReason.HEADS_CERTIFICATE_MISSING)

    return _cluster(Rule.HEAD_NAME, [party for party in group if party.kind == "HOUSEHOLD"], compare)


_JUDGES: dict[Rule, Callable[[Sequence[Party]], Verdicts]] = {
    Rule.CERTIFICATE: _judge_certificate,
    Rule.CREDIT_CODE: _judge_credit_code,
    Rule.HEAD: _judge_head,
    Rule.CUSTOMER_NUMBER: _judge_customer_number,
    Rule.ORGANISATION_CODE: _judge_organisation_code,
    Rule.FIRM_NAME: _judge_firm_name,
    Rule.PHONE: _judge_phone,
    Rule.HEAD_NAME: _judge_head_name,
}
