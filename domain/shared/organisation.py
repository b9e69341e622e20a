"""Who an account is today: role, outlet, grids. Read with each request, so that a withdrawn right is gone at once."""

from collections.abc import Mapping
from typing import Any

from domain.shared.actor import Actor
from domain.shared.permissions import Role

_ACTOR = """
select account.id as account_id, staff.id as staff_id, staff.role, staff.org_unit_id,
       coalesce((select array_agg(distinct post.grid_id order by post.grid_id)
                   from posts post
                   join grids grid on grid.id = post.grid_id
                   join plans plan on plan.id = grid.plan_id and plan.state = 'IN_FORCE'
                  where post.staff_id = staff.id and staff.role = 'CUSTOMER_MANAGER'
                    and post.from_on <= {today} and (post.to_on is null or post.to_on > {today})
                ), '{{}}') as grid_ids
  from accounts account join staff on staff.id = account.staff_id and staff.is_active
"""

ACTOR_OF_SESSION = (
    _ACTOR.format(today="$2::date")
    + """
  join sessions session on session.account_id = account.id
 where session.token_sha256 = $1 and session.revoked_at is null and session.expires_at > now()
"""
)
"""$1 the token's SHA-256, $2 the bank day. No row: nobody is signed in with it."""

ACTOR_OF_ACCOUNT = _ACTOR.format(today="$2::date") + " where account.id = $1"
"""$1 the account, $2 the bank day."""


def actor_of(row: Mapping[str, Any] | None) -> Actor | None:
    """The actor in a row of these statements."""
    if row is None:
        return None
    return Actor.of(
        account_id=row["account_id"],
        staff_id=row["staff_id"],
        role=Role(row["role"]),
        org_unit_id=row["org_unit_id"],
        grid_ids=tuple(row["grid_ids"]),
    )
