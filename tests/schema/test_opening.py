"""开行 as the desk asks for it: states, sentences, and what can be imported."""

from typing import Any

from tests.schema.conftest import Ask

SAID = "{ code message }"
STEPS = f"""query {{ opening {{
  name state imports after told {SAID} lacks {SAID} notes {SAID} advice {SAID} }} }}"""
KINDS = "query { importKinds { name title columns { heading told example isNeeded } } }"


async def steps_of(ask: Ask, who: str = "admin") -> dict[str, Any]:
    return {one["name"]: one for one in (await ask.data(who, STEPS))["opening"]}


async def test_the_small_bank_says_what_it_lacks(ask: Ask) -> None:
    found = await steps_of(ask)
    units, staff, grids = found["ORGANISATION"], found["STAFF"], found["GRIDS"]
    assert (units["state"], units["told"][0]["message"]) == ("DONE", "4 个机构，其中网点 3 个。")
    assert staff["told"][0]["message"].startswith(f"在职 {len(ask.bank.staff)} 人")
    assert grids["state"] == "DONE"
    assert grids["told"][0]["message"].endswith("4 个小网格。")
    assert "posts" in grids["imports"]
    assert found["OUTLINE"]["state"] in ("OPEN", "DONE")


async def test_what_changes_in_the_bank_changes_its_steps(ask_own: Ask) -> None:
    await ask_own.pool.execute("delete from posts where role = 'A'")
    await ask_own.pool.execute("update org_units set lon_deg_wgs84 = null, lat_deg_wgs84 = null")
    await ask_own.pool.execute("update roles set permissions = array_remove(permissions, 'imports.decide')")
    found = await steps_of(ask_own)
    assert (found["GRIDS"]["state"], [one["code"] for one in found["GRIDS"]["lacks"]]) == (
        "BEGUN",
        ["OPENING_NO_POSTS"],
    )
    (place,) = found["ORGANISATION"]["notes"]
    assert place["code"] == "OPENING_WITHOUT_PLACE"
    assert place["message"].startswith("3 个网点没有位置")
    assert "OPENING_NO_SECOND_PERSON" in [one["code"] for one in found["STAFF"]["notes"]]
    await ask_own.pool.execute(
        """insert into atoms (code, name, village_code, village, town_code, town, is_urban, is_stand_in,
                              lon_deg_wgs84, lat_deg_wgs84, area_m2)
           values ('X', '飞地', 'V', '村', 'T', '镇', false, false, 119.5, 33.6, 1)"""
    )
    assert "OPENING_ATOMS_WITHOUT_GRID" in [
        one["code"] for one in (await steps_of(ask_own))["GRIDS"]["lacks"]
    ]
    await ask_own.pool.execute("update atoms set to_on = '2026-11-20' where code = 'X'")
    ended = await steps_of(ask_own)
    assert [one["code"] for one in ended["GRIDS"]["lacks"]] == ["OPENING_NO_POSTS"], "no ground, no grid"
    assert [one["code"] for one in ended["ATOMS"]["lacks"]] == ["OPENING_NO_ATOMS"]


async def test_kinds_say_their_columns(ask: Ask) -> None:
    kinds = {one["name"]: one for one in (await ask.data("head", KINDS))["importKinds"]}
    assert {"org", "staff", "posts"} <= kinds.keys()
    needed = [one["heading"] for one in kinds["staff"]["columns"] if one["isNeeded"]]
    assert needed == ["员工号", "姓名", "机构号"]
    assert kinds["org"]["title"] == "机构"
