"""客户点位: what the map says of customers, on the narrow rows that tiles read, and what a cut does to them."""

from collections.abc import Sequence
from datetime import date

from domain.shared.followers import After
from domain.shared.night import Connection
from domain.shared.rows import Rows

# Kind, tier and band go along: the row is written anyway, and on a first night all of them are.
FOLLOW_OWNERS = """
update customer_points p
   set grid_id = c.grid_id, org_unit_id = c.org_unit_id,
       kind = c.kind, tier = c.tier, attrition_band = c.attrition_band
  from customers c
 where c.id = p.customer_id and (p.grid_id, p.org_unit_id) is distinct from (c.grid_id, c.org_unit_id)
"""

VISIT_CLASSES = (90, 180, 365)
"""Days that end with the data date: class 0 was visited within the first, 3 longer ago than the last, 4 never."""
_VISITED = " ".join(
    f"when c.last_visit_on > cast(%(data_date)s as date) - {days} then {place}"
    for place, days in enumerate(VISIT_CLASSES)
)
_VISIT_CLASS = f"cast(case when c.last_visit_on is null then 4 {_VISITED} else 3 end as smallint)"

_MARK = f"""
update customer_points p set kind = c.kind, tier = c.tier, attrition_band = c.attrition_band,
       visit_class = {_VISIT_CLASS}
  from customers c
 where c.id = p.customer_id
   and (p.kind, p.tier, p.attrition_band, p.visit_class)
       is distinct from (c.kind, c.tier, c.attrition_band, {_VISIT_CLASS})
"""  # noqa: S608

_COVERING_ATOM = """
update customers c set atom_id = lies.atom_id
  from (select id, (select min(atom_id) from atoms_covering(lon_deg_wgs84, lat_deg_wgs84) as atom_id) as atom_id
          from customers where id = any(cast(%(ids)s as bigint[]))) lies
 where lies.id = c.id and c.atom_id is distinct from lies.atom_id
"""


def follow_owners(connection: Connection) -> int:
    """Points whose customer has another grid or outlet than they say; gives their number."""
    return connection.execute(FOLLOW_OWNERS).rowcount


def mark_points(connection: Connection, data_date: date) -> int:
    """Kind, tier, band and class of the last visit on all points; gives the number of those that were not up to date.

    A visit that is recorded by day shows from the next night on, like every figure of the map.
    """
    return connection.execute(_MARK, {"data_date": data_date}).rowcount


def place_again(rows: Rows, customer_ids: Sequence[int]) -> After:
    """A cut: the atoms that cover their places, which may be others now; none for who has no place, or one outside the
    county. And off the map with all of them.

    The next night puts whoever has a place and no point on the map.
    """
    before = list(customer_ids)

    def then(after: Sequence[int]) -> None:
        rows.execute(_COVERING_ATOM, {"ids": list(after)})
        rows.execute(
            "delete from customer_points where customer_id = any(cast(%(ids)s as bigint[]))",
            {"ids": [*before, *after]},
        )

    return then
