"""The night's last step but for tidying: what dashboards and maps read, so that opening one costs a lookup."""

from collections.abc import Callable
from datetime import date
from typing import Any

from psycopg.types.json import Jsonb

from domain.performance.grid_statistics import count_grids
from domain.performance.statements import ROLLUP_DONE
from domain.performance.sums import sum_customers
from domain.shared.night import DOING, Connection, Night, Report, StepResult
from domain.shared.rules.language import Language
from domain.tasks.parameters import GENERAL_VISIT_MONTHS
from domain.tasks.reasons import as_of


def roll_up(
    connection: Connection,
    night: Night,
    report: Report,
    *,
    language: Language,
    mark_points: Callable[[Connection, date], int],
    count_cells: Callable[[Connection], int],
) -> StepResult:
    """Rebuild grid statistics and customer sums, and put the data date in force.

    `language` knows every field that the figures of a grid ask; `mark_points` and `count_cells` are
    the map's part.
    """
    report(0.1, DOING(doing="GRIDS"))
    changed_grids = count_grids(connection, as_of(night.data_date, night.parameters), language)
    # Points before sums: a cut writes them in this order too, and the other one could wait for it in a circle.
    report(0.4, DOING(doing="POINTS"))
    marked = mark_points(connection, night.data_date)
    report(0.6, DOING(doing="SUMS"))
    sums = sum_customers(connection, night.data_date, GENERAL_VISIT_MONTHS.of(night.parameters))
    _set(connection, "data_date", night.data_date.isoformat())
    if changed_grids or marked or _has_changes(connection, night) or not _is_set(connection, "tile_version"):
        # Tiles are kept by browsers under their version: a new one only where something may look different.
        _set(connection, "tile_version", f"{night.data_date:%Y%m%d}-{night.run_id}")
    if marked:
        # After the version: a cut asks for the two in this order too. `own` counted whoever stands elsewhere.
        count_cells(connection)
    return StepResult(
        changed_grids + sums,
        ROLLUP_DONE(grids=changed_grids, sums=sums, points=marked),
    )


def _has_changes(connection: Connection, night: Night) -> bool:
    row = connection.execute(
        "select exists (select from night_changes where night_run_id = %s)", [night.run_id]
    ).fetchone()
    return row is not None and bool(row[0])


def _is_set(connection: Connection, name: str) -> bool:
    return connection.execute("select 1 from settings where name = %s", [name]).fetchone() is not None


def _set(connection: Connection, name: str, value: Any) -> None:
    connection.execute(
        "insert into settings (name, value) values (%s, %s) on conflict (name) do update set value = excluded.value",
        [name, Jsonb(value)],
    )
