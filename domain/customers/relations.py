"""Relations between customers: shop and operator, firm and representative, household and member; both directions.

`(customer, other, kind)`: the other is the customer's operator, representative, member; and seen from there the
customer is a shop, a firm, a household.
"""

from collections.abc import Sequence

from domain.shared.rows import Rows

# Each gives (customer, other, kind); `a` and `b` are the records of the two sides.
_KIND = "case {} when 'SOLE_TRADER' then 'OPERATOR' else 'REPRESENTATIVE' end"
_OPERATORS = f"""
select a.customer_id, b.customer_id, {_KIND.format("a.kind")}
  from {{a}} join {{b}} on b.feed = 'pos_merchant.operator' and b.key = a.key
 where a.feed = 'pos_merchant' and a.status <> 'GONE' and b.status <> 'GONE'"""  # noqa: S608
_REPRESENTATIVES = f"""
select a.customer_id, b.customer_id, {_KIND.format("c.kind")}
  from {{a}} join match_keys f on f.record_id = a.id and f.rule = 'REPRESENTATIVE'
  join match_keys p on p.rule = 'CERTIFICATE' and p.key_hash = f.key_hash
  join {{b}} on b.id = p.record_id join customers c on c.id = a.customer_id
 where a.feed = 'core_customer' and a.status <> 'GONE' and b.status <> 'GONE'"""  # noqa: S608
_MEMBERS = """
select a.customer_id, b.customer_id, 'MEMBER'
  from {a} join {b} on a.feed = 'household.household' and a.key = split_part(b.key, '/', 1)
 where b.feed = 'household' and b.status not in ('GONE', 'DEAD') and a.status <> 'GONE'"""
_HEADS = """
select a.customer_id, b.customer_id, 'MEMBER'
  from {a} join {b} on b.feed = 'sunshine_credit.head' and b.key = a.key
 where a.feed = 'sunshine_credit' and a.status <> 'GONE' and b.status <> 'GONE'"""
_SOURCES = (_OPERATORS, _REPRESENTATIVES, _MEMBERS, _HEADS)

_EVERY = "source_records {}"
_OF_SCOPE = "(select r.* from scope s join source_records r on r.customer_id = s.id) {}"


def _found(*sides: tuple[str, str]) -> str:
    """All relations with records of `a` and `b` out of each pair of sides."""
    return " union ".join(
        source.format(a=a.format("a"), b=b.format("b")) for a, b in sides for source in _SOURCES
    )


_BOTH_WAYS = """
    select customer_id, other_id, kind from found where customer_id <> other_id
    union
    select other_id, customer_id, case kind when 'OPERATOR' then 'SHOP' when 'REPRESENTATIVE' then 'FIRM'
                                            else 'HOUSEHOLD' end from found where customer_id <> other_id"""
_UNLESS_FOUND = """not exists (select from both_ways b
       where (b.customer_id, b.other_id, b.kind) = (r.customer_id, r.other_id, r.kind))"""
_INSERT = """insert into relations (customer_id, other_id, kind) select customer_id, other_id, kind from both_ways
on conflict do nothing"""

# One condition for both sides would be an OR that no index serves, so each side is searched by itself.
_REFRESH = f"""
with scope (id) as materialized (select unnest(cast(%(ids)s as bigint[]))),
found (customer_id, other_id, kind) as ({_found((_OF_SCOPE, _EVERY), (_EVERY, _OF_SCOPE))}),
both_ways as ({_BOTH_WAYS}),
gone as (
    delete from relations r where (r.customer_id in (select id from scope) or r.other_id in (select id from scope))
       and {_UNLESS_FOUND})
{_INSERT}"""  # noqa: S608
_REFRESH_ALL = f"""
with found (customer_id, other_id, kind) as ({_found((_EVERY, _EVERY))}),
both_ways as ({_BOTH_WAYS}),
gone as (delete from relations r where {_UNLESS_FOUND})
{_INSERT}"""  # noqa: S608

FEW = 50_000
"""Beyond this, everybody's relations are found as quickly as those of some."""


def refresh_relations(rows: Rows, customer_ids: Sequence[int]) -> None:
    """The relations of some customers, on whichever side they stand."""
    if len(customer_ids) > FEW:
        rows.execute(_REFRESH_ALL)
    else:
        rows.execute(_REFRESH, {"ids": list(customer_ids)})
