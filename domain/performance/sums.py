"""Customers counted and summed by what dashboards group them by: rebuilt by the night, kept right by a cut.

`customer_sums` equals the live rows at any moment: nothing else changes a customer's grid, owner, kind, tier, status,
band, holdings or reasons to be seen. A recorded visit does not.
"""

from collections.abc import Iterable

from domain.customers.identity.rows import Rows
from domain.shared.night import Connection

Group = tuple[int | None, int | None, int | None]
"""(org unit, grid, owner)"""

_DIMENSIONS = "c.org_unit_id, c.grid_id, c.owner_id, c.kind, c.tier, c.status, c.attrition_band"
_COUNTED = f"""
insert into customer_sums
select {_DIMENSIONS}, count(*), count(c.lon_deg_wgs84), count(d.customer_id), count(*) filter (where c.loan_fen > 0),
       sum(c.deposit_fen), sum(c.loan_fen), sum(c.line_fen)
  from customers c left join due_visits d on d.customer_id = c.id
 {{where}}
 group by {_DIMENSIONS}
"""  # noqa: S608
_ALL = _COUNTED.format(where="")


def sum_customers(connection: Connection) -> int:
    """Rebuild the sums of all customers; gives the number of their rows."""
    connection.execute("delete from customer_sums")
    return connection.execute(_ALL.encode()).rowcount


def groups_of(rows: Rows, customer_ids: Iterable[int]) -> set[Group]:
    """The groups to which some customers belong now."""
    found = rows.execute(
        "select distinct org_unit_id, grid_id, owner_id from customers where id = any(cast(%(ids)s as bigint[]))",
        {"ids": list(customer_ids)},
    )
    return {(unit, grid, owner) for unit, grid, owner in found}


def sum_groups(rows: Rows, groups: Iterable[Group]) -> None:
    """Count some groups anew."""
    for group in groups:
        where = f"where {_is_of(group)}"
        values = dict(zip(_COLUMNS, group, strict=True))
        rows.execute(f"delete from customer_sums c {where}", values)  # noqa: S608
        rows.execute(_COUNTED.format(where=where), values)


_COLUMNS = ("org_unit_id", "grid_id", "owner_id")


def _is_of(group: Group) -> str:
    """Equality, or IS NULL: either is one index range."""
    return " and ".join(
        f"c.{column} is null" if value is None else f"c.{column} = %({column})s"
        for column, value in zip(_COLUMNS, group, strict=True)
    )
