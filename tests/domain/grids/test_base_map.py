"""What may lie beneath the map: by its datum, its host, and what an address of tiles has to say."""

import pytest

from domain.grids.base_map import complaint_about_base_map, origin_of
from domain.grids.parameters import MAP_BENEATH
from domain.shared.parameters import ParameterNotValid

TIANDITU = (
    "https://t0.tianditu.gov.cn/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default"
    "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}"
)
SAID = {
    "tiles": TIANDITU,
    "labels": TIANDITU.replace("vec", "cva"),
    "key": "abc123",
    "attribution": "天地图",
    "approval": "GS(2024)0568号",
    "datum": "CGCS2000",
    "largest_zoom": 18,
}
OWN = {
    "tiles": "http://map.bank.local:8080/tiles/{z}/{x}/{y}.png",
    "attribution": "本行地图",
    "approval": "审图号：苏S（2023）12 号",
    "datum": "WGS84",
}


@pytest.mark.parametrize(
    ("value", "origin"),
    [
        (SAID, "https://t0.tianditu.gov.cn"),
        (OWN, "http://map.bank.local:8080"),
        ({**OWN, "tiles": "https://MAP.Bank.cn/{z}/{y}/{x}"}, "https://map.bank.cn"),
        (
            {**OWN, "tiles": "http://10.1.2.3/{z}/{y}/{x}", "approval": "GS京〔2022〕1061号"},
            "http://10.1.2.3",
        ),
        ({**OWN, "tiles": "https://notqq.com/{z}/{y}/{x}"}, "https://notqq.com"),
        ({}, None),
    ],
)
def test_what_may_stand(value: dict, origin: str | None) -> None:
    MAP_BENEATH.check(value)
    assert origin_of(value) == origin


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"datum": "GCJ-02"}, "BASE_MAP_SHIFTED_DATUM"),
        ({"datum": "gcj02"}, "BASE_MAP_SHIFTED_DATUM"),
        ({"datum": "BD09"}, "BASE_MAP_SHIFTED_DATUM"),
        ({"datum": "Xian80"}, "BASE_MAP_DATUM"),
        ({"tiles": "https://webrd01.is.autonavi.com/t?x={x}&y={y}&z={z}"}, "BASE_MAP_SHIFTED_HOST"),
        ({"tiles": "https://rt0.map.gtimg.com/tile?z={z}&x={x}&y={y}"}, "BASE_MAP_SHIFTED_HOST"),
        ({"tiles": "https://mt0.google.cn/vt?x={x}&y={y}&z={z}"}, "BASE_MAP_SHIFTED_HOST"),
        ({"tiles": "https://mt{s}.google.com/vt?x={x}&y={y}&z={z}"}, "BASE_MAP_SHIFTED_HOST"),
        ({"tiles": "https://maponline0.BDIMG.com/?x={x}&y={y}&z={z}"}, "BASE_MAP_SHIFTED_HOST"),
        ({"labels": "https://webst01.is.autonavi.com/t?x={x}&y={y}&z={z}"}, "BASE_MAP_SHIFTED_HOST"),
        ({"tiles": "map.bank.local/{z}/{x}/{y}"}, "BASE_MAP_ADDRESS"),
        ({"tiles": "ftp://map.bank.local/{z}/{x}/{y}"}, "BASE_MAP_ADDRESS"),
        ({"tiles": "https://a;script-src *;/{z}/{x}/{y}"}, "BASE_MAP_ADDRESS"),
        ({"tiles": "https://*/{z}/{x}/{y}"}, "BASE_MAP_ADDRESS"),
        ({"tiles": "https://a b.cn/{z}/{x}/{y}"}, "BASE_MAP_ADDRESS"),
        ({"tiles": "https://me:word@a.cn/{z}/{x}/{y}"}, "BASE_MAP_ADDRESS"),
        ({"tiles": "https://a.cn:99999/{z}/{x}/{y}"}, "BASE_MAP_ADDRESS"),
        ({"tiles": "https://a.cn:/{z}/{x}/{y}"}, "BASE_MAP_ADDRESS"),
        ({"tiles": "https://[::1]/{z}/{x}/{y}"}, "BASE_MAP_ADDRESS"),
        ({"tiles": "https://{s}.a.cn/{z}/{x}/{y}"}, "BASE_MAP_ADDRESS"),
        ({"tiles": "https://地图.cn/{z}/{x}/{y}"}, "BASE_MAP_ADDRESS"),
        ({"tiles": "https://a.cn/{z}/{x}/{y}\n"}, "BASE_MAP_ADDRESS"),
        ({"tiles": "https://a.cn/{TileMatrix}/{x}/{y}"}, "BASE_MAP_PLACEHOLDER"),
        ({"tiles": "https://a.cn/{z}/{x}/{-y}"}, "BASE_MAP_PLACEHOLDER"),
        ({"tiles": "https://a.cn/{z}/{x}.png"}, "BASE_MAP_NO_PLACEHOLDER"),
        ({"labels": "https://b.cn/{z}/{x}/{y}"}, "BASE_MAP_TWO_HOSTS"),
        ({"key": "abc"}, "BASE_MAP_KEY"),
        ({"tiles": OWN["tiles"] + "?tk={key}"}, "BASE_MAP_KEY"),
        ({"tiles": OWN["tiles"] + "?tk={key}", "key": "a&b"}, "BASE_MAP_KEY"),
        ({"tiles": "https://t0.tianditu.gov.cn/vec_c/wmts?L={z}&R={y}&C={x}"}, "BASE_MAP_DEGREES"),
        ({"attribution": " "}, "BASE_MAP_MISSING"),
        ({"approval": None}, "BASE_MAP_MISSING"),
        ({"labels": ""}, "BASE_MAP_MISSING"),
        ({"approval": "没有"}, "BASE_MAP_APPROVAL"),
        ({"attribution": "图" * 121}, "BASE_MAP_TOO_LONG"),
        ({"largest_zoom": 0}, "BASE_MAP_ZOOM"),
        ({"largest_zoom": True}, "BASE_MAP_ZOOM"),
        ({"largest_zoom": "18"}, "BASE_MAP_ZOOM"),
        ({"style": "dark"}, "BASE_MAP_NOT_KNOWN"),
    ],
)
def test_what_may_not_stand_is_said(change: dict, code: str) -> None:
    value = {**OWN, **change}
    wrong = complaint_about_base_map(value)
    assert wrong is not None
    assert wrong.code == code
    assert origin_of(value) is None
    with pytest.raises(ParameterNotValid):
        MAP_BENEATH.check(value)
