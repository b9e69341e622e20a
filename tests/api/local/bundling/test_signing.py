"""What signs a bundle: an Ed25519 key in PEM, with a passphrase or without, and nothing else."""

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from api.local.bundling.signing import read_key, sign
from api.local.refusal import CannotGoOn


def kept(path: Path, key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey, passphrase: bytes = b"") -> Path:
    locked = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked))
    return path


def test_what_openssl_made_signs_what_openssl_verifies(tmp_path: Path) -> None:
    key, public, sums = tmp_path / "key.pem", tmp_path / "public.pem", tmp_path / "SHA256SUMS"
    for words in (
        ["genpkey", "-algorithm", "ed25519", "-out", key],
        ["pkey", "-in", key, "-pubout", "-out", public],
    ):
        subprocess.run(["openssl", *words], check=True)
    sums.write_text("0  a\n")
    sign(read_key(key, lambda: ""), sums, tmp_path / "SIGNATURE")
    verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", public, "-rawin", "-in", sums]
    verify += ["-sigfile", tmp_path / "SIGNATURE"]
    assert subprocess.run(verify, check=False, capture_output=True).returncode == 0
    sums.write_text("1  a\n")
    assert subprocess.run(verify, check=False, capture_output=True).returncode != 0
    sign(None, sums, tmp_path / "SIGNATURE")
    assert not (tmp_path / "SIGNATURE").exists(), "of a bundle made anew without a key none is left"


def test_a_key_with_a_passphrase_is_asked_for_it(tmp_path: Path) -> None:
    path = kept(tmp_path / "key.pem", Ed25519PrivateKey.generate(), b"secret")
    assert read_key(path, lambda: "secret").sign(b"")
    with pytest.raises(CannotGoOn, match="口令不对"):
        read_key(path, lambda: "guess")


def test_what_is_no_such_key_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no key")
    for path, sentence in (
        (tmp_path / "text", "没有 PEM 格式的 Ed25519 私钥"),
        (kept(tmp_path / "ec.pem", ec.generate_private_key(ec.SECP256R1())), "没有 PEM 格式的 Ed25519 私钥"),
        (tmp_path / "nowhere", "不能读"),
        (tmp_path, "不能读"),
    ):
        with pytest.raises(CannotGoOn, match=sentence):
            read_key(path, lambda: "")
