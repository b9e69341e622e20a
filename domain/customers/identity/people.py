"""When two records are one person or one household. Pure: each sees the records that share one key."""

from collections.abc import Sequence
from datetime import date

from domain.customers.identity.certificates import birth_of, gender_of
from domain.customers.identity.crowds import REVIEWS_PER_KEY
from domain.customers.identity.evidence import (
    JOINED,
    NOTHING,
    Against,
    Doubt,
    DoubtReason,
    Link,
    Party,
    Rule,
    Verdicts,
    Word,
    cluster,
)
from domain.customers.identity.names import (
    agreeing,
    could_be,
    is_in_two_scripts,
    is_readable,
    names_agree,
    spelt_otherwise,
)


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


def judge_certificate(group: Sequence[Party]) -> Verdicts:
    people = [party for party in group if party.kind == "PERSON"]
    return _by_names(Rule.CERTIFICATE, people, DoubtReason.NAMES_DIFFER)


def judge_head(group: Sequence[Party]) -> Verdicts:
    households = [party for party in group if party.kind == "HOUSEHOLD"]
    return _by_names(Rule.HEAD, households, DoubtReason.HEADS_NAMES_DIFFER)


def _by_names(rule: Rule, group: Sequence[Party], reason: DoubtReason) -> Verdicts:
    """Those of one certificate whose names agree. Who cannot be read wholly goes with the only name that may be his.

    Names in two scripts come first, for they hold together those in one of them.
    """
    differ = Word(False, reason)
    readable = [party for party in group if is_readable(party.name)]
    readable.sort(key=lambda party: not is_in_two_scripts(party.name))
    verdicts = cluster(rule, readable, lambda a, b: JOINED if spelt_otherwise(a.name, b.name) else differ)
    joined = {link.b for link in verdicts.links}
    heads = [party for party in readable if party.id not in joined]
    for party in group:
        if not is_readable(party.name):
            _place(rule, party, heads, verdicts, reason)
    return Verdicts(
        [link._replace(a=min(link[:2]), b=max(link[:2])) for link in verdicts.links],
        [doubt._replace(a=min(doubt[:2]), b=max(doubt[:2])) for doubt in verdicts.doubts],
    )


def _place(rule: Rule, party: Party, heads: list[Party], verdicts: Verdicts, reason: DoubtReason) -> None:
    fitting = [head for head in heads if could_be(head.name, party.name) and _births_agree(head, party)]
    if len(fitting) == 1:
        low, high = sorted((fitting[0].id, party.id))
        verdicts.links.append(Link(low, high, rule))
        return
    for head in (fitting or heads)[:3]:
        low, high = sorted((head.id, party.id))
        verdicts.doubts.append(Doubt(low, high, rule, reason))
    if not fitting:
        heads.append(party)


def _births_agree(a: Party, b: Party) -> bool:
    birth_a, birth_b = _birth(a), _birth(b)
    return birth_a is None or birth_b is None or birth_a == birth_b


def is_the_person_of_the_number(core: Party, other: Party) -> bool:
    """Whether somebody who quotes a customer number is its owner: by name, or by what can be read of it.

    A family name alone is too little for that; with the telephone it is enough.
    """
    if contradiction(core, other) not in (None, Against.VILLAGES_DIFFER):
        return False
    if names_agree(core.name, other.name):
        return True
    is_whole = is_readable(core.name) and is_readable(other.name)
    if is_whole or not could_be(core.name, other.name):
        return False
    return agreeing(core.name, other.name) > 1 or not core.lines.isdisjoint(other.lines)


def judge_namesakes(group: Sequence[Party]) -> Verdicts:
    """People of one telephone and name."""
    is_ambiguous = len({party.certificate for party in group} - {None}) > 1

    def compare(a: Party, b: Party) -> Word:
        reason = contradiction(a, b)
        if reason is not None:
            return Word(False, DoubtReason(reason.value))
        if is_ambiguous and not (a.certificate and b.certificate):
            return Word(False, DoubtReason.CERTIFICATES_AMBIGUOUS)
        return JOINED

    return cluster(Rule.PHONE, sorted(group, key=lambda party: party.id), compare)


def judge_head_name(group: Sequence[Party]) -> Verdicts:
    def compare(a: Party, b: Party) -> Word:
        if a.representative and b.representative:
            return NOTHING
        if not a.lines.isdisjoint(b.lines):
            return JOINED
        return Word(False, DoubtReason.HEADS_CERTIFICATE_MISSING)

    households = [party for party in group if party.kind == "HOUSEHOLD"]
    return cluster(Rule.HEAD_NAME, households[: 2 * REVIEWS_PER_KEY], compare)
