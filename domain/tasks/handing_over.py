"""Due visits go with the customer when he gets another owner or grid between two nights."""

from domain.shared.night import Connection

DUE_OF_OWNERS = """
update due_visits d set owner_id = c.owner_id, grid_id = c.grid_id
  from customers c
 where c.id = d.customer_id and (d.owner_id, d.grid_id) is distinct from (c.owner_id, c.grid_id)
"""


def give_due_visits_to_owners(connection: Connection) -> int:
    """Gives how many changed hands."""
    return connection.execute(DUE_OF_OWNERS).rowcount
