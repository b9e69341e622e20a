"""Who an account is today: role, outlet, grids. Read with each request, so that a withdrawn right is gone at once."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Date, LargeBinary, TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from domain.shared.actor import Actor
from domain.shared.permissions import Role

_ACTOR = """
select account.id as account_id, staff.id as staff_id, staff.role, staff.org_unit_id,
       coalesce((select array_agg(distinct post.grid_id order by post.grid_id)
                   from posts post
                   join grids grid on grid.id = post.grid_id
                   join plan_in_force plan on plan.id = grid.plan_id
                  where post.staff_id = staff.id and staff.role = 'CUSTOMER_MANAGER'
                    and post.from_on <= {today} and (post.to_on is null or post.to_on > {today})
                ), cast(array[] as bigint[])) as grid_ids
  from accounts account join staff on staff.id = account.staff_id and staff.is_active
"""
_OF_SESSION = (
    _ACTOR
    + """
  join sessions session on session.account_id = account.id
 where session.token_sha256 = {session} and session.revoked_at is null and session.expires_at > now()
"""
)

ACTOR_OF_SESSION = _OF_SESSION.format(session="$1", today="$2::date")
"""$1 the token's SHA-256, $2 the bank day. No row: nobody is signed in with it."""

ACTOR_OF_ACCOUNT = _ACTOR.format(today="$2::date") + " where account.id = $1"
"""$1 the account, $2 the bank day."""

_IS_STILL = f"""exists (select from ({_OF_SESSION.format(session=":session_sha256", today="cast(:today as date)")}) who
 where who.account_id = :actor_account and who.staff_id = :actor_staff and who.org_unit_id = :actor_org
   and who.role = '{{role}}'{{grids}})"""
_SAME_GRIDS = " and who.grid_ids = cast(:actor_grids as bigint[])"


def is_still(role: Role) -> TextClause:
    """Whether the session's actor is who he was when he last asked, in a statement's own condition.

    Bound with each request: `session_sha256` and `today`, beside what every scope binds. So rights are read with each
    request, and a statement chosen by what was known before answers only when that still holds.
    """
    grids = _SAME_GRIDS if role is Role.CUSTOMER_MANAGER else ""
    types = {
        "session_sha256": LargeBinary,
        "today": Date,
        "actor_account": BigInteger,
        "actor_staff": BigInteger,
        "actor_org": BigInteger,
    } | ({"actor_grids": ARRAY(BigInteger)} if grids else {})
    bound = [bindparam(name, type_=type_) for name, type_ in types.items()]
    return text(_IS_STILL.format(role=role.value, grids=grids)).bindparams(*bound)


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
