"""When two source records are one party. Pure: a rule sees the records that share a key, and nothing else.

So the links that follow from a key depend on the records with that key alone, and working again on what changed gives
the same as working on everything. The rules are those of `docs/identity.md`.
"""

from collections.abc import Callable, Sequence

from domain.customers.identity import births, firms, people
from domain.customers.identity.crowds import (
    NAMES_PER_KEY,
    REVIEWS_PER_KEY,
    is_crowd,
    is_nobodys_phone,
    of_a_crowd,
    proves_nothing,
    too_many_names,
)
from domain.customers.identity.evidence import (
    FIRMS,
    JOINED,
    NOTHING,
    DoubtReason,
    Party,
    Rule,
    Verdicts,
    Word,
    by_readable_name,
    cluster,
)
from domain.customers.identity.names import is_readable, is_written


def judge(rule: Rule, group: Sequence[Party]) -> Verdicts:
    """All links and doubts that follow from the records that share one key."""
    parties = sorted(group, key=lambda party: party.id)
    if is_crowd(rule, parties):
        return of_a_crowd(rule, parties)
    verdicts = _JUDGES[rule](parties)
    del verdicts.doubts[REVIEWS_PER_KEY:]
    return verdicts


def _judge_customer_number(group: Sequence[Party]) -> Verdicts:
    """A customer number that another system quotes, or that the account of a shop belongs to."""

    def compare(a: Party, b: Party) -> Word:
        if (a.kind in FIRMS) != (b.kind in FIRMS):
            return NOTHING  # a shop whose takings go to its owner's account
        is_same = firms.is_the_firm_of_the_number if a.kind in FIRMS else people.is_the_person_of_the_number
        return JOINED if is_same(a, b) else Word(False, DoubtReason.NUMBER_OF_ANOTHER_NAME)

    core = [party for party in group if party.feed == "core_customer"]
    if not core:
        return Verdicts()
    is_about_firms = core[0].kind in FIRMS
    alike = [core[0]]
    for party in group:
        if (
            party.feed != "core_customer"
            and party.kind != "HOUSEHOLD"
            and (party.kind in FIRMS) is is_about_firms
        ):
            alike.append(party)
    if too_many_names(alike, NAMES_PER_KEY):
        return of_a_crowd(Rule.CUSTOMER_NUMBER, alike)
    verdicts = Verdicts()
    for party in alike[1:]:
        verdicts.add(cluster(Rule.CUSTOMER_NUMBER, [core[0], party], compare))
    return verdicts


def _judge_phone(group: Sequence[Party]) -> Verdicts:
    """People by telephone and name, firms by telephone and name, each when few names share the telephone."""
    verdicts = Verdicts()
    for members, is_whole, judge_namesakes in (
        ([party for party in group if party.kind == "PERSON"], is_readable, people.judge_namesakes),
        ([party for party in group if party.kind in FIRMS], is_written, firms.judge_namesakes),
    ):
        if is_nobodys_phone(members):
            continue
        for namesakes in by_readable_name(members, is_whole).values():
            if proves_nothing(namesakes):
                verdicts.add(of_a_crowd(Rule.PHONE, namesakes))
            else:
                verdicts.add(judge_namesakes(namesakes))
    return verdicts


_JUDGES: dict[Rule, Callable[[Sequence[Party]], Verdicts]] = {
    Rule.CERTIFICATE: people.judge_certificate,
    Rule.CREDIT_CODE: firms.judge_credit_code,
    Rule.HEAD: people.judge_head,
    Rule.CUSTOMER_NUMBER: _judge_customer_number,
    Rule.ORGANISATION_CODE: firms.judge_organisation_code,
    Rule.FIRM_NAME: firms.judge_firm_name,
    Rule.PHONE: _judge_phone,
    Rule.BIRTH: births.judge_birth,
    Rule.HEAD_NAME: people.judge_head_name,
}
