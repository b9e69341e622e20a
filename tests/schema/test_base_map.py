"""底图: two persons set it, the map has it with the data date, and a shifted one is refused with the reason."""

from datetime import date, timedelta

from tests.schema.conftest import Ask
from tests.schema.test_parameters import TOMORROW, colleague, decided, proposed

BASE_MAP = "{ baseMap { tiles labels attribution approvalNumber largestZoom } }"
VALUE = {
    "tiles": "https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}",
    "labels": "https://t0.tianditu.gov.cn/cva_w/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}",
    "key": "abc123",
    "attribution": "天地图",
    "approval": "GS(2024)0568号",
    "datum": "CGCS2000",
}


async def data_date(ask: Ask, day: date) -> None:
    moved = "update settings set value = to_jsonb(cast($1 as text)) where name = 'data_date'"
    await ask.pool.execute(moved, day.isoformat())


async def test_two_persons_set_the_base_map_and_take_it_away(ask_own: Ask) -> None:
    other = await colleague(ask_own, "H2")
    assert (await ask_own.both_ways("a1", BASE_MAP)).data == {"baseMap": None}
    shifted = await proposed(
        ask_own,
        "head",
        name="grids.base_map",
        value={**VALUE, "tiles": "https://webrd01.is.autonavi.com/{z}/{x}/{y}"},
    )
    assert shifted["code"] == "PARAMETER_NOT_VALID"
    assert "GCJ-02" in shifted["message"]
    assert "webrd01.is.autonavi.com" in shifted["message"]
    made = await proposed(ask_own, "head", name="grids.base_map", value=VALUE)
    assert (await decided(ask_own, other, made["proposal"]["id"]))["proposal"]["state"] == "APPLIED"
    assert (await ask_own.both_ways("a1", BASE_MAP)).data == {"baseMap": None}, "not before its day"
    await ask_own.pool.execute(
        "update settings set value = to_jsonb(cast($1 as text)) where name = 'data_date'",
        TOMORROW.isoformat(),
    )
    assert (await ask_own.both_ways("a1", BASE_MAP)).data["baseMap"] == {
        "tiles": VALUE["tiles"].replace("{key}", "abc123"),
        "labels": VALUE["labels"].replace("{key}", "abc123"),
        "attribution": "天地图",
        "approvalNumber": "GS(2024)0568号",
        "largestZoom": 18,
    }
    later = TOMORROW + timedelta(days=1)
    made = await proposed(ask_own, "head", name="grids.base_map", value={}, fromOn=later.isoformat())
    await decided(ask_own, other, made["proposal"]["id"])
    await data_date(ask_own, later)
    assert (await ask_own.both_ways("a1", BASE_MAP)).data == {"baseMap": None}
