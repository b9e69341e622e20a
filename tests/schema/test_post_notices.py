"""岗位提醒 through the contract: each sees those of his own grids, on both executors."""

from tests.schema.conftest import Ask

ASK = "{ postNotices { kind grid { code } staff { name } since dueOn } }"


async def test_each_sees_the_notices_of_the_grids_within_his_scope(ask_own: Ask) -> None:
    await ask_own.pool.execute("update staff set is_active = false where id = $1", ask_own.bank.staff["b1"])
    await ask_own.pool.execute("delete from posts where grid_id = $1", ask_own.bank.grids["g4"])
    await ask_own.pool.execute(
        "insert into staff_leaves (staff_id, from_on, to_on) values ($1, current_date - 1, current_date + 9)",
        ask_own.bank.staff["a2"],
    )

    async def seen(who: str) -> list[tuple[str, str]]:
        found = (await ask_own.both_ways(who, ASK)).data["postNotices"]
        return [(one["kind"], one["grid"]["code"]) for one in found]

    codes = {
        name: await ask_own.pool.fetchval("select code from grids where id = $1", key)
        for name, key in ask_own.bank.grids.items()
    }
    nobody, stands_in = ("NOBODY", codes["g4"]), ("NOBODY_ON_A", codes["g3"])
    away = ("AWAY", codes["g2"])
    assert await seen("head") == [nobody, stands_in, away]
    assert await seen("outlet_a") == [away]
    assert await seen("outlet_b") == [stands_in]
    assert await seen("a1") == [away]
