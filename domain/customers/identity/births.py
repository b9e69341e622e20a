"""When a record without a legible certificate is somebody of the same name and day of birth. Pure.

A register's row often has none: the newborn's, one whose id was left out or typed from a form. Name, birth and village
are one person's but for a rare chance. Where a village is not known, name, birth and gender are when nobody else in the
county has them: the register lists everybody, so a namesake born on the same day would be seen.
"""

from collections.abc import Sequence

from domain.customers.identity.evidence import Doubt, DoubtReason, Link, Party, Rule, Verdicts

_REVIEWS = 3


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
        possible = [records for records in known if not _is_another(records, party)]
        close = [records for records in possible if _share_a_village(records, party)] or possible
        if len(close) == 1 and (_share_a_village(close[0], party) or _share_a_gender(close[0], party)):
            verdicts.links.append(_link(close[0][0], party))
            close[0].append(party)
            continue
        verdicts.doubts.extend(_doubt(records[0], party) for records in close[:_REVIEWS])
        known.append([party])
    return verdicts


def _is_another(records: Sequence[Party], party: Party) -> bool:
    genders = {record.gender for record in records} - {None}
    if party.gender and genders and party.gender not in genders:
        return True
    villages = {record.village_code for record in records} - {None}
    return bool(party.village_code and villages and party.village_code not in villages)


def _share_a_village(records: Sequence[Party], party: Party) -> bool:
    return bool(party.village_code) and any(record.village_code == party.village_code for record in records)


def _share_a_gender(records: Sequence[Party], party: Party) -> bool:
    return bool(party.gender) and any(record.gender == party.gender for record in records)


def _link(a: Party, b: Party) -> Link:
    low, high = sorted((a.id, b.id))
    return Link(low, high, Rule.BIRTH)


def _doubt(a: Party, b: Party) -> Doubt:
    low, high = sorted((a.id, b.id))
    return Doubt(low, high, Rule.BIRTH, DoubtReason.BIRTH_AND_NAME_ALONE)
