"""Who an account is today: rights, unit, scope. Read with each request, so that a withdrawn right is gone at once."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, TextClause, bindparam, text

from domain.shared.actor import Actor, RoleScope, Scope
from domain.shared.masks import Mask

# What is not needed is not worked out: units for who has none, grids for who has none.
_ACTOR = """
select account.id as account_id, staff.id as staff_id, staff.role, staff.org_unit_id,
       role.scope, role.mask, role.permissions,
       (select version from rights_version) as rights_version,
       case when role.scope = 'OWN_UNIT' or granted.unit_ids is not null
            then array(select below.id
                         from units_below(case when role.scope = 'OWN_UNIT'
                                               then array_append(granted.unit_ids, staff.org_unit_id)
                                               else granted.unit_ids end, {today}) as below (id)
                        order by 1)
            else cast(array[] as bigint[]) end as unit_ids,
       case when role.scope = 'OWN_GRIDS' or granted.grid_codes is not null
            then array(select post.grid_id
                         from posts post
                         join grids grid on grid.id = post.grid_id
                         join plan_in_force plan on plan.id = grid.plan_id
                        where post.staff_id = staff.id and role.scope = 'OWN_GRIDS'
                          and post.from_on <= {today} and (post.to_on is null or post.to_on > {today})
                        union
                       select grid.id
                         from plan_in_force plan
                         join grids named on named.plan_id = plan.id and named.code = any(granted.grid_codes)
                         join grids grid on grid.id = named.id or grid.parent_id = named.id
                        where granted.grid_codes is not null
                        order by 1)
            else cast(array[] as bigint[]) end as grid_ids,
       coalesce(granted.customer_ids, cast(array[] as bigint[])) as customer_ids
  from accounts account
  join staff on staff.id = account.staff_id and staff.is_active
       and (staff.from_on is null or staff.from_on <= {today}) and (staff.to_on is null or staff.to_on > {today})
  join roles role on role.code = staff.role
 cross join lateral (
       select array_agg(one.unit_id) filter (where one.unit_id is not null) as unit_ids,
              array_agg(one.grid_code) filter (where one.grid_code is not null) as grid_codes,
              array_agg(distinct one.customer_id) filter (where one.customer_id is not null) as customer_ids
         from scope_grants one
        where one.staff_id = staff.id and one.from_on <= {today} and (one.to_on is null or one.to_on > {today})
       ) as granted
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

_IS_STILL = """exists (select from sessions session, rights_version rights
 where session.token_sha256 = :session_sha256 and session.account_id = :actor_account
   and session.revoked_at is null and session.expires_at > now() and rights.version = :rights_version)"""

_BOUND: dict[str, Any] = {
    "session_sha256": LargeBinary,
    "actor_account": BigInteger,
    "rights_version": BigInteger,
}


def is_still() -> TextClause:
    """Whether the session's actor is who he was when he last asked, in a statement's own condition.

    Triggers raise the version in the transaction that changes any row which `_ACTOR` reads (migration
    `2026_11_27_rights_have_a_version`); what hangs on the day alone is known by the day (`api/auth/known.py`). So a
    statement chosen by what was known before answers only when that still holds, without reading it all again.
    """
    return text(_IS_STILL).bindparams(*(bindparam(name, type_=type_) for name, type_ in _BOUND.items()))


def actor_of(row: Mapping[str, Any] | None, known: Collection[str]) -> Actor | None:
    """The actor in a row of these statements. A permission that is not `known` is not granted."""
    if row is None:
        return None
    scope = Scope(
        RoleScope(row["scope"]),
        tuple(row["unit_ids"]),
        tuple(row["grid_ids"]),
        tuple(row["customer_ids"]),
    )
    return Actor(
        account_id=row["account_id"],
        staff_id=row["staff_id"],
        role=row["role"],
        org_unit_id=row["org_unit_id"],
        scope=scope,
        mask=Mask.named(row["mask"]),
        permissions=frozenset(row["permissions"]).intersection(known),
        rights_version=row["rights_version"],
    )
