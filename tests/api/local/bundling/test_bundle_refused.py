"""A bundle is verified before anything of it is used: the script itself, in a small tree of its own."""

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from api.local.bundling import FORMAT
from api.local.bundling.packages import architecture, release
from api.settings import ROOT

SCRIPTS = ("yunge", "api/local/bundle.sh", "api/words/help.en.txt", "api/words/help.zh-CN.txt")
FACTS = {"format": FORMAT, "version": "9.9", "commit": "abc", "os": release(), "arch": architecture()}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """As much of the source tree as the script reads, and a program whose sums a bundle has."""
    for name in SCRIPTS:
        (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "tree" / name)
    (tmp_path / "tree" / "program.py").write_text("one = 1\n")
    return tmp_path / "tree"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def bundle(
    path: Path,
    *,
    facts: dict[str, object] = FACTS,
    source: bytes = b"one = 1\n",
    wheel: bytes = b"wheel",
    wheel_sum: str | None = None,
    unlisted: tarfile.TarInfo | None = None,
    signed_by: Ed25519PrivateKey | None = None,
) -> Path:
    """A bundle of two files, each of which can be other than its sum says, and of a thing that has no sum."""
    files = {
        "BUNDLE": "".join(f"{name}={value}\n" for name, value in facts.items()).encode(),
        "wheels/w.whl": wheel,
        "source/program.py": source,
    }
    sums = {name: digest(content) for name, content in files.items()}
    sums["wheels/w.whl"] = wheel_sum or sums["wheels/w.whl"]
    files["SHA256SUMS"] = "".join(f"{value}  {name}\n" for name, value in sums.items()).encode()
    if signed_by is not None:
        files["SIGNATURE"] = signed_by.sign(files["SHA256SUMS"])
    with tarfile.open(path, "w") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
        if unlisted is not None:
            tar.addfile(unlisted)
    return path


def up(tree: Path, *words: str, language: str = "en_GB.UTF-8") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [tree / "yunge", "up", *words],
        env={"PATH": os.environ["PATH"], "LC_ALL": language},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refused(tree: Path, *words: str, sentence: str) -> None:
    for language, ending in (
        ("en_GB.UTF-8", "Nothing was installed or changed."),
        ("zh_CN.UTF-8", "什么也没有安装或改动。"),
    ):
        said = up(tree, *words, language=language)
        assert said.returncode == 1
        assert said.stderr.strip().endswith(ending), said.stderr
        if language.startswith("en"):
            assert sentence in said.stderr
    assert not (tree / ".venv").exists()
    assert sorted(path.name for path in (tree / ".local").iterdir()) == ["log", "setup.lock"]


def test_a_file_that_is_no_bundle_is_refused(tree: Path, tmp_path: Path) -> None:
    refused(tree, "--production", "--from", str(tmp_path / "nowhere"), sentence="there is no such file")
    refused(tree, "--from", str(tmp_path), sentence="there is no such file")
    (tmp_path / "text").write_text("no tar")
    refused(tree, f"--from={tmp_path / 'text'}", sentence="no file of ./yunge bundle")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"arch": "arm65"}, "it was made for arm65, this machine is"),
        ({"os": "kylin-10"}, "it was made for kylin-10, this machine is"),
        ({"format": 99}, "its format is 99"),
    ],
)
def test_a_bundle_for_another_machine_is_refused(
    tree: Path, tmp_path: Path, facts: dict[str, object], sentence: str
) -> None:
    path = bundle(tmp_path / "b", facts=FACTS | facts)
    refused(tree, "--from", str(path), sentence=sentence)


def test_a_damaged_bundle_is_refused_and_named(tree: Path, tmp_path: Path) -> None:
    path = bundle(tmp_path / "b", wheel=b"altered", wheel_sum=digest(b"wheel"))
    refused(tree, "--from", str(path), sentence="wheels/w.whl: FAILED")
    whole = bundle(tmp_path / "c", wheel=b"x" * 100_000).read_bytes()
    (tmp_path / "c").write_bytes(whole[: len(whole) // 2])
    refused(tree, "--from", str(tmp_path / "c"), sentence="it is")


@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.FIFOTYPE])
def test_what_has_no_sum_is_refused(tree: Path, tmp_path: Path, kind: bytes) -> None:
    more = tarfile.TarInfo("debs/one more.deb")
    more.type, more.linkname = kind, "/etc/passwd"
    path = bundle(tmp_path / "b", unlisted=more)
    refused(tree, "--from", str(path), sentence="does not name (debs/one more.deb)")


def test_a_bundle_of_another_release_is_refused(tree: Path, tmp_path: Path) -> None:
    path = bundle(tmp_path / "b", source=b"two = 2\n")
    refused(
        tree, "--from", str(path), sentence="another release (9.9, abc) than this tree (program.py: FAILED"
    )


def public(path: Path, key: Ed25519PrivateKey) -> str:
    path.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return str(path)


def test_a_signature_that_is_missing_or_wrong_is_refused(tree: Path, tmp_path: Path) -> None:
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    ours = public(tmp_path / "ours.pem", key)
    for signer, public_key, sentence in (
        (None, ours, "it is not signed, and --signed-by asks for a signature"),
        (other, ours, "its signature is not by"),
        (key, str(tmp_path / "nowhere.pem"), "is not there or cannot be read"),
        (key, public(tmp_path / "rsa.pem", generate_private_key(65537, 2048)), "no public key of Ed25519"),  # type: ignore[arg-type]
    ):
        path = bundle(tmp_path / "b", signed_by=signer)
        refused(tree, "--from", str(path), "--signed-by", public_key, sentence=sentence)
    refused(
        tree, "--from", str(bundle(tmp_path / "b", signed_by=key)), "--signed-by", sentence="cannot be read"
    )
    altered = bundle(tmp_path / "b", signed_by=key).read_bytes().replace(b"wheels/w.whl\n", b"wheels/v.whl\n")
    (tmp_path / "b").write_bytes(altered)
    refused(tree, f"--from={tmp_path / 'b'}", f"--signed-by={ours}", sentence="it was altered afterwards")


@pytest.mark.parametrize("is_signed", [False, True])
def test_what_was_verified_is_said(tree: Path, tmp_path: Path, is_signed: bool) -> None:
    """Also of a bundle of an earlier release, which nobody signed. The sums of another tree end it after that."""
    key = Ed25519PrivateKey.generate()
    asked = ("--signed-by", public(tmp_path / "ours.pem", key)) if is_signed else ()
    path = bundle(tmp_path / "b", signed_by=key if is_signed else None)
    python = tree / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 0\n")
    python.chmod(0o755)
    (tree / "requirements.lock").touch()
    (tree / ".venv" / ".lock").write_text(digest(b"") + "  -\n")
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "en", "DATABASE_URL": "x", "REDIS_URL": "x"}
    command = [str(tree / "yunge"), "up", "--from", str(path), *asked]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert said.returncode == 0, said.stderr
    assert ("it is signed by" in said.stderr, "only its sums were verified" in said.stderr) == (
        is_signed,
        not is_signed,
    )


def test_from_without_a_file_is_a_mistake(tree: Path) -> None:
    # Nothing is taken in, and the command itself says what is missing.
    path = tree / ".venv" / "bin" / "python"
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\necho called >&2\nexit 2\n")
    path.chmod(0o755)
    (tree / "requirements.lock").touch()
    (tree / ".venv" / ".lock").write_text(digest(b"") + "  -\n")
    said = up(tree, "--production", "--from")
    assert (said.returncode, "called" in said.stderr) == (2, True), said.stderr
