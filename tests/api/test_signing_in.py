"""Signing in and out over HTTP: sessions, their cookie, failures and what they lock."""

import psycopg
import pytest

from api.settings import Mode
from tests.api.conftest import PASSWORD, Serve, ask, bearer, sign_in


def test_signing_in_sets_a_cookie_that_scripts_cannot_read(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    assert ask(client, "viewer")["data"] == {"viewer": None}
    response = client.post(
        "/graphql",
        json={"documentId": "sign-in", "variables": {"input": {"account": "a1", "password": PASSWORD}}},
    )
    assert response.json()["data"]["signIn"]["viewer"]["role"] == "CUSTOMER_MANAGER"
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("yunge_session=")
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert ask(client, "viewer")["data"]["viewer"]["staff"] == {"name": "员工a1"}
    token = client.cookies["yunge_session"]
    with psycopg.connect(own_address) as connection:
        kept = connection.execute("select token_sha256 from sessions").fetchall()
    assert token.encode() not in b"".join(bytes(row[0]) for row in kept)
    assert ask(client, "sign-out") == {"data": {"signOut": True}}
    client.cookies.set("yunge_session", token)
    assert ask(client, "viewer")["data"] == {"viewer": None}


def test_each_sign_in_has_a_session_of_its_own(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    client.cookies.set("yunge_session", "chosen by somebody else")
    assert sign_in(client, "a1")["__typename"] == "SignInSuccess"
    with psycopg.connect(own_address) as connection:
        assert connection.execute("select count(*) from sessions").fetchone() == (1,)
    assert client.cookies.get("yunge_session", domain="yunge.test") != "chosen by somebody else"


def live_sessions(address: str) -> list[str]:
    with psycopg.connect(address) as connection:
        rows = connection.execute(
            """select a.account from sessions s join accounts a on a.id = s.account_id
                where s.revoked_at is null order by s.created_at"""
        )
        return [account for (account,) in rows.fetchall()]


def test_signing_in_ends_the_session_that_the_browser_still_held(serve: Serve, own_address: str) -> None:
    """Whoever copied the older token has nothing of it; a failed attempt ends nobody's session."""
    client, elsewhere = serve(address=own_address), serve(address=own_address)
    sign_in(client, "a1")
    sign_in(elsewhere, "a1")
    copied = client.cookies["yunge_session"]
    assert sign_in(client, "a2", "x")["code"] == "SIGN_IN_REFUSED"
    assert live_sessions(own_address) == ["a1", "a1"]
    assert sign_in(client, "a2")["__typename"] == "SignInSuccess"
    assert live_sessions(own_address) == ["a1", "a2"], "the other browser goes on"
    elsewhere.cookies.clear()
    elsewhere.cookies.set("yunge_session", copied)
    assert ask(elsewhere, "viewer")["data"] == {"viewer": None}
    with psycopg.connect(own_address) as connection:
        ended = connection.execute("select count(*) from audit where action = 'session.ended'").fetchone()
    assert ended == (1,)


def test_a_program_that_signs_in_keeps_its_bearer(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    client.headers["Authorization"] = f"Bearer {bearer(own_address, 'head')}"
    assert sign_in(client, "a1")["__typename"] == "SignInSuccess"
    assert live_sessions(own_address) == ["head", "a1"]


def test_two_sign_ins_in_one_document_leave_one_session(serve: Serve, own_address: str) -> None:
    client = serve(mode=Mode.DEVELOPMENT, address=own_address)
    both = " ".join(
        f'{who}: signIn(input: {{account: "{who}", password: "{PASSWORD}"}}) {{ __typename }}'
        for who in ("a1", "a2")
    )
    assert "errors" not in client.post("/graphql", json={"query": f"mutation {{ {both} }}"}).json()
    assert live_sessions(own_address) == ["a2"]


def test_unknown_account_and_wrong_password_are_one_answer(serve: Serve, own_address: str) -> None:
    client = serve(address=own_address)
    unknown = sign_in(client, "nobody", "x")
    assert unknown["code"] == "SIGN_IN_REFUSED"
    assert sign_in(client, "a1", "x") == unknown
    assert sign_in(client, "a1", "x" * 5000) == unknown


def test_five_failures_lock_the_account_and_guesses_in_one_document_count(
    serve: Serve, own_address: str
) -> None:
    client = serve(address=own_address)
    token = bearer(own_address, "head")
    guesses = " ".join(
        f'g{n}: signIn(input: {{account: "a1", password: "guess{n}"}}) {{ __typename }}' for n in range(6)
    )
    answer = client.post(
        "/graphql", json={"query": f"mutation {{ {guesses} }}"}, headers={"Authorization": f"Bearer {token}"}
    ).json()
    assert {one["__typename"] for one in answer["data"].values()} == {"SignInRefused"}
    assert sign_in(client, "a1")["code"] == "SIGN_IN_REFUSED", "the right password, while the lock is on"
    with psycopg.connect(own_address) as connection:
        connection.execute(
            "update accounts set locked_until = now() - interval '1 second' where account = 'a1'"
        )
    assert sign_in(client, "a1")["__typename"] == "SignInSuccess"


def test_fifty_failures_slow_an_address_down_whatever_its_headers_say(serve: Serve, own_address: str) -> None:
    """A right password gets in, if need be by waiting for its turn; what comes while another waits is not looked at."""
    client = serve(address=own_address, client_host="198.51.100.7")
    turn_in = "update sign_in_failures set next_turn_at = now() + make_interval(secs => %s)"
    with psycopg.connect(own_address, autocommit=True) as connection:
        connection.execute("insert into sign_in_failures (address, failures) values ('198.51.100.7', 49)")
        assert sign_in(client, "nobody", "x")["code"] == "SIGN_IN_REFUSED"
        assert sign_in(client, "a1")["__typename"] == "SignInSuccess"
        connection.execute(turn_in, [1])
        client.headers["X-Forwarded-For"] = "198.51.100.8"
        assert sign_in(client, "a1")["__typename"] == "SignInSuccess", "a second later"
        connection.execute(turn_in, [60])
        refused = sign_in(client, "a1")
    assert refused["code"] == "TOO_MANY_SIGN_IN_FAILURES"
    assert "六秒" in refused["message"]
    elsewhere = serve(address=own_address, client_host="198.51.100.8")
    assert sign_in(elsewhere, "a1")["__typename"] == "SignInSuccess"


@pytest.mark.parametrize("change", ["revoked_at = now()", "expires_at = now() - interval '1 second'"])
def test_an_ended_session_is_nobody(serve: Serve, own_address: str, change: str) -> None:
    client = serve(address=own_address)
    sign_in(client, "a1")
    with psycopg.connect(own_address) as connection:
        connection.execute(f"update sessions set {change}")  # type: ignore[arg-type]
    assert ask(client, "viewer")["data"] == {"viewer": None}
