"""The files of another county than the shipped one, kept under `.local/county` for every later run."""

import hashlib
import json
import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from api.local.place import Place

if TYPE_CHECKING:
    from api.county.geography import Geography
    from api.county.given import GivenCounty, GivenFiles

_BESIDE_SHAPEFILE = (".shx", ".dbf", ".prj", ".cpg")


@dataclass(frozen=True)
class County:
    """Which county a demonstration is of. The digest is empty for the shipped one."""

    digest: str = ""
    name: str = ""


def folder_of(place: Place) -> Path:
    return place.folder / "county"


def digest_of_files(files: "GivenFiles") -> str:
    """The same files with the same datum make the same county, wherever they lie and whatever they are called."""
    total = hashlib.sha256(f"{files.datum} {files.county}".encode())
    for path in (files.outline, files.towns, files.villages):
        for part in [path, *_beside(path)] if path else []:
            total.update(b"\0" + hashlib.sha256(part.read_bytes()).digest())
        total.update(b"\1")
    return total.hexdigest()[:16]


def _beside(path: Path) -> list[Path]:
    if path.suffix.lower() != ".shp":
        return []
    found = (path.with_suffix(ending) for ending in _BESIDE_SHAPEFILE)
    return [part for part in found if part.is_file()]


def keep(place: Place, files: "GivenFiles") -> None:
    """Copies the files, whole or not at all."""
    partial, final = place.folder / "county.partial", folder_of(place)
    shutil.rmtree(partial, ignore_errors=True)
    noted: dict[str, str | None] = {"datum": files.datum.value, "county": files.county}
    for role, path in (("outline", files.outline), ("towns", files.towns), ("villages", files.villages)):
        if path is not None:
            (partial / role).mkdir(parents=True)
            for part in [path, *_beside(path)]:
                shutil.copyfile(part, partial / role / part.name)
            noted[role] = path.name
    (partial / "county.json").write_text(json.dumps(noted, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(final, ignore_errors=True)
    partial.rename(final)


def forget(place: Place) -> None:
    shutil.rmtree(folder_of(place), ignore_errors=True)


def kept(place: Place) -> "GivenFiles | None":
    """What was kept, if it is all there."""
    from api.county.given import GivenFiles
    from geo.datum import Datum

    folder = folder_of(place)
    try:
        noted = json.loads((folder / "county.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    paths = {
        role: folder / role / noted[role] for role in ("outline", "towns", "villages") if noted.get(role)
    }
    if "outline" not in paths or not all(path.is_file() for path in paths.values()):
        return None
    return GivenFiles(
        paths["outline"], Datum(noted["datum"]), noted["county"], paths.get("towns"), paths.get("villages")
    )


@lru_cache(maxsize=1)
def read_once(files: "GivenFiles") -> "GivenCounty":
    from api.county.given import read_county

    return read_county(files)


@lru_cache(maxsize=1)
def geography_once(files: "GivenFiles") -> "Geography":
    """The ground of a county, laid out once a process."""
    from api.county.geography import geography_of

    return geography_of(read_once(files).source)
