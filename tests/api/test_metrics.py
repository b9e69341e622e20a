"""Who may read the metrics: the machine itself, or whoever carries the token that the operator gave."""

import pytest

from tests.api.conftest import Serve

TOKEN = "a token of the operator, long enough"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
def test_the_machine_itself_reads_them(serve: Serve, host: str) -> None:
    answer = serve(client_host=host).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert "yunge_operations_total" in answer.text


@pytest.mark.parametrize("host", ["198.51.100.1", "10.0.0.1", "2001:db8::1", "not an address"])
def test_nobody_else_does_without_a_token(serve: Serve, host: str) -> None:
    answer = serve(client_host=host).get("/metrics", headers={"Authorization": "Bearer "})
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert "yunge_operations" not in answer.text


def test_a_token_opens_them_from_anywhere_and_then_the_machine_itself_needs_it_too(serve: Serve) -> None:
    """A proxy on this machine makes everybody look like the machine itself."""
    for host in ("198.51.100.1", "127.0.0.1"):
        client = serve(client_host=host, metrics_token=TOKEN)
        assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        for wrong in (
            "",
            f"Bearer {TOKEN}x",
            f"Basic {TOKEN}",
            "Bearer",
            f"Bearer {TOKEN[:-1]}",
            "Bearer 令牌",
        ):
            answer = client.get("/metrics", headers={"Authorization": wrong.encode()})
            assert answer.status_code == 401, wrong
            assert answer.headers["www-authenticate"] == "Bearer"
            assert "yunge_operations" not in answer.text
