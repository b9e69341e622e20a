"""客户点位: what the map says of customers, on the narrow rows that tiles read, and what a cut does to them."""

from collections.abc import Sequence

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

_MARK = """
update customer_points p set kind = c.kind, tier = c.tier, attrition_band = c.attrition_band
  from customers c
 where c.id = p.customer_id
   and (p.kind, p.tier, p.attrition_band) is distinct from (c.kind, c.tier, c.attrition_band)
"""

_COVERING_ATOM = """
update customers c set atom_id = lies.atom_id
  from (select id, (select min(atom_id) from atoms_covering(lon_deg_wgs84, lat_deg_wgs84) as atom_id) as atom_id
          from customers where id = any(cast(%(ids)s as bigint[]))) lies
 where lies.id = c.id and c.atom_id is distinct from lies.atom_id
"""


def follow_owners(connection: Connection) -> int:
    """Points whose customer has another grid or outlet than they say; gives their number."""
    return connection.execute(FOLLOW_OWNERS).rowcount


def mark_points(connection: Connection) -> int:
    """Kind, tier and band on all points; gives the number of those that were not up to date."""
    return connection.execute(_MARK).rowcount


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
