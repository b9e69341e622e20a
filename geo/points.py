"""What the map says of a customer beside his place: kind, tier and band, on the points that tiles read."""

from domain.shared.night import Connection

_MARK = """
update customer_points p set kind = c.kind, tier = c.tier, attrition_band = c.attrition_band
  from customers c
 where c.id = p.customer_id
   and (p.kind, p.tier, p.attrition_band) is distinct from (c.kind, c.tier, c.attrition_band)
"""


def mark_points(connection: Connection) -> int:
    """Bring all points up to date; gives the number of those that were not. Nothing but a night changes these."""
    return connection.execute(_MARK).rowcount
