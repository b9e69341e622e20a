"""An empty bank by commands alone: outline, atoms, units, staff, grids, two persons, and the partition is proved."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher

from api.local.place import Place
from api.local.state import note
from domain.grids.plans import put_in_force
from domain.shared.calendar import bank_day
from geo.coverage import prove_partition
from tests.api.cli.conftest import PASSWORD, Desk
from tests.domain.small_bank import insert
from tests.geo.reading.map_files import geojson, square

QUARTERS = [square(112 + x / 100, 30 + y / 100) for x in (0, 1) for y in (0, 1)]
ATOMS = [f"1199001012{n:02d}001" for n in range(4)]


@pytest.fixture
def empty(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Two people who may sign in, as `./yunge account add` makes them, and nothing else."""
    kept = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with psycopg.connect(database_url) as connection:
        unit = insert(connection, "org_units", code="01", name="总行", kind="HEAD_OFFICE")
        for number, role in (("h1", "HEAD_OFFICE"), ("h2", "HEAD_OFFICE")):
            staff = insert(
                connection, "staff", number=number, name=number, role=role, org_unit_id=unit, is_active=True
            )
            insert(
                connection, "accounts", account=number, staff_id=staff, password_hash=kept, failed_attempts=0
            )
    place = Place(tmp_path)
    note(place, database_url=database_url, mode="production", redis_url="", host="127.0.0.1", port=1)
    monkeypatch.setattr(Place, "default", classmethod(lambda _place: place))
    return Desk(database_url)


def written(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    return str(path)


def test_from_the_outline_to_a_plan_in_force(empty: Desk, tmp_path: Path) -> None:
    def done(*arguments: str) -> str:
        status, said = empty(*arguments)
        assert status == 0, said
        return said

    outline = geojson(tmp_path / "外轮廓.geojson", square(112, 30, 0.02), properties=[{"name": "某县"}])
    status, said = empty("import", "atoms", str(outline), "--datum", "WGS84")
    assert (status, "请先导入外轮廓" in said) == (1, True)
    done("import", "outline", str(outline), "--datum", "WGS84")
    columns = [{"代码": code, "名称": code} for code in ATOMS]
    atoms = geojson(tmp_path / "村界.geojson", *QUARTERS, properties=columns)
    towns = geojson(tmp_path / "乡镇.geojson", square(112, 30, 0.02), properties=[{"乡镇": "甲镇"}])
    both = ("import", "atoms", str(atoms), "--datum", "WGS84", "--towns", str(towns))
    done(*both, "--dry-run")
    assert empty.rows("select count(*) from atoms") == [(0,)]
    assert "4 个原子互不重叠" in done(*both)
    assert empty.rows("select distinct town from atoms") == [("甲镇",)]
    org = "机构号,名称,上级\n0301,城北支行,01\n"
    done("import", "org", written(tmp_path / "机构.csv", org), "--part")
    staff = "工号,姓名,机构号,职责\nm1,王磊,0301,管户\nm2,李某,0301,管户\n"
    done("import", "staff", written(tmp_path / "员工.csv", staff), "--part")
    status, said = empty("plan", "make", "首个方案", "--propose", "--by", "h1")
    assert (status, "机构表里补上经纬度或乡镇" in said) == (1, True), said
    org = "机构号,名称,经度,纬度,坐标系\n0301,城北支行,112.005,30.005,WGS84\n"
    done("import", "org", written(tmp_path / "机构.csv", org), "--part")
    said = done("plan", "make", "首个方案", "--propose", "--grids", "4", "--by", "h1")
    assert "1 个网点，1 个大网格，4 个小网格，其中 0 个还没有 A岗" in said
    ((first,),) = empty.rows("select id from plans")
    assert "通过检查" in done("plan", "check", str(first), "--by", "h1")
    done("plan", "discard", str(first), "--by", "h1")
    rows = [f"G{n // 2},{code},0301,m{n // 2 + 1},m{2 - n // 2}" for n, code in enumerate(ATOMS)]
    grids = "网格,原子,网点,A岗,B岗\n" + "\n".join(rows)
    done("import", "grids", written(tmp_path / "网格.csv", grids))
    ((plan,),) = empty.rows("select id from plans where state = 'DRAFT'")
    done("plan", "check", str(plan), "--by", "h1")
    tomorrow = bank_day(datetime.now(UTC)) + timedelta(days=1)
    done("plan", "propose", str(plan), "--by", "h1", "--reason", "开行", "--from", str(tomorrow))
    done("plan", "approve", str(plan), "--by", "h2")
    with psycopg.connect(empty.address) as connection:
        assert put_in_force(connection, tomorrow) == plan
        proof = prove_partition(connection)
    assert proof.holds
    assert proof.atoms == 4
    assert empty.rows("select count(*) from posts") == [(4,)]
