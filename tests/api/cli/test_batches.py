"""`./yunge batch`: one who may signs in and says yes or no, with a reason; `status` and the night say what is held."""

import json
from pathlib import Path

import psycopg

from api.local.held import held_files
from api.local.place import Place
from api.local.state import note
from api.local.status import describe
from domain.feeds.batch_files import BatchName
from domain.feeds.landing import seen_now
from domain.feeds.settled import Seen
from domain.feeds.statements import HELD_EMPTY
from tests.api.cli.conftest import Desk
from tests.domain.small_bank import DATA_DATE, insert


def hold(desk: Desk, sequence: int, seen: Seen | None = None) -> int:
    name = BatchName("loan", DATA_DATE, sequence)
    with psycopg.connect(desk.address) as connection:
        key: int = insert(
            connection,
            "batches",
            feed=name.feed,
            data_date=name.data_date,
            sequence=sequence,
            file_name=name.stem + ".dat",
            control_sha256=seen and seen.control_sha256,
            file_changed_ns=seen and seen.file_changed_ns,
            state="HELD",
            rows=0,
            loaded=0,
            refused=0,
            quarantined=0,
            changed=0,
            reasons=json.dumps([HELD_EMPTY(rows=0, before=199).as_json()]),
        )
    return key


def state(desk: Desk, batch: int) -> str:
    return str(desk.rows(f"select state from batches where id = {batch}")[0][0])


def test_held_files_are_listed_let_through_and_sent_back(desk: Desk) -> None:
    assert desk("batch", "list") == (0, "没有留待确认的文件。\n")
    first, second = hold(desk, 1), hold(desk, 2)
    status, said = desk("batch", "list")
    assert status == 0
    assert f"{first}  loan_20261120_1.dat  0 行" in said
    assert "现有的 199 条记录将全部终止" in said
    with psycopg.connect(desk.address) as connection:
        assert held_files(connection) == ["loan_20261120_2.dat", "loan_20261120_1.dat"]
    assert describe(Place.default())["held"] == ["loan_20261120_2.dat", "loan_20261120_1.dat"]
    assert desk("batch", "accept", str(first), "--reason", "已核实", "--by", "A1")[0] == 0
    assert desk("batch", "refuse", str(second), "--reason", "来源有误", "--by", "A1")[0] == 0
    assert (state(desk, first), state(desk, second)) == ("READY", "REFUSED")
    assert "A1 已同意入库，等待下一夜：已核实" in desk("batch", "list")[1]
    assert describe(Place.default())["held"] == []


def test_what_may_not_be_decided_is_a_sentence(desk: Desk) -> None:
    batch = str(hold(desk, 1))
    assert desk("batch", "accept", batch, "--by", "A1")[0] == 2, "no reason"
    for who, number, reason, sentence in (
        ("A1", batch, " ", "需要说明理由"),
        ("H1", batch, "已核实", "没有处理留待确认文件的权限"),
        ("A1", "999", "已核实", "没有找到这个批次"),
    ):
        status, said = desk("batch", "accept", number, "--reason", reason, "--by", who)
        assert status != 0
        assert sentence in said
    assert desk("batch", "accept", batch, "--reason", "已核实", "--by", "A1", says="wrong")[0] != 0
    assert state(desk, int(batch)) == "HELD"
    assert desk("batch", "refuse", batch, "--reason", "来源有误", "--by", "A1")[0] == 0
    status, said = desk("batch", "accept", batch, "--reason", "已核实", "--by", "A1")
    assert status != 0
    assert "这个批次已退回，不是留待确认的" in said


def test_a_yes_is_refused_when_the_file_in_the_landing_folder_is_another(desk: Desk, tmp_path: Path) -> None:
    landing = tmp_path / "landing"
    landing.mkdir()
    name = BatchName("loan", DATA_DATE, 1)
    (landing / f"{name.stem}.dat").write_bytes(b"")
    (landing / f"{name.stem}.ctl").write_bytes(b"rows=0\n")
    note(Place.default(), landing=str(landing))
    batch = hold(desk, 1, seen_now(landing, name))
    (landing / f"{name.stem}.ctl").write_bytes(b"rows=1\n")
    status, said = desk("batch", "accept", str(batch), "--reason", "已核实", "--by", "A1")
    assert status != 0
    assert f"{name.stem}.dat 在留待确认后又有改动" in said
    assert state(desk, batch) == "HELD"
