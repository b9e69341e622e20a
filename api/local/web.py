"""The built web pages: packages as locked, built when their sources changed. Node comes from the machine or a wheel."""

import os
import re
import subprocess
import sys
from pathlib import Path

from api.local.commands import run_logged
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.stamps import digest_of, is_current, write_stamp
from api.local.words import t
from api.settings import ROOT

FRONTEND = ROOT / "frontend"
SOURCES = (
    "src", "public", "scripts", "index.html", "h5.html", "package.json", "package-lock.json",
    "vite.config.ts", "tsconfig.json", "relay.config.json",
)  # fmt: skip
OLDEST_NODE = (20, 19)
"""What Vite 8 asks for; Debian 12's own Node is 18."""


def node_environment() -> dict[str, str]:
    """The environment in which `npm` and `node` are new enough."""
    own = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", "")
    for candidate in (path, f"{own}{os.pathsep}{path}"):
        environment = {**os.environ, "PATH": candidate, "npm_config_update_notifier": "false"}
        if _is_new_enough(environment):
            return environment
    raise CannotGoOn(t("local_web.there_no_usable"))


def _is_new_enough(environment: dict[str, str]) -> bool:
    try:
        found = _answer(["node", "--version"], environment)
        _answer(["npm", "--version"], environment)
    except (OSError, subprocess.CalledProcessError):
        return False
    numbers = re.findall(r"\d+", found)
    return tuple(int(number) for number in numbers[:2]) >= OLDEST_NODE


def _answer(command: list[str], environment: dict[str, str]) -> str:
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout  # noqa: S603


def npm(place: Place, *arguments: str, what: str) -> None:
    """Where processors are short, what else is going on comes first: pages are due when the first night ends."""
    command = ["nice", "-n", "10", "npm", *arguments]
    log = place.logs / f"npm-{arguments[-1]}.log"
    run_logged(command, log=log, folder=FRONTEND, env=node_environment(), what=what)


def install_packages(place: Place) -> bool:
    """`npm ci` when the lock changed; whether it was needed. Its stamp lies inside what it made."""
    digest = digest_of([FRONTEND / "package-lock.json"])
    stamp = FRONTEND / "node_modules" / ".yunge-lock"
    if is_current(stamp, digest):
        return False
    npm(place, "--no-audit", "--no-fund", "ci", what="npm ci")
    write_stamp(stamp, digest)
    return True


def built_from() -> str:
    """A digest of all that the pages are built from: their sources, the schema and its words."""
    contract = (ROOT / "schema" / "schema.graphql", ROOT / "schema" / "words")
    return digest_of([*(FRONTEND / name for name in SOURCES), *contract])


def built_stamp() -> Path:
    return FRONTEND / "dist" / ".yunge-sources"


def is_built() -> bool:
    """Whether desk and phone are there as their sources would have them."""
    return is_current(built_stamp(), built_from())


def build(place: Place) -> bool:
    """Build desk and phone when something that they are built from changed; whether it was needed."""
    if is_built():
        return False
    digest = built_from()
    npm(place, "run", "build", what="npm run build")
    write_stamp(built_stamp(), digest)
    return True
