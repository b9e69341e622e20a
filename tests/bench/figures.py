"""What a benchmark gives back, and how it is printed."""

import argparse
import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured value. `target` is the promise in words (empty: only shown); `is_met` is None without a target."""

    name: str
    value: float
    unit: str
    target: str = ""
    is_met: bool | None = None


def at_most(name: str, value: float, unit: str, limit: float) -> Figure:
    return Figure(name, value, unit, f"≤ {limit:g} {unit}".rstrip(), value <= limit)


def at_least(name: str, value: float, unit: str, limit: float) -> Figure:
    return Figure(name, value, unit, f"≥ {limit:g} {unit}".rstrip(), value >= limit)


def _value(value: float) -> str:
    if value != 0 and abs(value) < 10:
        return f"{value:.4g}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}"


def _verdict(figure: Figure) -> str:
    return {True: "met", False: "NOT MET", None: ""}[figure.is_met]


def print_figures(title: str, figures: Iterable[Figure]) -> None:
    """A table for a terminal."""
    rows = [(f.name, f"{_value(f.value)} {f.unit}".strip(), f.target, _verdict(f)) for f in figures]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    print(f"\n{title}")
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def markdown(title: str, figures: Iterable[Figure]) -> str:
    """The same table for docs/benchmarks.md."""
    lines = [f"## {title}", "", "| figure | value | target | |", "|---|---|---|---|"]
    lines += [
        f"| {f.name} | {_value(f.value)} {f.unit} | {f.target} | {_verdict(f)} |".replace("  ", " ")
        for f in figures
    ]
    return "\n".join(lines) + "\n"


def machine() -> str:
    """The machine the figures come from, in one line; its load says how many others had work for it beforehand."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory_kib = next(
        int(line.split()[1])
        for line in Path("/proc/meminfo").read_text().splitlines()
        if line.startswith("MemTotal")
    )
    kind = f"{len(os.sched_getaffinity(0))} × {model}, {memory_kib / 2**20:.0f} GiB, {platform.system()}"
    return f"{kind}, load {os.getloadavg()[0]:.1f}"


def rows_asked(description: str | None, usual: int) -> int:
    """The only argument of a benchmark that draws its rows itself: how many."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("rows", type=int, nargs="?", default=usual)
    rows: int = parser.parse_args().rows
    return rows
