"""Match keys: the evidence of a record in comparable form. Records that share one are looked at by its rule."""

from collections.abc import Iterator, Set
from hashlib import blake2b

from domain.customers.identity.certificates import CITIZEN, organisation_code
from domain.customers.identity.evidence import FIRMS, Party, Rule
from domain.customers.identity.names import is_known, is_readable
from domain.customers.identity.text import reference

REPRESENTATIVE = "REPRESENTATIVE"
"""Not a rule of identity: leads from a firm to the person who runs it (same hash as that person's certificate)."""


KNOW_BIRTHS = frozenset({"core_customer", "household"})
"""Feeds that state a day of birth of their own; others know it from an id, which is evidence enough."""


def key_hash(value: str) -> int:
    """A signed 64-bit hash; at ten million keys two differing values share one with a chance of 1 in 400,000."""
    return int.from_bytes(blake2b(value.encode(), digest_size=8).digest(), "big", signed=True)


def match_keys(
    party: Party, staff_lines: Set[str], stated_code: str | None = None
) -> Iterator[tuple[str, int]]:
    """(rule, hash) of each piece of evidence. A telephone of the bank's own staff is nobody's evidence."""
    is_named = is_known(party.name)
    if party.kind == "PERSON":
        if party.certificate:
            yield Rule.CERTIFICATE, key_hash(certificate_key(*party.certificate))
        if party.birth_on and party.feed in KNOW_BIRTHS and is_readable(party.name[:1] * 2):
            yield Rule.BIRTH, key_hash(f"{party.birth_on}/{party.name[:1]}")
    elif party.kind in FIRMS:
        yield from _firm_keys(party, stated_code)
    else:
        if party.representative:
            yield Rule.HEAD, key_hash(certificate_key(CITIZEN, party.representative))
        if party.village_code and is_named:
            yield Rule.HEAD_NAME, key_hash(f"{party.village_code}/{party.name}")
        return
    number = reference(party.customer_number)
    if number:
        yield Rule.CUSTOMER_NUMBER, key_hash(number)
    if is_named:
        yield from ((Rule.PHONE, key_hash(found)) for found in party.lines - staff_lines)


def _firm_keys(party: Party, stated_code: str | None) -> Iterator[tuple[str, int]]:
    if party.credit_code:
        yield Rule.CREDIT_CODE, key_hash(party.credit_code)
    code = organisation_code(party.credit_code or stated_code)
    if code:
        yield Rule.ORGANISATION_CODE, key_hash(code)
    if party.representative:
        yield REPRESENTATIVE, key_hash(certificate_key(CITIZEN, party.representative))
    if is_known(party.name):
        yield Rule.FIRM_NAME, key_hash(party.name)


def certificate_key(type_: str, number: str) -> str:
    return f"{type_}:{number}"
