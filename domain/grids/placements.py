"""Whose a customer was on any day, and under which plan: asked of `placements_on(day)`."""

from domain.shared.dated import DatedFact

# The plan goes with the grid. Who has no grid is placed by the books, under no plan.
PLACEMENTS = DatedFact(
    "placements",
    "customer_id",
    ("plan_id", "grid_id", "org_unit_id", "owner_id"),
    "select c.id as customer_id, g.plan_id, c.grid_id, c.org_unit_id, c.owner_id"
    " from customers c left join grids g on g.id = c.grid_id",
    # Into a list or out of one, or between lists; under another plan a list goes on as it was.
    cause="""case when o.grid_id is distinct from n.grid_id and o.plan_id is not distinct from n.plan_id
                   and exists (select from grids l where l.id in (o.grid_id, n.grid_id) and l.level = 'LIST')
                  then 'CLAIM'
                  when o.plan_id <> n.plan_id then 'PLAN'
                  when o.grid_id is distinct from n.grid_id then 'PLACE'
                  when n.grid_id is null then 'BOOKS'
                  when o.org_unit_id is distinct from n.org_unit_id then 'PLAN'
                  else 'POST' end""",
)
