"""Signing a bundle: Ed25519 over its list of sums, which holds the sum of every file.

Here by the library that the product has anyway; at the bank, where nothing is installed yet, by the `openssl` of the
system (`api/local/bundle.sh`). A raw signature and keys as PEM are what both understand.
"""

from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from api.local.refusal import CannotGoOn
from api.local.words import t

SIGNATURE = "SIGNATURE"
"""In the bundle, beside its list of sums: 64 bytes."""


def read_key(path: Path, ask_passphrase: Callable[[], str]) -> Ed25519PrivateKey:
    """Raises CannotGoOn where the file holds no such key, or the passphrase is wrong."""
    try:
        content = path.read_bytes()
    except OSError:
        raise CannotGoOn(t("bundling.no_key_file", file=path)) from None
    key: object
    try:
        key = load_pem_private_key(content, None)
    except TypeError:  # it wants a passphrase
        key = _unlocked(content, path, ask_passphrase())
    except (ValueError, UnsupportedAlgorithm):
        raise CannotGoOn(t("bundling.no_key", file=path)) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise CannotGoOn(t("bundling.no_key", file=path))
    return key


def _unlocked(content: bytes, path: Path, passphrase: str) -> object:
    try:
        return load_pem_private_key(content, passphrase.encode())
    except (ValueError, TypeError):
        raise CannotGoOn(t("bundling.wrong_passphrase", file=path)) from None


def sign(key: Ed25519PrivateKey | None, signed: Path, signature: Path) -> None:
    """Write the signature of a file, or remove an earlier one where there is no key."""
    if key is None:
        signature.unlink(missing_ok=True)
    else:
        signature.write_bytes(key.sign(signed.read_bytes()))
