"""The part of taking a bundle in that Python does: that this tree is the bundle's, and its built pages.

`api/local/bundle.sh` has verified the sums and that bundle and machine fit before this runs.
"""

import os
import shutil
from pathlib import Path

from api.local.refusal import CannotGoOn
from api.local.stamps import write_stamp
from api.local.web import FRONTEND, built_from, built_stamp
from api.local.words import t
from api.settings import ROOT

IMPORTED = ("api", "schema", "domain", "geo", "ml", "migrations")


def taken_in() -> Path:
    """The folder in which the script laid out the bundle."""
    folder = os.environ.get("YUNGE_BUNDLE")
    if not folder or not (Path(folder) / "SHA256SUMS").is_file():
        raise CannotGoOn(t("bundling.by_the_script"))
    return Path(folder)


def check_tree(bundle: Path) -> None:
    """Refuse a tree with modules that the bundle does not have: an older release over which it was unpacked."""
    known = {
        line.split("  source/", 1)[1]
        for line in (bundle / "SHA256SUMS").read_text("utf-8").splitlines()
        if "  source/" in line
    }
    left = sorted(
        str(path.relative_to(ROOT))
        for name in IMPORTED
        for path in (ROOT / name).rglob("*.py")
        if str(path.relative_to(ROOT)) not in known
    )
    if left:
        raise CannotGoOn(t("bundling.left_over", count=len(left), first=left[0]))


def take_pages(bundle: Path) -> None:
    """Put the built pages where `npm run build` would, with the stamp that says from what they were built."""
    dist = FRONTEND / "dist"
    fresh = FRONTEND / "dist.partial"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(bundle / "pages", fresh)
    shutil.rmtree(dist, ignore_errors=True)
    fresh.rename(dist)
    write_stamp(built_stamp(), built_from())
