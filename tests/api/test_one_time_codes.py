"""One-time codes over HTTP: who hands them out to whom, what they open, and for how long."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from starlette.testclient import TestClient

from api.auth import passwords
from api.settings import Mode
from domain.shared.sign_in import TRIES_OF_A_CODE
from tests.api.conftest import CHEAP, PASSWORD, Serve, ask, bearer, sign_in
from tests.schema.bank import Bank

HAND_OUT = """mutation HandOut($input: HandOutCodeInput!) { handOutCode(input: $input) { __typename
    ... on HandOutCodeSuccess { code account staffAccount { state codeUntil hindrance } }
    ... on CodeNotHandedOut { code message } } }"""
FIRST_USE = """mutation FirstUse($input: SetFirstPasswordInput!) { setFirstPassword(input: $input) { __typename
    ... on SignInSuccess { viewer { staff { number } } } ... on SignInRefused { code } } }"""
ACCOUNTS = "{ staffAccounts(first: 50) { totalCount { value } edges { node { state account hindrance } } } }"
OWN = "一句自己记得住、别人猜不到的话"


@dataclass
class Office:
    client: TestClient
    address: str
    bank: Bank

    def query(self, document: str, **variables: Any) -> Any:
        answer = self.client.post("/graphql", json={"query": document, "variables": variables}).json()
        assert "errors" not in answer, answer
        return answer["data"]

    def hand_out(self, by: str, to: str, key: UUID | None = None) -> Any:
        self.client.headers["Authorization"] = f"Bearer {bearer(self.address, by)}"
        given = {"idempotencyKey": str(key or uuid4()), "staffId": f"Staff:{self.bank.staff[to]}"}
        answer = self.query(HAND_OUT, input=given)["handOutCode"]
        del self.client.headers["Authorization"]
        return answer

    def first_use(self, account: str, code: str, password: str = OWN) -> Any:
        given = {"account": account, "code": code, "password": password}
        return self.query(FIRST_USE, input=given)["setFirstPassword"]

    def execute(self, statement: str, *values: Any) -> list[Any]:
        with psycopg.connect(self.address) as connection:
            done = connection.execute(statement, values)  # type: ignore[call-overload]
            return done.fetchall() if done.description else []


@pytest.fixture
def office(
    serve: Serve, own_address: str, served_bank: tuple[str, Bank], monkeypatch: pytest.MonkeyPatch
) -> Office:
    # What a hash of the product costs is paid by `cli/test_accounts.py`.
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)
    monkeypatch.setattr(passwords, "_NOBODYS_HASH", CHEAP.hash("no account has this password"))
    return Office(serve(mode=Mode.DEVELOPMENT, address=own_address), own_address, served_bank[1])


def test_from_the_outlet_managers_hand_to_a_password_of_ones_own(office: Office) -> None:
    client, open_session = office.client, bearer(office.address, "a1")
    handed = office.hand_out("outlet_a", "a1")
    assert (handed["__typename"], handed["account"]) == ("HandOutCodeSuccess", "a1")
    assert (handed["staffAccount"]["state"], handed["staffAccount"]["hindrance"]) == ("CODE", None)
    code = handed["code"]
    assert sign_in(client, "a1")["code"] == "SIGN_IN_REFUSED", "the old password ended"
    of_his = "select count(*) from sessions where account_id = %s and revoked_at is null"
    assert office.execute(of_his, office.bank.accounts["a1"]) == [(0,)]
    client.headers["Authorization"] = f"Bearer {open_session}"
    assert ask(client, "viewer")["data"] == {"viewer": None}, "and so did the session that was open"
    del client.headers["Authorization"]

    assert sign_in(client, "a1", code)["code"] == "PASSWORD_TO_BE_SET"
    assert "yunge_session" not in client.cookies, "a code opens no session"
    assert ask(client, "viewer")["data"] == {"viewer": None}
    for weak in ("short", "x" * 201, "a1 a1 a1 a1", "1" * 12, code, code.lower().replace("-", " ")):
        assert office.first_use("a1", code, weak)["code"] == "PASSWORD_NOT_GOOD", weak
    done = office.first_use("a1", code.lower().replace("-", ""))
    assert done["viewer"] == {"staff": {"number": "100005"}}
    assert ask(client, "viewer")["data"]["viewer"]["staff"] == {"name": "员工a1"}

    assert office.first_use("a1", code)["code"] == "SIGN_IN_REFUSED", "it is used up"
    assert sign_in(client, "a1", code)["code"] == "SIGN_IN_REFUSED"
    assert sign_in(client, "a1", OWN)["__typename"] == "SignInSuccess"
    kept = office.execute(
        "select password_hash, code_until::text, code_by_id from accounts where account = 'a1'"
    )
    assert kept[0][1:] == (None, office.bank.staff["outlet_a"])
    assert code not in kept[0][0]
    noted = office.execute(
        "select action, actor_id, detail::text from audit where action like 'account.%%' order by id"
    )
    assert [(action, who) for action, who, _ in noted] == [
        ("account.code_handed_out", office.bank.staff["outlet_a"]),
        ("account.password_chosen", None),
    ]
    assert code not in "".join(detail for *_, detail in noted)


REFUSED = {
    ("outlet_a", "b1"): "ACCOUNT_HOLDER_NOT_FOUND",
    ("outlet_a", "head"): "ACCOUNT_HOLDER_NOT_FOUND",
    ("outlet_a", "outlet_a"): "OWN_ACCOUNT",
    ("head", "admin"): "ACCOUNT_DECIDES",
    ("head", "head"): "OWN_ACCOUNT",
}


def test_to_whom_nobody_hands_out(office: Office) -> None:
    found = {(by, to): office.hand_out(by, to).get("code") for by, to in REFUSED}
    assert found == REFUSED
    assert office.hand_out("head", "outlet_b")["__typename"] == "HandOutCodeSuccess"
    a2 = office.bank.staff["a2"]
    office.execute(
        "insert into scope_grants (staff_id, unit_id, from_on) values (%s, %s, '2026-01-01')",
        a2,
        office.bank.units["B"],
    )
    assert office.hand_out("outlet_a", "a2")["code"] == "ACCOUNT_SEES_MORE"
    assert office.hand_out("head", "a2")["__typename"] == "HandOutCodeSuccess"
    office.execute(
        "update accounts set disabled_at = now(), password_hash = '!', code_until = null where account = 'a2'"
    )
    assert office.hand_out("head", "a2")["code"] == "ACCOUNT_DISABLED"
    office.execute("update accounts set disabled_at = null where account = 'a2'")
    office.execute("update staff set is_active = false where id = %s", a2)
    assert office.hand_out("head", "a2")["code"] == "EMPLOYMENT_ENDED"
    for proposes in ("grids.edit", "feeds.describe"):
        office.execute("update roles set permissions = array[%s] where code = 'CUSTOMER_MANAGER'", proposes)
        assert office.hand_out("outlet_b", "b1")["code"] == "ACCOUNT_DECIDES", (
            "who draws up a plan proposes it"
        )
    client = office.client
    client.headers["Authorization"] = f"Bearer {bearer(office.address, 'a1')}"
    given = {"idempotencyKey": str(uuid4()), "staffId": f"Staff:{a2}"}
    answer = client.post("/graphql", json={"query": HAND_OUT, "variables": {"input": given}}).json()
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def test_the_same_request_again_gives_the_same_code(office: Office) -> None:
    key = uuid4()
    first = office.hand_out("outlet_a", "a1", key)["code"]
    assert office.hand_out("outlet_a", "a1", key)["code"] == first
    assert office.hand_out("outlet_a", "a1")["code"] != first
    assert office.hand_out("outlet_a", "a2", key)["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert sign_in(office.client, "a1", first)["code"] == "SIGN_IN_REFUSED", (
        "a later code ends the one before"
    )


def test_a_member_of_staff_without_an_account_gets_one_under_his_number(office: Office) -> None:
    office.execute("delete from accounts where account = 'a2'")
    handed = office.hand_out("outlet_a", "a2")
    assert handed["account"] == "100006"
    assert office.first_use("100006", handed["code"])["viewer"] == {"staff": {"number": "100006"}}


def test_nobody_is_told_what_he_does_not_know(office: Office) -> None:
    """An unknown account, one with a password of its own and one with another code answer alike."""
    given = (
        "update accounts set password_hash = %s, code_until = now() + interval '1 day' where account = 'a1'"
    )
    office.execute(given, CHEAP.hash("ABCDE23456"))
    answers = [
        office.first_use(account, code)
        for account, code in (("nobody", "X"), ("a2", PASSWORD), ("a1", "ABCDE23457"))
    ]
    assert answers == [{"__typename": "SignInRefused", "code": "SIGN_IN_REFUSED"}] * 3


def test_only_who_holds_a_code_has_a_password_hashed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash is a tenth of a second of work that anybody could ask for, before his turn and without limit."""
    hashed: list[str] = []
    own = passwords.hash_password
    monkeypatch.setattr(passwords, "hash_password", lambda given: hashed.append(given) or own(given))
    code = office.hand_out("outlet_a", "a1")["code"]
    hashed.clear()
    assert office.first_use("a1", "ABCDE-23456")["code"] == "SIGN_IN_REFUSED"
    assert hashed == []
    assert office.first_use("a1", code)["__typename"] == "SignInSuccess"
    assert hashed == [OWN]


