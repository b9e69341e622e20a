"""Which records belong together now: the scope that may have changed, its links, and the customers they make."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import groupby

from domain.customers.identity.components import customer_of_each, cuts_of
from domain.customers.identity.evidence import STRENGTH, Doubt, Link, Party, Rule
from domain.customers.identity.records import DOUBTED
from domain.customers.identity.rules import judge
from domain.customers.identity.staff import staff_lines
from domain.customers.identity.statements import ALONE
from domain.customers.identity.telephones import line
from domain.feeds.villages import IN_FORCE
from domain.shared.rows import Found, Rows

CHUNK = 20_000
# Whether a household goes on may hang on what the register says of its head.
_OF_HEADS = """
select distinct survey.customer_id
  from identity_scope scope
  join source_records head on head.id = scope.id and head.feed = 'sunshine_credit.head'
  join source_records survey on survey.feed = 'sunshine_credit' and survey.key = head.key
"""


@dataclass
class Resolved:
    """Customers of the scope: those that have records now, with the surveyed households of their heads, and those that
    have none any more."""

    customers: list[int]
    vanished: list[int]
    moved_records: int
    """Records that belong to another customer than before, or to their first."""


def everything(rows: Rows) -> None:
    """The scope of a full run."""
    _make_scope(rows)
    rows.execute("insert into identity_scope (id, customer_id) select id, customer_id from source_records")
    rows.execute("analyze identity_scope")


def around_touched(rows: Rows) -> None:
    """The scope of what changed: touched records, records that share a touched key, and their whole customers.

    A rule sees the records of one key only, so no other link can have changed.
    """
    _make_scope(rows)
    rows.execute(
        "insert into identity_scope (id, customer_id) select r.id, r.customer_id from source_records r where r.id in"
        " (select id from touched_records union select m.record_id from match_keys m"
        " join (select distinct rule, key_hash from touched_keys) t using (rule, key_hash))"
    )
    _widen_to_customers(rows)


def around_records(rows: Rows, record_ids: Iterable[int]) -> None:
    """The scope of some records: they and their whole customers."""
    _make_scope(rows)
    _add(rows, record_ids)


def _make_scope(rows: Rows) -> None:
    rows.execute("drop table if exists identity_scope")
    rows.execute(
        "create temp table identity_scope (id bigint primary key, customer_id bigint) on commit drop"
    )


def _add(rows: Rows, record_ids: Iterable[int]) -> None:
    rows.execute(
        "insert into identity_scope (id, customer_id) select id, customer_id from source_records"
        " where id = any(cast(%(ids)s as bigint[])) on conflict do nothing",
        {"ids": list(record_ids)},
    )
    _widen_to_customers(rows)


def _widen_to_customers(rows: Rows) -> None:
    rows.execute(
        "insert into identity_scope (id, customer_id) select r.id, r.customer_id from source_records r"
        " where r.customer_id in (select customer_id from identity_scope) on conflict do nothing"
    )
    rows.execute("analyze identity_scope")


def resolve_scope(rows: Rows, *, is_full: bool) -> Resolved:
    """Judges every key of the scope anew and writes customer, evidence and reviews of its records."""
    while True:
        before = dict(_scope(rows))
        links, doubts = _judge_all(rows, is_full=is_full)
        outside = {end for link in links for end in (link.a, link.b) if end not in before}
        if not outside:
            break
        _add(rows, outside)
    cuts = cuts_of(
        (a, b)
        for a, b in rows.execute(
            "select record_a_id, record_b_id from link_cuts where record_a_id in (select id from identity_scope)"
        )
    )
    after = customer_of_each(before, links, cuts)
    _write_assignments(rows, before, after, links)
    _write_reviews(rows, doubts, after)
    now = set(after.values())
    households = set() if is_full else {row[0] for row in rows.execute(_OF_HEADS)}
    then = {customer for customer in before.values() if customer is not None}
    moved = sum(before[record] != customer for record, customer in after.items())
    return Resolved(sorted(now | households), sorted(then - now), moved)


def _scope(rows: Rows) -> Iterator[tuple[int, int | None]]:
    yield from ((row[0], row[1]) for row in rows.stream("select id, customer_id from identity_scope"))


def _judge_all(rows: Rows, *, is_full: bool) -> tuple[list[Link], list[Doubt]]:
    rows.execute("drop table if exists identity_keys")
    within = (
        ""
        if is_full
        else " and key_hash in (select key_hash from match_keys join identity_scope on id = record_id)"
    )
    rows.execute(
        "create temp table identity_keys on commit drop as select rule, key_hash from match_keys"  # noqa: S608
        f" where rule not in ('REPRESENTATIVE', 'BIRTH'){within} group by rule, key_hash having count(*) > 1"
    )
    # Where every record has its certificate, a day of birth has nothing to add.
    rows.execute(
        "insert into identity_keys select rule, key_hash from match_keys join source_records on id = record_id"  # noqa: S608
        f" where rule = 'BIRTH'{within} group by rule, key_hash"
        " having count(*) > 1 and bool_or(cert_norm is null or cert_type = 'DOUBTED')"
    )
    rows.execute("analyze identity_keys")
    links: list[Link] = []
    doubts: list[Doubt] = []
    staff = staff_lines(rows)
    found = rows.stream(
        "select k.rule, k.key_hash, r.id, r.feed, r.kind, r.name_norm, r.cert_type, r.cert_norm,"  # noqa: S608
        " r.representative_norm, r.uscc_norm, r.phone_norm, r.other_phone_norm, r.birth_on, r.gender,"
        f" case when r.village_code in ({IN_FORCE}) or not exists ({IN_FORCE}) then r.village_code end, r.cust_no"
        " from identity_keys i join match_keys k on k.rule = i.rule and k.key_hash = i.key_hash"
        " join source_records r on r.id = k.record_id order by k.rule, k.key_hash"
    )
    for (rule, _key), group in groupby(found, key=lambda row: (row[0], row[1])):
        verdicts = judge(Rule(rule), [party_of(row[2:], staff) for row in group])
        links.extend(verdicts.links)
        doubts.extend(verdicts.doubts)
    return links, doubts


def party_of(row: Found, staff: Set[str]) -> Party:
    """id, feed, kind, name, certificate type and number, representative, credit code, phones, birth, gender, …

    A telephone of `staff` is not known as the party's.
    """
    (
        id_,
        feed,
        kind,
        name,
        cert_type,
        cert,
        representative,
        code,
        phone,
        other_phone,
        birth_on,
        gender,
        village,
        cust_no,
    ) = row
    certificate = (cert_type, cert) if cert is not None and cert_type != DOUBTED else None
    own = [number for number in (phone, other_phone) if number and line(number) not in staff]
    phone, other_phone = (*own, None, None)[:2]
    return Party(
        id_,
        feed,
        kind,
        name,
        certificate,
        representative,
        code,
        phone,
        other_phone,
        birth_on,
        gender,
        village,
        cust_no,
    )


def _write_assignments(
    rows: Rows, before: dict[int, int | None], after: dict[int, int], links: list[Link]
) -> None:
    evidence: defaultdict[int, set[Rule]] = defaultdict(set)
    for link in links:
        if after[link.a] == after[link.b]:
            evidence[link.a].add(link.rule)
            evidence[link.b].add(link.rule)
    records = sorted(before)
    for start in range(0, len(records), CHUNK):
        chunk = records[start : start + CHUNK]
        rows.execute(
            "update source_records r set customer_id = n.customer_id, evidence = n.evidence from"
            " unnest(cast(%(ids)s as bigint[]), cast(%(customers)s as bigint[]), cast(%(evidence)s as text[]))"
            " n (id, customer_id, evidence) where r.id = n.id and (r.customer_id is distinct from n.customer_id"
            " or r.evidence <> n.evidence)",
            {
                "ids": chunk,
                "customers": [after[record] for record in chunk],
                "evidence": [_named(evidence.get(record)) for record in chunk],
            },
        )


def _named(rules: set[Rule] | None) -> str:
    if not rules:
        return ALONE
    return ",".join(rule.value for rule in sorted(rules, key=lambda rule: STRENGTH[rule]))


def _write_reviews(rows: Rows, doubts: list[Doubt], after: dict[int, int]) -> None:
    """Open reviews of the scope become what the rules doubt now; a pair joined by other evidence needs none."""
    open_ = {(d.a, d.b): d for d in doubts if after.get(d.a) != after.get(d.b)}
    pairs = sorted(open_)
    columns = {
        "a": [a for a, _ in pairs],
        "b": [b for _, b in pairs],
        "rules": [str(open_[pair].rule) for pair in pairs],
        "reasons": [str(open_[pair].reason) for pair in pairs],
    }
    rows.execute(
        "delete from match_reviews m where state = 'OPEN' and (record_a_id in (select id from identity_scope)"
        " or record_b_id in (select id from identity_scope)) and not exists (select from"
        " unnest(cast(%(a)s as bigint[]), cast(%(b)s as bigint[])) n (a, b)"
        " where n.a = m.record_a_id and n.b = m.record_b_id)",
        {"a": columns["a"], "b": columns["b"]},
    )
    rows.execute(
        "insert into match_reviews (record_a_id, record_b_id, rule, reason, state) select a, b, rule, reason, 'OPEN'"
        " from unnest(cast(%(a)s as bigint[]), cast(%(b)s as bigint[]), cast(%(rules)s as text[]),"
        " cast(%(reasons)s as text[])) n (a, b, rule, reason) on conflict do nothing",
        columns,
    )
