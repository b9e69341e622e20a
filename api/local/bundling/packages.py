"""System packages for a machine that has but its base: by apt itself, apart from what this machine has."""

import hashlib
import subprocess
from collections.abc import Sequence
from pathlib import Path

from api.local.commands import run_logged
from api.local.refusal import CannotGoOn
from api.local.words import t

RELEASE_FILE = Path("/etc/os-release")


def release() -> str:
    """This machine's distribution and release, such as `debian-12`."""
    facts = dict(line.split("=", 1) for line in RELEASE_FILE.read_text("utf-8").splitlines() if "=" in line)
    return f"{facts.get('ID', '').strip(chr(34))}-{facts.get('VERSION_ID', '').strip(chr(34))}"


def architecture() -> str:
    """As Debian calls it: amd64, arm64."""
    return _answer("dpkg", "--print-architecture").strip()


def download_packages(names: Sequence[str], folder: Path, scratch: Path, log: Path) -> None:
    """Fill the folder with the packages and all they depend on, whatever is installed here, and write its index.

    apt checks signatures and sums by this machine's own keys. Raises CannotGoOn with the end of its log.
    """
    options = _apart(scratch, folder)
    environment = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "LC_ALL": "C",
        "DEBIAN_FRONTEND": "noninteractive",
    }
    for number, words in enumerate((["update"], ["install", "--download-only", *names])):
        run_logged(
            ["apt-get", *options, "-q", "-y", "--no-install-recommends", *words],
            log=log.with_suffix(f".{number}.log"),
            folder=scratch,
            env=environment,
            what=f"apt-get {words[0]}",
        )
    for path in (folder / "partial", folder / "lock"):
        path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
    (folder / "Packages").write_text("".join(_entry(path) for path in sorted(folder.glob("*.deb"))), "utf-8")


def _apart(scratch: Path, folder: Path) -> list[str]:
    """apt as it would be on a machine without any package: its dependencies are all of them."""
    lists = scratch / "lists"
    for made in (lists / "partial", folder / "partial"):
        made.mkdir(parents=True, exist_ok=True)
    status = scratch / "status"
    status.touch()
    values = {
        "Dir::State": scratch,
        "Dir::State::Lists": lists,
        "Dir::State::Status": status,
        "Dir::Cache": scratch,
        "Dir::Cache::Archives": folder,
        "Debug::NoLocking": "1",
        "APT::Sandbox::User": "root",
        "APT::Get::AllowUnauthenticated": "0",
    }
    return [word for name, value in values.items() for word in ("-o", f"{name}={value}")]


def _entry(package: Path) -> str:
    """What apt wants to know of a package in a folder."""
    control = _answer("dpkg-deb", "--field", str(package)).rstrip("\n")
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    return f"{control}\nFilename: ./{package.name}\nSize: {package.stat().st_size}\nSHA256: {digest}\n\n"


def _answer(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        raise CannotGoOn(t("bundling.only_on_debian", program=command[0])) from None
