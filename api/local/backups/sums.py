"""Sums of a backup's files: made when it is taken, compared before anything of it is used."""

import hashlib
from pathlib import Path

from api.local.backups import SUMS
from api.local.refusal import CannotGoOn
from api.local.words import t


def write_sums(folder: Path) -> None:
    lines = [f"{_digest(path)}  {path.relative_to(folder)}\n" for path in _files(folder)]
    (folder / SUMS).write_text("".join(lines), "utf-8", "surrogateescape")


def check_sums(folder: Path) -> None:
    """Raise CannotGoOn with the first file that is missing, altered or more than there was."""
    try:
        lines = (folder / SUMS).read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        raise CannotGoOn(t("backups.no_backup", folder=folder)) from None
    wanted = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = {str(path.relative_to(folder)): path for path in _files(folder)}
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found or name not in wanted or _digest(found[name]) != wanted[name]:
            raise CannotGoOn(t("backups.damaged", folder=folder, name=name))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / SUMS)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
