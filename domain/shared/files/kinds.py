"""What a file is, by its content and never by its name; and what a room takes files for."""

from dataclasses import dataclass
from enum import StrEnum

from domain.shared.permissions import Permission

MIB = 2**20


class FileKind(StrEnum):
    CSV = "CSV"
    """Text in lines, in UTF-8 or GB18030."""
    LINES = "LINES"
    """Text in lines that is packed by gzip, or in UTF-16: as systems write it, and no sheet that people send."""
    XLSX = "XLSX"
    """A workbook without macros."""
    SHAPEFILE = "SHAPEFILE"
    """A ZIP with the parts of one or more Shapefiles and nothing else."""
    GEOJSON = "GEOJSON"
    KML = "KML"
    GPKG = "GPKG"
    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"


SHEETS = frozenset({FileKind.CSV, FileKind.XLSX})
FEEDS = SHEETS | {FileKind.LINES}
MAPS = frozenset({FileKind.SHAPEFILE, FileKind.GEOJSON, FileKind.KML, FileKind.GPKG})
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
"""Kept as a JPEG that the product itself wrote; nothing of what was sent is kept beside it."""

ENDINGS = {
    FileKind.CSV: ".csv",
    FileKind.LINES: ".dat",
    FileKind.XLSX: ".xlsx",
    FileKind.SHAPEFILE: ".zip",
    FileKind.GEOJSON: ".geojson",
    FileKind.KML: ".kml",
    FileKind.GPKG: ".gpkg",
    FileKind.JPEG: ".jpg",
    FileKind.PNG: ".png",
    FileKind.WEBP: ".webp",
}


class FileState(StrEnum):
    EXPECTED = "EXPECTED"
    """An address was given; its bytes have not all come."""
    WAITING = "WAITING"
    """All there; a worker looks at it next."""
    CHECKED = "CHECKED"
    """It is what it may be, and is kept."""
    REFUSED = "REFUSED"
    """Nothing of it is kept but its fingerprint and the reason."""


@dataclass(frozen=True)
class FilePurpose:
    """What a room takes files for, and from whom. A file serves the purpose for which it was sent and no other."""

    name: str
    permission: Permission
    """Whoever asks for an address needs it, and has it still when the bytes come."""
    kinds: frozenset[FileKind]
    most_bytes: int
    most_unused: int = 20
    """Files of one person that nothing uses yet."""
