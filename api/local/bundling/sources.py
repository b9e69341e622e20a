"""The source tree as it is: what git keeps of it, or, where there is no git, all but what the product made itself."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from api.settings import ROOT

MADE_HERE = {
    ".git", ".local", ".venv", "__pycache__", "node_modules", "dist", "__generated__",
    ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache",
}  # fmt: skip


def commit() -> str:
    """The commit, with `+` where the tree differs from it; `-` where there is no git."""
    found = _git("rev-parse", "HEAD")
    if found is None:
        return "-"
    return found.strip() + ("+" if _git("status", "--porcelain") else "")


def source_files(root: Path = ROOT) -> list[Path]:
    """Relative to the root, in order. What git does not keep stays here: somebody's secrets may lie beside the tree."""
    kept = _git("ls-files", "-z", "--cached", root=root)
    if kept is not None:
        paths = [Path(name) for name in kept.split("\0") if name]
        return sorted(path for path in paths if (root / path).is_file())
    return sorted(path.relative_to(root) for path in _walk(root))


def copy_sources(folder: Path) -> int:
    """Copy the tree with its modes; how many files."""
    files = source_files()
    for path in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    return len(files)


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in MADE_HERE or path.suffix == ".pyc":
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif path.is_file():
            yield path


def _git(*words: str, root: Path = ROOT) -> str | None:
    if not (root / ".git").exists():
        return None
    try:
        asked = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), *words],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return asked.stdout
