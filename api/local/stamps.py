"""Stamps: a step whose inputs have not changed since it last ended well is not done again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

SKIPPED = {"node_modules", "__generated__", "__pycache__", "dist", ".vite"}


def digest_of(paths: Iterable[Path]) -> str:
    """One digest over files and whole folders: names and contents."""
    total = hashlib.sha256()
    for path in sorted(_files(paths)):
        total.update(str(path).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            if path.name not in SKIPPED:
                yield from _files(path.iterdir())
        elif path.is_file() and path.suffix != ".pyc":
            yield path


def is_current(stamp: Path, digest: str) -> bool:
    return stamp.is_file() and stamp.read_text() == digest


def write_stamp(stamp: Path, digest: str) -> None:
    """Written last, so that an interrupted step has none."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)
