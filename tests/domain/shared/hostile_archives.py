"""Archives that somebody made to hurt: each a few hundred bytes, or made within milliseconds."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path


def plain(parts: Mapping[str, bytes]) -> bytes:
    """An honest archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _declaring(
    name: str, unpacked: int, *, flags: int = 0, method: int = 8, packed: bytes = b"\x03\x00", crc: int = 0
) -> bytes:
    """One part that says to be `unpacked` bytes long."""
    raw = name.encode()
    local = struct.pack(
        "<4sHHHHHIIIHH", b"PK\3\4", 20, flags, method, 0, 0, crc, len(packed), unpacked, len(raw), 0
    )
    entry = struct.pack(
        "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, flags, method, 0, 0, crc, len(packed), unpacked,
        len(raw), 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    table_at = len(local) + len(raw) + len(packed)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(entry) + len(raw), table_at, 0)
    return local + raw + packed + entry + raw + end


def lying(declared: int, unpacked: int) -> bytes:
    """One part that gives more than it says; its ratio, as far as it says, is ordinary."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return _declaring(
        "a.xml",
        declared,
        packed=packer.compress(bytes(unpacked)) + packer.flush(),
        crc=zlib.crc32(bytes(declared)),
    )


def _overlapping(parts: int = 1_000, unpacked: int = 4 * 2**20) -> bytes:
    """Every entry of the table points at the same bytes: 1,000 times 4 MB out of 50 kB."""
    local = (
        struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, 0, 4_000, unpacked, 1, 0)
        + b"a"
        + bytes(4_000)
    )
    table = b"".join(
        struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, 4_000, unpacked, 4, 0, 0, 0, 0, 0, 0
        ) + f"{place:04d}".encode()
        for place in range(parts)
    )  # fmt: skip
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, parts, parts, len(table), len(local), 0)
    return local + table + end


def _a_million_files() -> bytes:
    """A table of a million empty files, in ZIP64 because the older number ends at 65,535."""
    entry = (
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    )
    count = 1_000_000
    table = entry * count
    end_64 = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 20, 20, 0, 0, count, count, len(table), 0)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(table), 1)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return table + end_64 + locator + end


def _link() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        part = zipfile.ZipInfo("map.shp")
        part.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(part, "/etc/passwd")
    return made.getvalue()


def _twice() -> bytes:
    # Two different names of one length, the second then overwritten with the first.
    return plain({"map.shp": b"1", "mbp.shp": b"2"}).replace(b"mbp.shp", b"map.shp")


HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "says it holds 4 GB": (lambda: _declaring("a.xml", 0xFFFFFFFE), "ARCHIVE_TOO_LARGE"),
    "packs a thousand to one": (lambda: plain({"a.xml": bytes(40_000_000)}), "ARCHIVE_TOO_LARGE"),
    "overlapping parts": (_overlapping, "ARCHIVE_NOT_WHOLE"),
    "a million files": (_a_million_files, "ARCHIVE_TOO_LARGE"),
    "2,001 files": (lambda: plain({str(n): b"" for n in range(2_001)}), "ARCHIVE_TOO_LARGE"),
    "an archive inside": (lambda: plain({"a.zip": plain({"b": b"1"})}), "ARCHIVE_NOT_PLAIN"),
    "an archive inside under another name": (
        lambda: plain({"a.shp": plain({"b": b"1"})}),
        "ARCHIVE_NOT_PLAIN",
    ),
    "out of its folder": (lambda: plain({"../../etc/cron.d/x": b"1"}), "ARCHIVE_NOT_PLAIN"),
    "out of its folder on Windows": (lambda: plain({"a\\..\\..\\x.shp": b"1"}), "ARCHIVE_NOT_PLAIN"),
    "from the root": (lambda: plain({"/etc/passwd": b"1"}), "ARCHIVE_NOT_PLAIN"),
    "from a drive": (lambda: plain({"C:\\x.shp": b"1"}), "ARCHIVE_NOT_PLAIN"),
    "a line break in a name": (lambda: plain({"a\nb.shp": b"1"}), "ARCHIVE_NOT_PLAIN"),
    "a NUL in a name": (
        lambda: plain({"map.shp.exe": b"1"}).replace(b"map.shp.exe", b"map.shp\0exe"),
        "ARCHIVE_NOT_PLAIN",
    ),
    "a link": (_link, "ARCHIVE_NOT_PLAIN"),
    "one name twice": (_twice, "ARCHIVE_NOT_PLAIN"),
    "a password": (lambda: _declaring("a.xml", 2, flags=1), "ARCHIVE_NOT_PLAIN"),
    "packed in another way": (lambda: _declaring("a.xml", 2, method=14), "ARCHIVE_NOT_PLAIN"),
    "something before it": (lambda: b"GIF89a" + plain({"a.xml": b"1"}), "ARCHIVE_NOT_WHOLE"),
    "something after it": (lambda: plain({"a.xml": b"1"}) + b"<script>", "ARCHIVE_NOT_WHOLE"),
    "cut off": (lambda: plain({"a.xml": bytes(9_000)})[:-30], "ARCHIVE_NOT_WHOLE"),
    "nothing in it": (lambda: plain({}), "ARCHIVE_NOT_WHOLE"),
    "no archive": (lambda: b"PK\x03\x04 and no more", "ARCHIVE_NOT_WHOLE"),
}
"""What it is, how it is made, and the code with which it is refused."""


def written(folder: Path, content: bytes) -> Path:
    path = folder / "sent"
    path.write_bytes(content)
    return path
