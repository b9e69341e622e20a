"""`./yunge bundle`: the parts side by side in a folder, their sums, and all of it as one file."""

import hashlib
import os
import shutil
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from api.local.bundling import FORMAT, SYSTEM_PACKAGES
from api.local.bundling.packages import architecture, download_packages, release
from api.local.bundling.signing import SIGNATURE, sign
from api.local.bundling.sources import commit, copy_sources
from api.local.bundling.wheels import download_wheels
from api.local.place import GIB, Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.status import program_version
from api.local.web import FRONTEND, build, install_packages, is_built
from api.local.words import t

SPACE = 2 * GIB
PARTS = ("debs", "wheels", "pages", "source")


@dataclass(frozen=True)
class Made:
    path: Path
    size: int
    sha256: str


def make_bundle(place: Place, screen: Screen, out: Path, key: Ed25519PrivateKey | None = None) -> Made:
    """Write the bundle and `<out>.sha256` beside it, with a key also signatures of both lists of sums. An interrupted
    run leaves nothing."""
    if not out.parent.is_dir():
        raise CannotGoOn(t("bundling.no_folder", folder=out.parent))
    if out.is_dir():
        raise CannotGoOn(t("bundling.is_folder", out=out))
    facts = _facts()
    place.folder.mkdir(parents=True, exist_ok=True)
    place.logs.mkdir(exist_ok=True)
    place.need_space(SPACE)
    with tempfile.TemporaryDirectory(dir=place.folder, prefix="bundle-") as made:
        folder = Path(made)
        for part in PARTS:
            (folder / part).mkdir()
        _fill(place, screen, folder)
        (folder / "BUNDLE").write_text("".join(f"{name}={value}\n" for name, value in facts.items()), "utf-8")
        with screen.step(t("bundling.one_file")):
            (folder / "SHA256SUMS").write_text(_sums(folder), "utf-8")
            sign(key, folder / "SHA256SUMS", folder / SIGNATURE)
            return _pack(folder, out, key)


def _facts() -> dict[str, object]:
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {
        "format": FORMAT,
        "version": program_version(),
        "commit": commit(),
        "os": release(),
        "arch": architecture(),
        "python": python,
    }


def _fill(place: Place, screen: Screen, folder: Path) -> None:
    with screen.step(t("bundling.pages")):
        if not is_built():
            install_packages(place)
            build(place)
        shutil.copytree(FRONTEND / "dist", folder / "pages", dirs_exist_ok=True)
    with screen.step(t("bundling.source")) as step:
        step.note = f"{copy_sources(folder / 'source'):,}"
    with screen.step(t("bundling.wheels")) as step:
        number = download_wheels(folder / "wheels", place.logs / "bundle-wheels.log", dict(os.environ))
        step.note = f"{number}"
    with screen.step(t("bundling.packages")) as step:
        with tempfile.TemporaryDirectory(dir=place.folder, prefix="apt-") as scratch:
            download_packages(
                SYSTEM_PACKAGES, folder / "debs", Path(scratch), place.logs / "bundle-packages.log"
            )
        step.note = f"{len(list((folder / 'debs').glob('*.deb')))}"


def _sums(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(f"{_digest(path)}  {path.relative_to(folder)}\n" for path in files)


def _pack(folder: Path, out: Path, key: Ed25519PrivateKey | None) -> Made:
    partial = out.with_name(out.name + ".partial")
    try:
        with tarfile.open(partial, "w", format=tarfile.GNU_FORMAT) as tar:
            # The facts first: whoever takes it in reads them before anything else.
            names = ["BUNDLE", "SHA256SUMS", *([SIGNATURE] if key else []), *PARTS]
            for name in names:
                tar.add(folder / name, arcname=name, filter=_anybody_s)
        made = Made(out, partial.stat().st_size, _digest(partial))
        beside = out.with_name(out.name + ".sha256")
        beside.write_text(f"{made.sha256}  {out.name}\n", "utf-8")
        sign(key, beside, beside.with_name(beside.name + ".sig"))
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return made


def _anybody_s(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return member


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
