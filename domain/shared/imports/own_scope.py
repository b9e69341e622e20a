"""Nobody's scope grows by a list that he brings, carries out or takes back: units hung below his own would be his."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from domain.shared.imports.errors import ImportNeedsAnother
from domain.shared.in_service import TODAY
from domain.shared.rows import Rows

# Today, on the day from which the list holds, and for good: a unit may begin to count later.
_SCOPES = f"""
select distinct s.id, on_day.which, below.id
  from staff s join roles r on r.code = s.role
 cross join (values ('today', {TODAY}), ('list', cast(%(day)s as date)), ('later', date '9999-12-30'))
       as on_day (which, day)
 cross join lateral (
       select array_agg(g.unit_id) filter (where g.unit_id is not null) as unit_ids from scope_grants g
        where g.staff_id = s.id and g.from_on <= on_day.day and (g.to_on is null or g.to_on > on_day.day)) granted
 cross join lateral units_below(case when r.scope = 'OWN_UNIT' then array_append(granted.unit_ids, s.org_unit_id)
                                     else granted.unit_ids end, on_day.day) as below (id)
 where s.id = any(cast(%(whose)s as bigint[]))
"""  # noqa: S608
_UNITS = "select id from org_units"


@contextmanager
def no_wider_scope(rows: Rows, whose: Sequence[int], day: date) -> Iterator[None]:
    """Raises `ImportNeedsAnother` at its end, so that the transaction goes back. New units hold nothing yet."""
    given = {"whose": list(whose), "day": day}
    known = {unit for (unit,) in rows.execute(_UNITS)}
    before = {tuple(row) for row in rows.execute(_SCOPES, given)}
    yield
    gained = {tuple(row) for row in rows.execute(_SCOPES, given)} - before
    if any(unit in known for *_, unit in gained):
        raise ImportNeedsAnother
