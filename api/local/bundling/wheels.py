"""The Python packages that production needs: those of the lock that somebody of them asks for, with its hashes."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from api.local.commands import run_logged
from api.settings import ROOT

NOT_AT_THE_BANK = "# quality"
"""From this heading of requirements.in on: tools of development, and Node, whose pages are in the bundle built."""


def production_roots(requirements: str) -> list[Requirement]:
    """What requirements.in asks for above that heading."""
    above, _, _ = requirements.partition(NOT_AT_THE_BANK)
    lines = (line.strip() for line in above.splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def closure(roots: list[Requirement]) -> set[str]:
    """Names of the packages that these need, by what the packages of this environment say of themselves."""
    seen: set[tuple[str, str]] = set()
    open_ends = [(root, extra) for root in roots for extra in ("", *root.extras)]
    while open_ends:
        wanted, extra = open_ends.pop()
        known = (canonicalize_name(wanted.name), extra)
        if known in seen:
            continue
        seen.add(known)
        for needed in _needs(wanted.name):
            if _may_be_needed(needed, extra):
                open_ends += [(needed, more) for more in ("", *needed.extras)]
    return {name for name, _ in seen}


def _needs(name: str) -> list[Requirement]:
    """What a package asks for; one that another patch of Python needs is not installed here, and needs nothing."""
    try:
        return [Requirement(text) for text in requires(name) or ()]
    except PackageNotFoundError:
        return []


def _may_be_needed(needed: Requirement, extra: str) -> bool:
    """By this Python or another patch of it: the bank's is the one of its system."""
    if needed.marker is None:
        return True
    minor = f"{sys.version_info.major}.{sys.version_info.minor}"
    return any(
        needed.marker.evaluate({"extra": extra, "python_full_version": f"{minor}.{patch}"})
        for patch in range(30)
    )


def locked(lock: str, names: set[str]) -> str:
    """The entries of these packages that some patch of this Python may need, without what they were meant for."""
    return "".join(
        f"{wanted.name}{wanted.specifier} \\\n{hashes}"
        for wanted, hashes in _entries(lock)
        if canonicalize_name(wanted.name) in names and _may_be_needed(wanted, "")
    )


def _entries(lock: str) -> Iterator[tuple[Requirement, str]]:
    for found in re.finditer(r"^([A-Za-z0-9].*) \\\n((?:[ \t]+--hash.*\n)+)", lock, re.MULTILINE):
        yield Requirement(found[1]), found[2]


def download_wheels(folder: Path, log: Path, environment: dict[str, str]) -> int:
    """Fill the folder with wheels by the lock's hashes and a lock of them alone; how many packages."""
    names = closure(production_roots((ROOT / "requirements.in").read_text("utf-8")))
    lock = folder / "requirements.lock"
    lock.write_text(locked((ROOT / "requirements.lock").read_text("utf-8"), names), "utf-8")
    run_logged(
        [
            sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input",
            "--require-hashes", "--no-deps", "--only-binary", ":all:", "--dest", folder, "--requirement", lock,
        ],
        log=log,
        folder=folder,
        env=environment,
        what="pip download",
    )  # fmt: skip
    return len(names)
