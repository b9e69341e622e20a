"""Certificates of the application: the operator's own, or one that `./yunge up --tls` makes for trying in a branch.

Away from the machine itself browsers give neither position nor storage that lasts to a page that came unencrypted, and
passwords would cross the network as they are. So the phone wants TLS there; in production a proxy usually has it.
"""

import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.words import t

VALID_DAYS = 397
"""What browsers take at most for a certificate of a public authority; a self-made one asks for no more."""
RENEWED_BEFORE = timedelta(days=30)
CERTIFICATE, KEY = "YUNGE_TLS_CERTIFICATE", "YUNGE_TLS_KEY"


@dataclass(frozen=True)
class Tls:
    """Files in PEM."""

    certificate: Path
    key: Path


def given_certificate() -> Tls | None:
    """The operator's own files, named in the environment; a sentence where one is missing."""
    named = [os.environ.get(name, "") for name in (CERTIFICATE, KEY)]
    if not any(named):
        return None
    tls = Tls(*(Path(name) for name in named))
    if not all(name and Path(name).is_file() for name in named):
        raise CannotGoOn(t("local_tls.files_are_missing", certificate=CERTIFICATE, key_file=KEY))
    return tls


def self_made(place: Place, host: str, *, now: datetime | None = None) -> Tls:
    """A certificate for this machine's names and addresses: kept while it is valid and names them all."""
    folder = place.folder / "tls"
    tls = Tls(folder / "certificate.pem", folder / "key.pem")
    names = sorted(names_of(host))
    now = now or datetime.now(UTC)
    if tls.certificate.is_file() and tls.key.is_file() and _still_serves(tls.certificate, names, now):
        return tls
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    certificate, key = _made(names, now)
    _write(tls.key, key)
    _write(tls.certificate, certificate)
    return tls


def names_of(host: str) -> set[str]:
    """What this machine may be called by: the host it listens on, its name, its addresses."""
    names = {"localhost", "127.0.0.1", socket.gethostname(), *own_addresses()}
    return names | ({host} if not is_any(host) else set())


def own_addresses() -> Iterator[str]:
    """Addresses under which a phone in the same network finds this machine; none where there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            # Nothing is sent: the kernel says which of its addresses such a packet would have.
            asked.connect(("192.0.2.1", 9))
        except OSError:
            return
        yield str(asked.getsockname()[0])


def is_any(host: str) -> bool:
    """Whether it means every address of the machine."""
    return host in ("", "*") or (_is_address(host) and ip_address(host).is_unspecified)


def is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def reachable(host: str) -> str:
    """The host as somebody writes it into a browser: an address of the machine where it listens on all of them."""
    found = next(own_addresses(), "127.0.0.1") if is_any(host) else host
    return f"[{found}]" if ":" in found else found


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _still_serves(certificate: Path, names: list[str], now: datetime) -> bool:
    from cryptography import x509

    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
        told = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound):
        return False
    known = {str(name.value) for name in told}
    return set(names) <= known and now + RENEWED_BEFORE < found.not_valid_after_utc


def _made(names: list[str], now: datetime) -> tuple[bytes, bytes]:
    """Certificate and key, signed by itself: elliptic, so that an old phone's handshake is quick."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Yunge")])
    alternatives = [
        x509.IPAddress(ip_address(name)) if _is_address(name) else x509.DNSName(name) for name in names
    ]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM), key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(file: Path, content: bytes) -> None:
    """For its owner alone from the first byte on, and whole or not at all."""
    fresh = file.with_suffix(".partial")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    fresh.replace(file)
