"""The files of an invented bank, and what its page tells its IT person to run (`docs/own-bank.md`).

Two towns of three villages of two groups each, far from any other ground of the tests. What people write by hand stands
in the page; what systems write is made here: a file in GBK with 0x1D, and one in fixed width.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import shapely

from tests.geo.reading.map_files import geojson, square

PAGE = Path(__file__).resolve().parents[3] / "docs" / "own-bank.md"
OPENED_ON, DATA_ON = "2026-12-01", "2026-11-30"
"""The days of the page; whoever follows it writes his own."""
WEST, SOUTH, SIDE = 101.0, 36.0, 0.02
TOWNS = (("119911101", "白水镇", "东中西"), ("119911102", "青山镇", "上下街"))
CUSTOMERS, SURVEYED = 240, 96
GS = "\x1d"


@dataclass(frozen=True)
class Group:
    code: str
    name: str
    village: str
    town: str
    shape: shapely.Polygon

    @property
    def village_code(self) -> str:
        return self.code[:12]


def groups() -> list[Group]:
    """Twelve atoms: a row of six for each town, and two in a row for each village."""
    return [
        Group(
            f"{town_code}{village + 1:03d}{group + 1:03d}",
            f"{name}村{'一二'[group]}组",
            f"{name}村",
            town,
            square(WEST + (2 * village + group) * SIDE, SOUTH + row * SIDE, SIDE),
        )
        for row, (town_code, town, names) in enumerate(TOWNS)
        for village, name in enumerate(names)
        for group in (0, 1)
    ]


def write_maps(folder: Path) -> None:
    ground = groups()
    above = {"province": "甲省", "city": "乙市", "name": "青河县", "code": "119911"}
    geojson(folder / "外轮廓.geojson", shapely.union_all([one.shape for one in ground]), properties=[above])
    columns = [{"代码": one.code, "名称": one.name, "村": one.village, "乡镇": one.town} for one in ground]
    geojson(folder / "村组.geojson", *(one.shape for one in ground), properties=columns)


def write_bank_files(landing: Path, day: date) -> None:
    """What the core and the survey of the bank leave in the evening, each in its own form."""
    dated = f"{day:%Y%m%d}"
    header = ("客户号", "类型", "户名", "证件号", "手机", "村代码", "地址", "机构", "开户日", "状态")
    lines = [GS.join(header), *(GS.join(_customer(number)) for number in range(CUSTOMERS))]
    (landing / f"KH_{dated}.txt").write_bytes(("\n".join(lines) + "\n").encode("gbk"))
    (landing / f"KH_{dated}.ok").touch()
    surveyed = b"".join(_surveyed(number) for number in range(SURVEYED))
    total_fen = sum(_line_fen(number) for number in range(SURVEYED))
    (landing / f"YG{dated}.DAT").write_bytes(surveyed + f"TRL|{SURVEYED}|{total_fen}\n".encode())


def _customer(number: int) -> tuple[str, ...]:
    group = _group_of(number)
    outlet = "010101" if group.town == "白水镇" else "010201"
    address = f"甲省乙市青河县{group.town}{group.name}{number // 12 + 1}号"
    return (
        f"6{number:07d}",
        "个人",
        _name(number),
        _certificate(number),
        f"139{number:08d}",
        group.village_code,
        address,
        outlet,
        "20190512",
        "正常",
    )


def _surveyed(number: int) -> bytes:
    group = _group_of(number)
    west, south, *_ = group.shape.bounds
    place = (west + SIDE * (0.2 + 0.06 * (number // 12)), south + SIDE * 0.4)
    cells = (
        f"YG{number:08d}",
        _name(number),
        _certificate(number),
        group.village_code,
        f"{_line_fen(number):012d}",
        f"{place[0]:.7f}",
        f"{place[1]:.6f}",
    )
    widths = (12, 20, 18, 12, 12, 12, 10)
    return (
        b"".join(cell.encode("gbk").ljust(width) for cell, width in zip(cells, widths, strict=True)) + b"\n"
    )


def _line_fen(number: int) -> int:
    return 3_000_000 + 10_000 * number


def _group_of(number: int) -> Group:
    ground = groups()
    return ground[number % len(ground)]


def _name(number: int) -> str:
    return "赵钱孙李周吴郑王冯陈"[number % 10] + "国建文志秀"[number // 10 % 5] + "华兰平英军"[number // 50]


def _certificate(number: int) -> str:
    """A citizen's number with the digit that checks it (GB 11643)."""
    body = f"119911{1960 + number % 40}{number % 12 + 1:02d}{number % 27 + 1:02d}{number + 1:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    checked = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[checked % 11]


@dataclass(frozen=True)
class Command:
    words: tuple[str, ...]
    exit_code: int

    def __str__(self) -> str:
        return " ".join(self.words)


_FILE = re.compile(r"^`(\S+\.(?:csv|toml))`\n\n```(?:csv|toml)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_ENDS_WITH = re.compile(r"#\s*([0-9]+):")


def page_on(opened_on: date, data_on: date) -> str:
    """The page as somebody reads it who opens his bank on another day."""
    page = PAGE.read_text("utf-8").replace(OPENED_ON, str(opened_on)).replace(DATA_ON, str(data_on))
    return page.replace(DATA_ON.replace("-", ""), f"{data_on:%Y%m%d}")


def files_of(page: str) -> Iterator[tuple[str, str]]:
    """Name and content of every file that the page shows."""
    yield from _FILE.findall(page)


def commands_of(page: str) -> Iterator[Command]:
    """Every `./yunge …` of the page in its order; a comment `# 3: …` is the exit code to expect."""
    for block in _BLOCK.findall(page):
        for line in block.splitlines():
            if line.startswith("./yunge "):
                ends = _ENDS_WITH.search(line)
                yield Command(tuple(shlex.split(line, comments=True)[1:]), int(ends[1]) if ends else 0)
