"""Past days: which are kept of the figures of grids, and which plan each had.

A night counts the customers of its data date for the day that it prepares, the next one: that is the day whose plan
its figures were seen under (`docs/architecture.md`, a change of the night is so from the day after the data date).
"""

PLAN_OF = "plan_on({day} + 1)"
"""The plan under which the figures of a data date were seen; null where there was none."""

# From day to day by the index: there are 400 of them among millions of rows.
KEPT_DAYS = f"""
with recursive days as (
    select max(data_date) as day from atom_sums
    union all
    select (select max(s.data_date) from atom_sums s where s.data_date < days.day) from days where days.day is not null)
select json_agg(json_build_array(d.day, p.name, coalesce(p.id = f.id, false)) order by d.day desc)
  from days d
  left join plans p on p.id = {PLAN_OF.format(day="d.day")}
  left join plan_in_force f on true
 where d.day is not null
"""  # noqa: S608
"""(day, name of its plan, whether that is the one in force), the newest first, as one JSON text."""

FIGURES_OF_DAYS = (
    "customers",
    "located",
    "visited_90d",
    "visited_here_90d",
    "key_customers",
    "deposit_fen",
    "loan_fen",
    "due_visits",
    "at_risk",
)
"""What is kept of each day: sums by atom (`atom_sums`). Where customers live, medians and longer spans are not."""
