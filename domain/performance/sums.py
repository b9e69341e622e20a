"""Customers counted and summed by what dashboards group them by: rebuilt by the night and when a plan begins, kept
right by a cut.

While no night runs, `customer_sums` equals the live rows: nothing else changes a customer's outlet, grid, owner, kind,
tier, status, band, holdings or reasons to be seen. The steps of a night change these one after the other, and the sums
follow when it rolls up. A visit that is recorded by day is `visited` from the next night on.
"""

from collections.abc import Iterable
from datetime import date

from domain.shared.data_date import data_date_in_force
from domain.shared.followers import After
from domain.shared.night import Connection
from domain.shared.parameters import parameters_in_force
from domain.shared.rows import Rows
from domain.tasks.parameters import GENERAL_VISIT_MONTHS

Group = tuple[int | None, int | None, int | None]
"""(org unit, grid, owner)"""

_DIMENSIONS = "c.org_unit_id, c.grid_id, c.owner_id, c.kind, c.tier, c.status, c.attrition_band"
# One record among several of one customer is enough to have a file; the join is on the few who have one.
_COUNTED = f"""
insert into customer_sums
with filed as (select distinct r.customer_id from source_records r
                where r.feed = 'sunshine_credit' and r.customer_id is not null {{and_of_some}})
select {_DIMENSIONS}, count(*), count(c.grid_id), count(c.lon_deg_wgs84), count(d.customer_id),
       count(*) filter (where c.grid_id is not null
                          and c.visited_here_on > cast(cast(%(data_date)s as date)
                                                     - make_interval(months => cast(%(months)s as int)) as date)),
       count(*) filter (where c.grid_id is not null and f.customer_id is not null),
       count(*) filter (where c.line_fen > 0), count(*) filter (where c.line_fen > 0 and c.loan_fen > 0),
       count(*) filter (where c.loan_fen > 0), sum(c.deposit_fen), sum(c.loan_fen), sum(c.line_fen)
  from customers c
  left join due_visits d on d.customer_id = c.id
  left join filed f on f.customer_id = c.id
 {{where}}
 group by {_DIMENSIONS}
"""  # noqa: S608
_ALL = _COUNTED.format(where="", and_of_some="")
# Sums have no key: who deletes and counts while another does would leave a group twice. A statement of its own, so that
# the next one sees what the other committed.
_ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('customer sums'))"


def sum_customers(connection: Connection, data_date: date, visit_months: int) -> int:
    """Rebuild the sums of all customers; gives the number of their rows.

    Whoever was seen within `visit_months` months, the cadence of general customers, is `visited`.
    """
    connection.execute(_ONE_AT_A_TIME)
    connection.execute("delete from customer_sums")
    return connection.execute(_ALL.encode(), {"data_date": data_date, "months": visit_months}).rowcount


def groups_of(rows: Rows, customer_ids: Iterable[int]) -> set[Group]:
    """The groups to which some customers belong now."""
    found = rows.execute(
        "select distinct org_unit_id, grid_id, owner_id from customers where id = any(cast(%(ids)s as bigint[]))",
        {"ids": list(customer_ids)},
    )
    return {(unit, grid, owner) for unit, grid, owner in found}


def sum_groups(rows: Rows, groups: Iterable[Group]) -> None:
    """Count some groups anew, as of the data date in force."""
    rows.execute(_ONE_AT_A_TIME)
    in_force = data_date_in_force(rows)
    months = GENERAL_VISIT_MONTHS.of(parameters_in_force(rows))
    for group in sorted(groups, key=str):
        where = f"where {_is_of(group)}"
        of_some = f"and r.customer_id in (select c.id from customers c {where})"  # noqa: S608
        values = dict(zip(_COLUMNS, group, strict=True))
        rows.execute(f"delete from customer_sums c {where}", values)  # noqa: S608
        counted = _COUNTED.format(where=where, and_of_some=of_some)
        rows.execute(counted, {**values, "data_date": in_force, "months": months})


_COLUMNS = ("org_unit_id", "grid_id", "owner_id")


def _is_of(group: Group) -> str:
    """Equality, or IS NULL: either is one index range."""
    return " and ".join(
        f"c.{column} is null" if value is None else f"c.{column} = %({column})s"
        for column, value in zip(_COLUMNS, group, strict=True)
    )


def sum_again(rows: Rows, customer_ids: Iterable[int]) -> After:
    """A cut: the groups that customers were in and those that they are in then."""
    before = groups_of(rows, customer_ids)
    return lambda after: sum_groups(rows, before | groups_of(rows, after))
