"""Whose a customer was on any day, and under which plan: asked of `placements_on(day)`."""

from domain.shared.dated import DatedFact

# Into a list or out of one, or between lists. Else, when a plan begins (`cause`), whatever is another is its doing.
PLACEMENTS = DatedFact(
    "placements",
    "customer_id",
    ("grid_id", "org_unit_id", "owner_id"),
    "select c.id as customer_id, c.grid_id, c.org_unit_id, c.owner_id from customers c",
    cause="""case when o.grid_id is distinct from n.grid_id
                   and exists (select from grids l where l.id in (o.grid_id, n.grid_id) and l.level = 'LIST')
                  then 'CLAIM'
                  when cast(%(cause)s as text) = 'PLAN' and o.grid_id is not null and n.grid_id is not null then 'PLAN'
                  when o.grid_id is distinct from n.grid_id then 'PLACE'
                  when n.grid_id is null then 'BOOKS'
                  when o.org_unit_id is distinct from n.org_unit_id then 'PLAN'
                  else 'POST' end""",
)
