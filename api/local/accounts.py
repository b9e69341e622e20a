"""Accounts from the command line: the first one of an installation, a new password, the end of one.

Every change is an audit row of the same transaction, and ends the sessions that it touches.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from api.local.refusal import CannotGoOn
from api.local.words import t
from domain.shared.accounts import CODE_LASTS
from domain.shared.audit import record_sync
from domain.shared.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from domain.shared.principal import SYSTEM
from domain.shared.rows import NightRows
from domain.shared.sign_in import NO_PASSWORD
from domain.shared.two_holders import FEEDS, lacks_by


@dataclass(frozen=True)
class Person:
    """A member of staff as the command line names him; `org_code` is the bank's own number of his unit.

    Without a duty a new one gets what people with his role's scope usually answer for. From then on it is his own.
    """

    number: str
    name: str
    role: str
    org_code: str
    duty: str | None = None


def check_password(password: str, account: str) -> str:
    """The password, where it may be one."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise CannotGoOn(
            t(
                "local_accounts.password_has_characters",
                shortest_password=SHORTEST_PASSWORD,
                longest_password=LONGEST_PASSWORD,
            )
        )
    if account in password:
        raise CannotGoOn(t("local_accounts.password_does_not"))
    return password


def add_account(
    database_url: str, account: str, person: Person, password_hash: str, *, org_name: str | None = None
) -> None:
    """An account for a member of staff, who is entered where the bank does not know him yet."""
    with psycopg.connect(database_url) as database:
        _check_role(database, person.role)
        org_id = _org_unit(database, person.org_code, org_name)
        staff_id = _staff(database, person, org_id)
        made = database.execute(
            """insert into accounts (account, staff_id, password_hash, failed_attempts) values (%s, %s, %s, 0)
               on conflict (account) do nothing returning id""",
            [account, staff_id, password_hash],
        ).fetchone()
        if made is None:
            raise CannotGoOn(t("local_accounts.there_account_already", account=account))
        _note(database, "account.added", made[0], staff=staff_id, role=person.role)


def set_password(database_url: str, account: str, password_hash: str) -> int:
    """A new password, which also lifts a lock and opens a disabled account; how many sessions it ended."""
    return _replace_hash(database_url, account, password_hash, "account.password_set")


def disable_account(database_url: str, account: str) -> int:
    """No password fits any more; how many sessions it ended. The member of staff stays as he is.

    Refused where nobody would be left to decide on rights together with somebody else.
    """
    return _replace_hash(database_url, account, NO_PASSWORD, "account.disabled", disables=True)


def hand_out_code(database_url: str, account: str, code_hash: str) -> tuple[str, int]:
    """A one-time code in the place of a password, also for whom outlets may hand out none; (account, sessions ended).

    `account` is what somebody signs in with, or the number of a member of staff who has no account yet.
    """
    with psycopg.connect(database_url) as database:
        database.execute(
            """insert into accounts (account, staff_id, password_hash, failed_attempts)
               select number, id, %s, 0 from staff
                where number = %s and is_active and not exists (select from accounts where staff_id = staff.id)
               on conflict (account) do nothing""",
            [NO_PASSWORD, account],
        )
    until = datetime.now(UTC) + CODE_LASTS
    return account, _replace_hash(
        database_url, account, code_hash, "account.code_handed_out", code_until=until
    )


def _replace_hash(
    database_url: str,
    account: str,
    password_hash: str,
    action: str,
    *,
    code_until: datetime | None = None,
    disables: bool = False,
) -> int:
    with psycopg.connect(database_url) as database:
        if disables:
            _check_others_are_left(database, account)
        # The row's lock is also the sign-in's: whoever is just being let in has his session before it is ended here.
        found = database.execute(
            """update accounts set password_hash = %s, failed_attempts = 0, locked_until = null, code_until = %s,
                      code_failures = 0, code_by_id = null, disabled_at = case when %s then now() end
                where account = %s returning id""",
            [password_hash, code_until, disables, account],
        ).fetchone()
        if found is None:
            raise CannotGoOn(t("local_accounts.there_no_account", account=account))
        ended = database.execute(
            """update sessions set revoked_at = now()
                where account_id = %s and revoked_at is null and expires_at > now()""",
            [found[0]],
        ).rowcount
        _note(database, action, found[0], sessions_ended=ended)
        return ended


def _check_others_are_left(database: psycopg.Connection, account: str) -> None:
    # The lock of who takes the right from a role: two at once would each count on the other.
    database.execute("select pg_advisory_xact_lock(hashtext('who decides on rights'))")
    found = database.execute("select id from accounts where account = %s", [account]).fetchone()
    lost = None if found is None else lacks_by(NightRows(database), found[0])
    if lost is not None:
        word = "last_feed_decider" if lost is FEEDS else "last_decider"
        raise CannotGoOn(t(f"local_accounts.{word}", account=account))


def _check_role(database: psycopg.Connection, role: str) -> None:
    known = [code for (code,) in database.execute("select code from roles order by position, code")]
    if role not in known:
        raise CannotGoOn(t("local_accounts.there_no_role", role=role, known=t("lists.separator").join(known)))


def _org_unit(database: psycopg.Connection, code: str, name: str | None) -> int:
    """The unit by its number. In a database without any, the first account also names the head office."""
    row = database.execute("select id from org_units where code = %s", [code]).fetchone()
    if row is not None:
        return int(row[0])
    known = [code for (code,) in database.execute("select code from org_units order by kind, code limit 5")]
    if known:
        raise CannotGoOn(t("local_accounts.there_no_org", code=code, known=t("lists.separator").join(known)))
    if name is None:
        raise CannotGoOn(t("local_accounts.there_no_org_unit"))
    made = database.execute(
        "insert into org_units (code, name, kind) values (%s, %s, 'HEAD_OFFICE') returning id", [code, name]
    ).fetchone()
    assert made is not None
    return int(made[0])


_NEW_STAFF = """
insert into staff (number, name, role, org_unit_id, is_active, duty)
select %(number)s, %(name)s, code, %(unit)s, true,
       case when %(duty)s::text is not null then nullif(%(duty)s, 'NONE')
            when scope = 'OWN_GRIDS' then 'CUSTOMERS' when scope = 'OWN_UNIT' then 'UNIT' end
  from roles where code = %(role)s
on conflict (number) do nothing returning id
"""
_SAME_STAFF = """
select id from staff
 where number = %(number)s and name = %(name)s and role = %(role)s and org_unit_id = %(unit)s and is_active
"""


def _staff(database: psycopg.Connection, person: Person, org_id: int) -> int:
    """The member of staff with this number, who has to be the one described, or a new one."""
    described = {
        "number": person.number,
        "name": person.name,
        "role": person.role,
        "unit": org_id,
        "duty": person.duty,
    }
    made = database.execute(_NEW_STAFF, described).fetchone()
    found = made or database.execute(_SAME_STAFF, described).fetchone()
    if found is None:
        raise CannotGoOn(t("local_accounts.staff_number_known", number=person.number))
    return int(found[0])


def _note(database: psycopg.Connection, action: str, account_id: int, **detail: object) -> None:
    # Nobody is signed in on the command line: who may run it is the machine's business.
    record_sync(database, by=SYSTEM, action=action, subject=f"Account:{account_id}", **detail)
