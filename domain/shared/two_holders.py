"""What takes two people, and whether a bank still has two for it: nobody could give the missing right back.

Roles and grants take one who proposes and another who decides; so does the description of a bank's files, and nobody's
file is read by a new form without both.
"""

from collections.abc import Collection
from dataclasses import dataclass

from domain.shared.in_service import TODAY, is_in_service
from domain.shared.permissions import DECIDE_RIGHTS, PROPOSE_RIGHTS, VIEW_NIGHTS, VIEW_PROPOSALS, VIEW_RIGHTS
from domain.shared.rows import Rows
from domain.shared.sign_in import NO_PASSWORD


@dataclass(frozen=True)
class TakesTwo:
    """The permissions of who decides, and of another who proposes."""

    decide: tuple[str, ...]
    propose: tuple[str, ...]

    @property
    def permissions(self) -> frozenset[str]:
        return frozenset((*self.decide, *self.propose))


RIGHTS = TakesTwo((str(VIEW_PROPOSALS), str(VIEW_RIGHTS), str(DECIDE_RIGHTS)), (str(PROPOSE_RIGHTS),))
FEEDS = TakesTwo((str(VIEW_NIGHTS), "feeds.release"), ("feeds.describe",))
"""Declared by the room of feeds, which lies above; a test holds the names against it."""

# Of those who can sign in; one role may be looked at as it would be, one account as if it were none.
_TWO = f"""
with held as (
    select s.id, case when s.role = cast(%(role)s as varchar) then cast(%(permissions)s as varchar[])
                      else r.permissions end as permissions
      from staff s join roles r on r.code = s.role
     where {is_in_service("s", TODAY)}
       and exists (select from accounts a where a.staff_id = s.id and a.password_hash <> %(no_password)s
                                      and a.id is distinct from cast(%(account)s as bigint)))
select exists (select from held decider join held proposer on proposer.id <> decider.id
                where decider.permissions @> cast(%(to_decide)s as varchar[])
                  and proposer.permissions @> cast(%(to_propose)s as varchar[]))
"""  # noqa: S608


def are_two(
    rows: Rows,
    takes: TakesTwo,
    *,
    without: int | None = None,
    role: str | None = None,
    permissions: Collection[str] = (),
) -> bool:
    """Whether two persons who can sign in are there for it: none of them by the account `without`, and those of `role`
    with other permissions than now."""
    given = {
        "account": without,
        "role": role,
        "permissions": sorted(permissions),
        "no_password": NO_PASSWORD,
        "to_decide": list(takes.decide),
        "to_propose": list(takes.propose),
    }
    return bool(rows.execute(_TWO, given)[0][0])


def lacks_by(rows: Rows, account_id: int) -> TakesTwo | None:
    """What two people are there for now and would not be without this account."""
    lost = (
        one for one in (RIGHTS, FEEDS) if are_two(rows, one) and not are_two(rows, one, without=account_id)
    )
    return next(lost, None)
