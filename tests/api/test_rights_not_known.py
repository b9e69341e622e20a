"""What a role names and this program does not know is told with each request, and gives nothing."""

import psycopg
import pytest
import structlog
from psycopg.rows import dict_row
from structlog.testing import LogCapture

from api.auth import sessions
from api.auth.sessions import signed_in
from domain.shared.actor import Actor
from domain.shared.masks import Mask
from domain.shared.organisation import ACTOR_OF_ACCOUNT
from tests.domain.small_bank import TODAY, SmallBank, insert


@pytest.fixture
def account(connection: psycopg.Connection) -> int:
    bank = SmallBank(connection)
    made: int = insert(
        connection, "accounts", account="m1", staff_id=bank.manager_a, password_hash="", failed_attempts=0
    )
    return made


def _ask(connection: psycopg.Connection, account: int) -> tuple[Actor | None, list[dict]]:
    # A logger of the test's own: an application that another test started may have said that errors alone are told.
    told = LogCapture()
    log = structlog.wrap_logger(None, processors=[told], wrapper_class=structlog.BoundLogger)
    with (
        psycopg.RawCursor(connection, row_factory=dict_row) as cursor,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(sessions, "log", log)
        actor = signed_in(cursor.execute(ACTOR_OF_ACCOUNT.encode(), [account, TODAY]).fetchone())
    return actor, [dict(one) for one in told.entries]


def test_a_permission_that_no_room_declares_is_logged_and_not_granted(
    connection: psycopg.Connection, account: int
) -> None:
    before, told = _ask(connection, account)
    assert before is not None
    assert told == []
    connection.execute(
        "update roles set permissions = permissions || array['everything.do'] where code = 'CUSTOMER_MANAGER'"
    )
    after, told = _ask(connection, account)
    assert after is not None
    assert after.permissions == before.permissions
    assert told == [
        {
            "event": "role.permissions_not_known",
            "log_level": "warning",
            "role": "CUSTOMER_MANAGER",
            "permissions": ["everything.do"],
        }
    ]


def test_a_mask_that_nobody_knows_is_logged_and_hides_everything(
    connection: psycopg.Connection, account: int
) -> None:
    connection.execute("update roles set mask = 'CLEAR'")
    actor, told = _ask(connection, account)
    assert actor is not None
    assert actor.mask is Mask.ALL
    assert [(one["event"], one["mask"]) for one in told] == [("role.mask_not_known", "CLEAR")]
