"""A bundle is verified before anything of it is used: the script itself, in a small tree of its own."""

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

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
