"""What lists cost: units, staff and posts of 10,000 rows tried, carried out, tried again and undone; a sheet read.

./yunge bench imports [--rows N] [--out FILE]
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import psycopg
import xlsxwriter

from domain.shared.imports.carrying_out import apply_import, undo_import
from domain.shared.imports.keeping import keep_tried
from domain.shared.imports.kinds import Brought, kind_named
from domain.shared.imports.trying import try_import
from domain.shared.principal import SYSTEM
from domain.shared.rows import NightRows
from domain.shared.sheets.reading import read_sheets
from schema.house import HOUSE
from tests.bench.figures import Figure, at_most, machine, markdown, print_figures
from tests.bench.night import migrated
from tests.bench.reading.load import processor_s

DAY = date(2026, 11, 27)
LONGEST_S = 10.0
SHEET_ROWS = 100_000
ROWS_A_UNIT = 20

Lines = Iterable[Sequence[str]]


def write(path: Path, lines: Lines) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("清单")
        for at, line in enumerate(lines):
            for column, text in enumerate(line):
                sheet.write_string(at, column, text)
    return path


def org(rows: int) -> Lines:
    yield ("机构号", "名称", "上级机构号", "地址", "经度", "纬度", "坐标系", "开业日期")
    yield ("0", "总行", "", "", "", "", "", "")
    for at in range(1, rows):
        parent = str(at // ROWS_A_UNIT)
        yield (str(at), f"机构{at}", parent, f"人民路{at}号", "119.80", "33.78", "GCJ02", "2015-06-01")


def staff(rows: int) -> Lines:
    yield ("员工号", "姓名", "机构号", "职责", "手机", "入职日期", "到岗日期")
    for at in range(rows):
        yield (f"S{at}", f"员工{at}", str(at), "管户", "13800000000", "2018-07-01", "2024-03-01")


def posts(rows: int) -> Lines:
    yield ("网格编号", "A/B岗", "员工号", "上岗日期")
    for at in range(rows):
        yield (f"G{at}", "A", f"S{at}", "2026-01-01")


def give_grids(connection: psycopg.Connection, rows: int) -> None:
    connection.execute(
        """with plan as (insert into plans (name, state, version, from_on)
                         values ('方案', 'IN_FORCE', 1, '2026-01-01') returning id)
           insert into grids (plan_id, code, name, level, org_unit_id, town_code, area_m2)
           select plan.id, 'G' || n, 'G' || n, 'SMALL', u.id, 't', 1
             from plan, generate_series(0, %s - 1) n, org_units u where u.code = '0'""",
        [rows],
    )


def taken_s(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def of_kind(connection: psycopg.Connection, name: str, path: Path, rows: int) -> list[Figure]:
    kind, list_rows = kind_named(HOUSE.imports, name), NightRows(connection)
    assert kind is not None
    brought, ids = Brought(path, path.name, DAY), []

    def carry_out() -> None:
        tried = try_import(list_rows, kind, brought)
        assert (len(tried.changes), tried.problems) == (rows, ()), tried.problems[:3]
        ids.append(keep_tried(list_rows, kind, tried, brought, SYSTEM))
        apply_import(list_rows, kind, ids[0], by=SYSTEM)
        connection.commit()

    def again() -> None:
        assert try_import(list_rows, kind, brought).changes == ()

    def undo() -> None:
        undo_import(list_rows, kind, ids[0], by=SYSTEM, today=DAY)
        connection.rollback()

    def computed_s() -> float:
        return time.process_time() + processor_s([connection.info.backend_pid])

    def figures_of(what: str, act: Callable[[], object]) -> list[Figure]:
        before_s = computed_s()
        whole = at_most(f"{name}: {what}", taken_s(act), "s", LONGEST_S)
        return [whole, Figure("  of that, processors", computed_s() - before_s, "s")]

    return [
        *figures_of(f"{rows:,} rows tried and carried out", carry_out),
        *figures_of("the same file again", again),
        *figures_of("undone", undo),
    ]


def read(path: Path) -> None:
    assert sum(1 for sheet in read_sheets(path) for _ in sheet.rows) == SHEET_ROWS


def figures(server_url: str, rows: int) -> list[Figure]:
    found = []
    with (
        tempfile.TemporaryDirectory() as name,
        migrated(server_url) as url,
        psycopg.connect(url) as connection,
    ):
        folder = Path(name)
        for kind, lines in (("org", org), ("staff", staff), ("posts", posts)):
            if kind == "posts":
                give_grids(connection, rows)
            found += of_kind(connection, kind, write(folder / f"{kind}.xlsx", lines(rows)), rows)
        cells = [f"单元格{column}" for column in range(12)]
        sheet = write(folder / "large.xlsx", ([str(at), *cells[1:]] for at in range(SHEET_ROWS)))
        found.append(
            at_most(f"XLSX of {SHEET_ROWS:,} rows of 12 read", taken_s(lambda: read(sheet)), "s", 20)
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    found = figures(os.environ.get("TEST_DATABASE_URL") or os.environ["DATABASE_URL"], given.rows)
    title = f"Imports ({machine()})"
    print_figures(title, found)
    if given.out is not None:
        given.out.write_text(markdown(title, found), encoding="utf-8")


if __name__ == "__main__":
    main()
