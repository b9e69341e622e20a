"""Keys that too many share: a number that a clerk types when there is none, an agent's id, a market's telephone.

A key says that two records are one party because few have it. One that more names share than a party can have, or more
records of a common name than one person leaves behind, says nothing; a few pairs are left for a person to look at.
"""

from collections.abc import Sequence

from domain.customers.identity.evidence import FIRMS, Doubt, DoubtReason, Party, Rule, Verdicts
from domain.customers.identity.names import is_readable, sound

NAMES_PER_KEY = 5
"""A family types its head's certificate; with more names on it, it is nobody's."""
NAMES_PER_CODE = 3
"""A firm is renamed once or twice; a code with more names on it is a market's, or a form's."""
NAMES_PER_PHONE = 3
NAMES_OF_A_FAMILY = 6
"""Old parents and children leave the head's number: more names, but no more than three family names among them."""
RECORDS_WITHOUT_PROOF = 10
"""Records of one name and telephone that nothing else tells apart or holds together."""
REVIEWS_PER_KEY = 10

_WHOM: dict[Rule, frozenset[str]] = {
    Rule.CERTIFICATE: frozenset({"PERSON"}),
    Rule.CREDIT_CODE: FIRMS,
    Rule.ORGANISATION_CODE: FIRMS,
    Rule.HEAD: frozenset({"HOUSEHOLD"}),
}
"""Whom a rule is about, where the key alone is what joins."""


def is_crowd(rule: Rule, group: Sequence[Party]) -> bool:
    whom = _WHOM.get(rule)
    return whom is not None and too_many_names(
        [party for party in group if party.kind in whom], NAMES_PER_KEY
    )


def too_many_names(group: Sequence[Party], most: int) -> bool:
    """Whether more names share something than one party has; spellings of one sound are one name."""
    if len(group) <= most or len({party.name for party in group}) <= most:
        return False
    heard = {sound(party.name) for party in group if party.kind in FIRMS or is_readable(party.name)}
    return len(heard) > most


def is_nobodys_phone(group: Sequence[Party]) -> bool:
    """Whether more firms, or people of more families, have a telephone than one party and those around it."""
    if not too_many_names(group, NAMES_PER_PHONE):
        return False
    if group[0].kind in FIRMS or too_many_names(group, NAMES_OF_A_FAMILY):
        return True
    return len({sound(party.name[:1]) for party in group}) > NAMES_PER_PHONE


def proves_nothing(namesakes: Sequence[Party]) -> bool:
    """Whether one name with one number is on more records, or on more certificates, than a party or family has."""
    proofs = [party.certificate or party.credit_code or party.representative for party in namesakes]
    return max(proofs.count(None), len(set(proofs) - {None})) > RECORDS_WITHOUT_PROOF


def of_a_crowd(rule: Rule, group: Sequence[Party]) -> Verdicts:
    """No link; the first records, of differing names if they differ, for a person who wonders whose number it is."""
    first: dict[str, Party] = {}
    for party in group:
        first.setdefault(party.name, party)
        if len(first) > REVIEWS_PER_KEY:
            break
    head, *others = first.values() if len(first) > 1 else group[: REVIEWS_PER_KEY + 1]
    return Verdicts([], [Doubt(head.id, party.id, rule, DoubtReason.SHARED_BY_MANY) for party in others])
