"""When two records are one firm or shop. Pure: each sees the records that share one key.

A code whose check character is wrong does occur in registers, and forms are filled with such codes. So it joins where
something else agrees, and it holds nobody apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from domain.customers.identity.certificates import (
    ORGANISATION,
    has_right_check,
    has_right_organisation_check,
)
from domain.customers.identity.crowds import RECORDS_WITHOUT_PROOF, REVIEWS_PER_KEY
from domain.customers.identity.evidence import (
    DOUBTS_OF_A_RECORD,
    FIRMS,
    JOINED,
    NOTHING,
    Doubt,
    DoubtReason,
    Link,
    Party,
    Rule,
    Verdicts,
    Word,
    cluster,
)

_FAILS = Word(False, DoubtReason.CODE_FAILS_ITS_CHECK)


def sure_code(party: Party) -> str | None:
    """The credit code, where its check character says that it was typed as it was given."""
    return party.credit_code if party.credit_code and has_right_check(party.credit_code) else None


def codes_differ(a: Party, b: Party) -> bool:
    one, other = sure_code(a), sure_code(b)
    return one is not None and other is not None and one != other


def something_agrees(a: Party, b: Party) -> bool:
    return (
        a.name == b.name
        or bool(a.representative and a.representative == b.representative)
        or bool(a.customer_number and a.customer_number == b.customer_number)
        or not a.lines.isdisjoint(b.lines)
    )


def everything_differs(a: Party, b: Party) -> bool:
    """Another name, representative and telephone: somebody else's code was typed. A renamed firm keeps one of them."""
    return (
        a.name != b.name
        and bool(a.representative and b.representative and a.representative != b.representative)
        and bool(a.lines and b.lines and a.lines.isdisjoint(b.lines))
    )


def judge_credit_code(group: Sequence[Party]) -> Verdicts:
    def compare(a: Party, b: Party) -> Word:
        if something_agrees(a, b):
            return JOINED
        if everything_differs(a, b):
            return Word(False, DoubtReason.NAMES_DIFFER)
        return JOINED if sure_code(a) else _FAILS

    return cluster(Rule.CREDIT_CODE, [party for party in group if party.kind in FIRMS], compare)


def judge_organisation_code(group: Sequence[Party]) -> Verdicts:
    def compare(a: Party, b: Party) -> Word:
        if codes_differ(a, b):
            return Word(False, DoubtReason.CREDIT_CODES_DIFFER)
        is_sure = _is_sure_of_organisation(a) or _is_sure_of_organisation(b)
        return JOINED if is_sure or something_agrees(a, b) else _FAILS

    return cluster(Rule.ORGANISATION_CODE, [party for party in group if party.kind in FIRMS], compare)


def _is_sure_of_organisation(party: Party) -> bool:
    """Whether its credit code, or the organisation's code that it states instead, was typed as it was given."""
    if party.credit_code:
        return has_right_check(party.credit_code)
    stated = party.certificate[1] if party.certificate and party.certificate[0] == ORGANISATION else ""
    return has_right_organisation_check(stated)


def judge_firm_name(group: Sequence[Party]) -> Verdicts:
    """One name joins where something beside it agrees. Many shops of one name are only looked up, never compared."""
    verdicts = Verdicts()
    shops = [party for party in group if party.kind in FIRMS]
    idle = _default_evidence(shops)
    heads: list[Party] = []
    heads_by_evidence: defaultdict[str, list[Party]] = defaultdict(list)
    for party in shops:
        beside = [evidence for evidence in _beside(party) if evidence not in idle]
        candidates = {head.id: head for evidence in beside for head in heads_by_evidence[evidence]}
        fitting = next(
            (candidates[id_] for id_ in sorted(candidates) if _may_be(candidates[id_], party)), None
        )
        if fitting is not None:
            verdicts.links.append(Link(fitting.id, party.id, Rule.FIRM_NAME))
            continue
        if len(heads) <= REVIEWS_PER_KEY:
            verdicts.doubts.extend(_alone(heads, party))
        heads.append(party)
        for evidence in beside:
            heads_by_evidence[evidence].append(party)
    return verdicts


def _alone(heads: Sequence[Party], party: Party) -> list[Doubt]:
    found = [head for head in heads if _may_be(head, party)][:DOUBTS_OF_A_RECORD]
    return [Doubt(head.id, party.id, Rule.FIRM_NAME, DoubtReason.NAME_ALONE) for head in found]


def _default_evidence(shops: Sequence[Party]) -> frozenset[str]:
    """Telephones and numbers that are on so many unproven shops of one name that they are a form's, not a shop's."""
    if len(shops) <= RECORDS_WITHOUT_PROOF:
        return frozenset()
    unproven = [shop for shop in shops if not shop.credit_code and not shop.representative]
    counted = Counter(evidence for shop in unproven for evidence in _beside(shop))
    return frozenset(evidence for evidence, count in counted.items() if count > RECORDS_WITHOUT_PROOF)


def _may_be(a: Party, b: Party) -> bool:
    """Two codes without a fault decide by themselves."""
    return not (sure_code(a) and sure_code(b))


def _beside(party: Party) -> Iterator[str]:
    if party.representative:
        yield f"representative {party.representative}"
    if party.customer_number:
        yield f"number {party.customer_number}"
    yield from (f"line {line}" for line in party.lines)


def is_the_firm_of_the_number(core: Party, other: Party) -> bool:
    if sure_code(core) and sure_code(other):
        return core.credit_code == other.credit_code
    return core.name == other.name or not core.lines.isdisjoint(other.lines)


def judge_namesakes(group: Sequence[Party]) -> Verdicts:
    """Firms of one telephone and name."""
    is_ambiguous = len({sure_code(party) for party in group} - {None}) > 1

    def compare(a: Party, b: Party) -> Word:
        if codes_differ(a, b):
            return NOTHING
        return Word(False, DoubtReason.CODES_AMBIGUOUS) if is_ambiguous else JOINED

    return cluster(Rule.PHONE, sorted(group, key=lambda party: party.id), compare)
