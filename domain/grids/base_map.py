"""底图: a tile service of the bank's own choice beneath the map of grids, as one value that two persons decide.

The value is an object, so that an address, its key and what has to be said beside the map are decided together:
`{"tiles", "labels"?, "key"?, "attribution", "approval", "datum", "largest_zoom"?}`; `{}` is no base map. Tiles are
those of Web Mercator (EPSG:3857), numbered from the north-west.

WGS 84 and CGCS2000 differ by centimetres and may lie under each other. GCJ-02 and BD-09 are shifted by some 500 m, not
by the same everywhere, and pictures cannot be shifted back: on such a map every door stands in another street.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

from domain.shared.statements import NUMBER, TEXT, Statement, declare

BASE_MAP = "grids.base_map"
LONGEST_ADDRESS = 500
LONGEST_CREDIT = 120
LARGEST_ZOOM = 22
USUAL_LARGEST_ZOOM = 18

MISSING = declare("BASE_MAP_MISSING", base_map_part=TEXT)
NOT_KNOWN = declare("BASE_MAP_NOT_KNOWN", part=TEXT)
TOO_LONG = declare("BASE_MAP_TOO_LONG", base_map_part=TEXT, longest=NUMBER)
ADDRESS = declare("BASE_MAP_ADDRESS", address=TEXT)
PLACEHOLDER = declare("BASE_MAP_PLACEHOLDER", placeholder=TEXT, known=TEXT)
NO_PLACEHOLDER = declare("BASE_MAP_NO_PLACEHOLDER", placeholder=TEXT)
KEY = declare("BASE_MAP_KEY", hole=TEXT)
TWO_HOSTS = declare("BASE_MAP_TWO_HOSTS", one=TEXT, other=TEXT)
DEGREES = declare("BASE_MAP_DEGREES")
SHIFTED_DATUM = declare("BASE_MAP_SHIFTED_DATUM", datum=TEXT)
SHIFTED_HOST = declare("BASE_MAP_SHIFTED_HOST", host=TEXT, datum=TEXT)
DATUM = declare("BASE_MAP_DATUM", datum=TEXT)
ZOOM = declare("BASE_MAP_ZOOM", largest=NUMBER)
APPROVAL = declare("BASE_MAP_APPROVAL", approval=TEXT)

DATUMS = ("WGS84", "CGCS2000")
_SHIFTED = {"GCJ02": "GCJ-02", "BD09": "BD-09", "BD09LL": "BD-09", "BD09MC": "BD-09"}
_SHIFTED_HOSTS = {
    "amap.com": "GCJ-02",
    "autonavi.com": "GCJ-02",
    "autonavi.com.cn": "GCJ-02",
    "qq.com": "GCJ-02",
    "gtimg.com": "GCJ-02",
    "gtimg.cn": "GCJ-02",
    "google.com": "GCJ-02",
    "google.cn": "GCJ-02",
    "googleapis.com": "GCJ-02",
    "googleapis.cn": "GCJ-02",
    "gstatic.com": "GCJ-02",
    "geoq.cn": "GCJ-02",
    "ditu.live.com": "GCJ-02",
    "baidu.com": "BD-09",
    "bdimg.com": "BD-09",
    "bdstatic.com": "BD-09",
}
"""Services that are known to be shifted within China, whatever somebody says of them."""
_TEXTS = ("tiles", "labels", "key", "attribution", "approval", "datum")
_NEEDED = ("tiles", "attribution", "approval", "datum")
_PARTS = {*_TEXTS, "largest_zoom"}
_LONGEST = {
    "tiles": LONGEST_ADDRESS,
    "labels": LONGEST_ADDRESS,
    "key": LONGEST_CREDIT,
    "attribution": LONGEST_CREDIT,
    "approval": 60,
    "datum": 20,
}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_PLACES = ("{z}", "{x}", "{y}")
_KEY_HOLE = "{key}"
_HOLES = (*_PLACES, _KEY_HOLE)
# What may stand in a Content-Security-Policy as one exact source, and nothing that could say more there.
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
# It goes into an address as it is.
_KEY = re.compile(r"[A-Za-z0-9._~-]+")
_PRINTED = re.compile(r"[!-~]+")
_TIANDITU_DEGREES = re.compile(r"/\w+_c/|tilematrixset=c(&|$)", re.IGNORECASE)
# GS(2024)0650号, GS京（2022）1061号, 苏S【2021】00059号
_APPROVAL = re.compile(r"\w{1,6}[(\[\uff08\u3014\u3010](19|20)\d\d[)\]\uff09\u3015\u3011]\s?\d{1,6}\s?\u53f7")


def complaint_about_base_map(value: Mapping[str, Any]) -> Statement | None:
    """What is wrong with a base map; None where it may stand, or where there is to be none."""
    if not value:
        return None
    return (
        _wrong_parts(value) or _wrong_datum(value["datum"]) or _wrong_addresses(value) or _wrong_rest(value)
    )


def origin_of(value: Mapping[str, Any]) -> str | None:
    """The one place that pages may ask for tiles, `https://host:port`; None where no base map may stand."""
    if not value or complaint_about_base_map(value) is not None:
        return None
    split = urlsplit(value["tiles"])
    return f"{split.scheme}://{split.netloc.lower()}"


def _wrong_parts(value: Mapping[str, Any]) -> Statement | None:
    for part in value:
        if part not in _PARTS:
            return NOT_KNOWN(part=str(part)[:LONGEST_CREDIT])
    for part in _TEXTS:
        given = value.get(part)
        if part not in value and part not in _NEEDED:
            continue
        if not isinstance(given, str) or not given.strip():
            return MISSING(base_map_part=part)
        if len(given) > _LONGEST[part]:
            return TOO_LONG(base_map_part=part, longest=_LONGEST[part])
    return None


def _wrong_datum(datum: str) -> Statement | None:
    said = datum.upper().replace("-", "").replace("_", "").replace(" ", "")
    if said in _SHIFTED:
        return SHIFTED_DATUM(datum=_SHIFTED[said])
    return None if datum in DATUMS else DATUM(datum=datum)


def _wrong_addresses(value: Mapping[str, Any]) -> Statement | None:
    addresses = [value[part] for part in ("tiles", "labels") if part in value]
    for address in addresses:
        wrong = _wrong_address(address)
        if wrong is not None:
            return wrong
    has_hole = any(_KEY_HOLE in address for address in addresses)
    if ("key" in value) != has_hole or _KEY.fullmatch(value.get("key", "-")) is None:
        return KEY(hole=_KEY_HOLE)
    origins = {f"{split.scheme}://{split.netloc.lower()}" for split in map(urlsplit, addresses)}
    if len(origins) > 1:
        one, other = (urlsplit(address).netloc for address in addresses)
        return TWO_HOSTS(one=one, other=other)
    return None


def _wrong_address(address: str) -> Statement | None:
    try:
        split = urlsplit(address)
        host, _port = split.hostname or "", split.port
    except ValueError:
        return ADDRESS(address=address)
    datum = next((said for known, said in _SHIFTED_HOSTS.items() if f".{host}".endswith(f".{known}")), None)
    if datum is not None:
        return SHIFTED_HOST(host=host, datum=datum)
    if not _is_address(address, split, host):
        return ADDRESS(address=address)
    found = _PLACEHOLDER.findall(address)
    for placeholder in found:
        if placeholder not in _HOLES:
            return PLACEHOLDER(placeholder=placeholder, known=" ".join(_HOLES))
    for placeholder in _PLACES:
        if placeholder not in found:
            return NO_PLACEHOLDER(placeholder=placeholder)
    if f".{host}".endswith(".tianditu.gov.cn") and _TIANDITU_DEGREES.search(address):
        return DEGREES()
    return None


def _is_address(address: str, split: SplitResult, host: str) -> bool:
    named = host if split.port is None else f"{host}:{split.port}"
    return (
        split.scheme in ("http", "https")
        and _PRINTED.fullmatch(address) is not None
        and _HOST.fullmatch(host) is not None
        and split.netloc.lower() == named
        and not split.fragment
    )


def _wrong_rest(value: Mapping[str, Any]) -> Statement | None:
    zoom = value.get("largest_zoom", USUAL_LARGEST_ZOOM)
    if not isinstance(zoom, int) or isinstance(zoom, bool) or not 1 <= zoom <= LARGEST_ZOOM:
        return ZOOM(largest=LARGEST_ZOOM)
    if _APPROVAL.search(value["approval"]) is None:
        return APPROVAL(approval=value["approval"])
    return None