def test_a_code_ends_by_time_and_by_tries(office: Office) -> None:
    hashed = CHEAP.hash("ABCDE23456")
    over = (
        "update accounts set password_hash = %s, code_until = now() + make_interval(hours => %s)"
        " where account = 'a1'"
    )
    office.execute(over, hashed, -1)
    assert sign_in(office.client, "a1", "ABCDE-23456")["code"] == "CODE_EXPIRED"
    assert office.first_use("a1", "ABCDE-23456")["code"] == "CODE_EXPIRED"
    assert sign_in(office.client, "a1", "ABCDE-23457")["code"] == "SIGN_IN_REFUSED"
    office.execute(over, hashed, 1)
    office.execute("update accounts set code_failures = %s where account = 'a1'", TRIES_OF_A_CODE - 2)
    assert sign_in(office.client, "a1", "guess")["code"] == "SIGN_IN_REFUSED"
    assert sign_in(office.client, "a1", "ABCDE-23456")["code"] == "PASSWORD_TO_BE_SET"
    assert office.first_use("a1", "guess")["code"] == "SIGN_IN_REFUSED"
    assert office.first_use("a1", "ABCDE-23456")["code"] == "CODE_EXPIRED", "the last try ended it"


SEES: dict[str, set[str]] = {
    "outlet_a": {"outlet_a", "a1", "a2", "bare"},
    "outlet_b": {"outlet_b", "b1", "b2"},
}


@pytest.fixture
def listed(office: Office) -> Callable[[str], Any]:
    def list_them(who: str) -> Any:
        office.client.headers["Authorization"] = f"Bearer {bearer(office.address, who)}"
        return office.query(ACCOUNTS)["staffAccounts"]

    return list_them


def test_each_sees_the_accounts_of_his_own_units(office: Office, listed: Callable[[str], Any]) -> None:
    for who, expected in SEES.items():
        assert {edge["node"]["account"] for edge in listed(who)["edges"]} == expected
    assert listed("head")["totalCount"]["value"] == 11
    office.execute("update accounts set locked_until = now() + interval '5 minutes' where account = 'a1'")
    office.execute("update accounts set password_hash = '!' where account = 'a2'")
    office.execute("update staff set is_active = false where id = %s", office.bank.staff["bare"])
    states = {
        edge["node"]["account"]: (edge["node"]["state"], edge["node"]["hindrance"])
        for edge in listed("outlet_a")["edges"]
    }
    assert states == {
        "outlet_a": ("OPEN", "OWN_ACCOUNT"),
        "a1": ("LOCKED", None),
        "a2": ("NONE", None),
        "bare": ("ENDED", "EMPLOYMENT_ENDED"),
    }
