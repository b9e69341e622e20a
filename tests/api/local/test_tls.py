"""`up --tls`: a certificate of our own making that browsers can check, kept while it serves, and the operator's own."""

import asyncio
import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from uvicorn.server import ServerState

from api.connections import PunctualProtocol
from api.local import tls
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.status import base_address
from api.local.supervisor import Supervisor
from api.local.tls import Tls, given_certificate, is_loopback, names_of, reachable, self_made


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "192.0.2.7"])
async def test_a_browser_that_trusts_it_reads_the_page(tmp_path: Path, name: str) -> None:
    """The handshake checks the name: each that the machine may be called by is in the certificate."""
    made = self_made(Place(tmp_path), "192.0.2.7")
    app = Starlette(routes=[Route("/", lambda _request: PlainTextResponse("phone"))])
    config, state = uvicorn.Config(app, log_level="error"), ServerState()
    config.load()
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(made.certificate, made.key)
    server = await asyncio.get_running_loop().create_server(
        lambda: PunctualProtocol(config, state, {}), "127.0.0.1", 0, ssl=served
    )
    async with server:
        port = server.sockets[0].getsockname()[1]
        trusting = ssl.create_default_context(cafile=made.certificate)
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusting, server_hostname=name)
        writer.write(b"GET / HTTP/1.1\r\nHost: yunge\r\nConnection: close\r\n\r\n")
        assert (await reader.read()).endswith(b"phone")
        writer.close()
        with pytest.raises(ssl.SSLCertVerificationError):
            await asyncio.open_connection(
                "127.0.0.1", port, ssl=trusting, server_hostname="somewhere.else.test"
            )


def test_it_is_kept_while_it_serves_and_made_anew_when_it_does_not(tmp_path: Path) -> None:
    place, today = Place(tmp_path), datetime(2026, 11, 27, tzinfo=UTC)
    first = self_made(place, "127.0.0.1", now=today).certificate.read_bytes()
    assert self_made(place, "127.0.0.1", now=today + timedelta(days=300)).certificate.read_bytes() == first
    for_another_name = self_made(place, "branch.bank.test", now=today).certificate.read_bytes()
    assert for_another_name != first
    nearly_over = self_made(place, "branch.bank.test", now=today + timedelta(days=380))
    assert nearly_over.certificate.read_bytes() != for_another_name
    nearly_over.certificate.write_text("spoilt")
    assert self_made(place, "127.0.0.1").certificate.read_bytes().startswith(b"-----BEGIN")


def test_the_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    made = self_made(Place(tmp_path), "127.0.0.1")
    assert stat.S_IMODE(made.key.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.key.parent.stat().st_mode) == 0o700


def test_a_certificate_of_the_bank_is_named_by_both_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert given_certificate() is None
    certificate = tmp_path / "bank.pem"
    certificate.write_text("…")
    monkeypatch.setenv(tls.CERTIFICATE, str(certificate))
    with pytest.raises(CannotGoOn, match="YUNGE_TLS_KEY"):
        given_certificate()
    monkeypatch.setenv(tls.KEY, str(tmp_path / "nowhere"))
    with pytest.raises(CannotGoOn):
        given_certificate()
    monkeypatch.setenv(tls.KEY, str(certificate))
    assert given_certificate() == Tls(certificate, certificate)


def test_the_application_is_started_with_it(tmp_path: Path) -> None:
    given = Tls(tmp_path / "my bank's.pem", tmp_path / "key 100%.pem")
    written = Supervisor(Place(tmp_path))._configuration("0.0.0.0", 443, given)
    assert f"""--ssl-certfile '{tmp_path}/my bank'"'"'s.pem'""" in written
    assert f"--ssl-keyfile '{tmp_path}/key 100%%.pem'" in written
    assert "--ssl" not in Supervisor(Place(tmp_path))._configuration("127.0.0.1", 80, None)


def test_addresses_are_those_that_people_can_open() -> None:
    assert base_address({"host": "127.0.0.1", "port": 8610}) == "http://127.0.0.1:8610"
    assert base_address({"host": "::1", "port": 1, "tls_certificate": "x"}) == "https://[::1]:1"
    assert reachable("0.0.0.0") not in ("0.0.0.0", "")
    assert [is_loopback(host) for host in ("127.0.0.1", "localhost", "::1", "0.0.0.0", "10.1.1.1")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert {"localhost", "127.0.0.1"} <= names_of("0.0.0.0")
    assert "0.0.0.0" not in names_of("0.0.0.0")
