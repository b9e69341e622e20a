"""Relations between customers: shop and operator, firm and representative, household and member; both directions.

`(customer, other, kind)`: the other is the customer's operator, representative, member; and seen from there the
customer is a shop, a firm, a household.
"""

from collections.abc import Sequence

from domain.customers.identity.rows import Rows

# Each gives (customer, other, kind) for records of the given customers, on either side.
_NEAR = "(a.customer_id = any(cast(%(ids)s as bigint[])) or b.customer_id = any(cast(%(ids)s as bigint[])))"
_OPERATORS = f"""
select a.customer_id, b.customer_id, case a.kind when 'SOLE_TRADER' then 'OPERATOR' else 'REPRESENTATIVE' end
  from source_records a join source_records b on b.feed = 'pos_merchant.operator' and b.key = a.key
 where a.feed = 'pos_merchant' and a.status <> 'GONE' and b.status <> 'GONE' and {_NEAR}"""  # noqa: S608
_REPRESENTATIVES = f"""
select a.customer_id, b.customer_id, case c.kind when 'SOLE_TRADER' then 'OPERATOR' else 'REPRESENTATIVE' end
  from match_keys f join source_records a on a.id = f.record_id
  join match_keys p on p.rule = 'CERTIFICATE' and p.key_hash = f.key_hash join source_records b on b.id = p.record_id
  join customers c on c.id = a.customer_id
 where f.rule = 'REPRESENTATIVE' and a.feed = 'core_customer' and a.status <> 'GONE' and b.status <> 'GONE'
   and {_NEAR}"""  # noqa: S608
_MEMBERS = f"""
select a.customer_id, b.customer_id, 'MEMBER'
  from source_records b join source_records a
    on a.feed = 'household.household' and a.key = split_part(b.key, '/', 1)
 where b.feed = 'household' and b.status not in ('GONE', 'DEAD') and a.status <> 'GONE' and {_NEAR}"""  # noqa: S608
_HEADS = f"""
select a.customer_id, b.customer_id, 'MEMBER'
  from source_records a join source_records b on b.feed = 'sunshine_credit.head' and b.key = a.key
 where a.feed = 'sunshine_credit' and a.status <> 'GONE' and b.status <> 'GONE' and {_NEAR}"""  # noqa: S608

_REFRESH = f"""
with found (customer_id, other_id, kind) as ({_OPERATORS} union {_REPRESENTATIVES} union {_MEMBERS} union {_HEADS}),
both_ways as (
    select customer_id, other_id, kind from found where customer_id <> other_id
    union
    select other_id, customer_id, case kind when 'OPERATOR' then 'SHOP' when 'REPRESENTATIVE' then 'FIRM'
                                            else 'HOUSEHOLD' end from found where customer_id <> other_id),
gone as (
    delete from relations r where (r.customer_id = any(cast(%(ids)s as bigint[]))
       or r.other_id = any(cast(%(ids)s as bigint[]))) and not exists (select from both_ways b
       where (b.customer_id, b.other_id, b.kind) = (r.customer_id, r.other_id, r.kind)))
insert into relations (customer_id, other_id, kind) select customer_id, other_id, kind from both_ways
on conflict do nothing"""  # noqa: S608


def refresh_relations(rows: Rows, customer_ids: Sequence[int]) -> None:
    """The relations of some customers, on whichever side they stand."""
    rows.execute(_REFRESH, {"ids": list(customer_ids)})
