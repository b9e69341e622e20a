"""When a record without a legible certificate is somebody of the same name and day of birth. Pure.

A register's row often has none: the newborn's, one whose id was left out or typed from a form. Name, birth and village
are one person's but for a rare chance. Where a village is not known, name, birth and gender are when nobody else in
the county has them: the register lists everybody, so a namesake born on the same day would be seen. Another village of
one town tells nobody apart, for codes of villages are those of a year. The key is the day and the first character, so
that a name of which a character was lost is looked at as well.
"""

from collections.abc import Sequence

from domain.customers.identity.evidence import Doubt, DoubtReason, Link, Party, Rule, Verdicts
from domain.customers.identity.names import could_be, is_readable

_REVIEWS = 3
_TOWN = 9
"""Digits of a village's code that are its town's."""


def judge_birth(group: Sequence[Party]) -> Verdicts:
    """Those without a certificate go with the only person of their name and birth whom nothing tells apart."""
    verdicts = Verdicts()
    people: dict[tuple[str, str], list[Party]] = {}
    unproven = []
    for party in group:
        if party.certificate:
            people.setdefault(party.certificate, []).append(party)
        else:
            unproven.append(party)
    known = list(people.values())
    for party in unproven:
        possible = [records for records in known if _may_be(records, party)]
        close = [records for records in possible if _share_a_village(records, party)] or possible
        if len(close) == 1 and (_share_a_village(close[0], party) or _is_certain(close[0], party)):
            verdicts.links.append(_link(close[0][0], party))
            close[0].append(party)
            continue
        verdicts.doubts.extend(_doubt(records[0], party) for records in close[:_REVIEWS])
        known.append([party])
    return verdicts


def _may_be(records: Sequence[Party], party: Party) -> bool:
    return _is_named_alike(records, party) and not _is_another(records, party)


def _is_named_alike(records: Sequence[Party], party: Party) -> bool:
    """By one name, or by what can be read of it where one village says the rest."""
    if any(record.name == party.name for record in records):
        return True
    return _share_a_village(records, party) and any(
        not (is_readable(record.name) and is_readable(party.name)) and could_be(record.name, party.name)
        for record in records
    )


def _is_another(records: Sequence[Party], party: Party) -> bool:
    genders = {record.gender for record in records} - {None}
    if party.gender and genders and party.gender not in genders:
        return True
    towns = {record.village_code[:_TOWN] for record in records if record.village_code}
    return bool(party.village_code and towns and party.village_code[:_TOWN] not in towns)


def _share_a_village(records: Sequence[Party], party: Party) -> bool:
    return bool(party.village_code) and any(record.village_code == party.village_code for record in records)


def _is_certain(records: Sequence[Party], party: Party) -> bool:
    return bool(party.gender) and any(record.gender == party.gender for record in records)


def _link(a: Party, b: Party) -> Link:
    low, high = sorted((a.id, b.id))
    return Link(low, high, Rule.BIRTH)


def _doubt(a: Party, b: Party) -> Doubt:
    low, high = sorted((a.id, b.id))
    return Doubt(low, high, Rule.BIRTH, DoubtReason.BIRTH_AND_NAME_ALONE)
