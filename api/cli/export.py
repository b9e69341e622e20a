"""`./yunge export`: what the night made, in open formats (docs/formats.md), so that anybody can check it outside.

Rows stream from a server-side cursor into the file; memory does not grow with the county. The file appears under its
name when it is whole.
"""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

import psycopg
from psycopg import sql

from api.local.refusal import CannotGoOn
from api.local.words import t
from domain.grids.posts import is_sat_on

BATCH_ROWS = 20_000


class Export(StrEnum):
    LINKS = "links"
    REVIEWS = "reviews"
    QUARANTINED = "quarantined"
    OWNERS = "owners"
    SCORES = "scores"
    ATOMS = "atoms"
    GRIDS = "grids"
    AUDIT = "audit"


@dataclass(frozen=True)
class Recipe:
    """The statement of an export. Where `geometry` is named, that column is WGS 84 GeoJSON text.

    `swapped` is a table whose rows the night replaces by others in the place of a partition.
    """

    sql: str
    geometry: str | None = None
    swapped: str | None = None


def _on_post(role: str) -> str:
    return f"""(select s.number from posts x join staff s on s.id = x.staff_id
                where x.grid_id = g.id and x.role = '{role}' and {is_sat_on("x")}
                order by x.from_on desc, x.id limit 1)"""  # noqa: S608


# Every digit; outer rings against the clock and holes with it, whichever way the database has them.
_AS_GEOJSON = "st_asgeojson(st_forcepolygonccw(b.boundary_wgs84), 15)"

_ATOMS = """(select string_agg(a.code, ' ' order by a.code) from plan_atoms pa join atoms a on a.id = pa.atom_id
               where pa.grid_id = g.id)"""
ONLY_IN_SHEETS = "atoms"
"""Maps say by their shapes which atoms a grid has, and a column of theirs may not hold so many."""

RECIPES = {
    Export.LINKS: Recipe(
        """select feed, key, customer_id, evidence from source_records
            where customer_id is not null order by feed collate "C", key collate "C" """
    ),
    Export.REVIEWS: Recipe(
        """select m.rule, m.reason, a.feed as feed_a, a.key as key_a, a.customer_id as customer_id_a,
                  b.feed as feed_b, b.key as key_b, b.customer_id as customer_id_b
             from match_reviews m join source_records a on a.id = m.record_a_id
             join source_records b on b.id = m.record_b_id
            where m.state = 'OPEN'
            order by m.rule collate "C", a.feed collate "C", a.key collate "C", b.feed collate "C",
                     b.key collate "C" """
    ),
    Export.QUARANTINED: Recipe(
        """select b.feed, b.data_date, b.sequence, b.file_name, b.state, q.line, q.key,
                  (select string_agg(concat_ws(' ', r ->> 'code', r -> 'values' ->> 'column'), ', ' order by place)
                     from jsonb_array_elements(q.reasons) with ordinality listed (r, place)) as reasons, q.raw
             from quarantined_rows q join batches b on b.id = q.batch_id
            order by b.data_date, b.feed collate "C", b.sequence, b.id, q.line"""
    ),
    Export.OWNERS: Recipe(
        """select c.id as customer_id, c.kind, c.tier, c.status,
                  c.lon_deg_wgs84, c.lat_deg_wgs84, a.code as atom_code, g.code as grid_code,
                  o.code as org_code, s.number as owner_number
             from customers c
             left join atoms a on a.id = c.atom_id
             left join grids g on g.id = c.grid_id
             left join org_units o on o.id = c.org_unit_id
             left join staff s on s.id = c.owner_id
            order by c.id"""
    ),
    Export.SCORES: Recipe(
        """select s.customer_id, s.model, v.version as model_version, r.data_date, s.value, s.band
             from scores s join score_runs r on r.model = s.model join model_versions v on v.id = r.model_version_id
            order by s.model collate "C", s.customer_id""",
        swapped="scores",
    ),
    Export.ATOMS: Recipe(
        f"""select a.code, a.name, a.village_code, a.village, a.town_code, a.town, a.is_urban, a.is_stand_in,
                  a.lon_deg_wgs84, a.lat_deg_wgs84, a.area_m2, g.code as grid_code,
                  {_AS_GEOJSON} as boundary
             from atoms a
             join atom_boundaries b on b.atom_id = a.id
             left join plan_in_force p on true
             left join plan_atoms pa on pa.atom_id = a.id and pa.plan_id = p.id
             left join grids g on g.id = pa.grid_id
            order by a.code collate "C" """,  # noqa: S608
        geometry="boundary",
    ),
    Export.AUDIT: Recipe(
        """select s.position, encode(s.sha256, 'hex') as sha256, coalesce(a.id, s.audit_id) as audit_id,
                  a.at, a.actor_kind, a.actor_id, a.action, a.subject, a.detail::text as detail
             from audit_seals s full join audit a on a.id = s.audit_id
            order by s.position nulls last, a.id"""
    ),
    Export.GRIDS: Recipe(
        f"""select g.code, g.name, g.level, parent.code as parent_code, o.code as org_code, g.town_code, g.area_m2,
                  {_on_post("A")} as post_a, {_on_post("B")} as post_b, {_ATOMS} as atoms,
                  {_AS_GEOJSON} as boundary
             from grids g
             join plan_in_force p on p.id = g.plan_id
             join grid_boundaries b on b.grid_id = g.id
             join org_units o on o.id = g.org_unit_id
             left join grids parent on parent.id = g.parent_id
            order by g.level collate "C", g.code collate "C" """,  # noqa: S608
        geometry="boundary",
    ),
}


OWNERS_ON = """
select p.customer_id, k.kind, t.tier, l.name as plan, g.code as grid_code, o.code as org_code, s.number as owner_number,
       p.from_on, p.cause
  from placements_on(%(day)s) p
  left join customer_kinds k on k.customer_id = p.customer_id and k.from_on <= %(day)s and %(day)s < k.to_on
  left join customer_tiers t on t.customer_id = p.customer_id and t.from_on <= %(day)s and %(day)s < t.to_on
  left join plans l on l.id = p.plan_id
  left join grids g on g.id = p.grid_id
  left join org_units o on o.id = p.org_unit_id
  left join staff s on s.id = p.owner_id
 order by p.customer_id"""
"""Who owned whom on a day, under which plan; kind and tier are those of the day."""


def recipe_of(what: Export, on: date | None = None) -> Recipe:
    """Of a past day there are owners alone."""
    if on is None:
        return RECIPES[what]
    if what is not Export.OWNERS:
        raise CannotGoOn(t("export.for_owners_others"))
    return Recipe(OWNERS_ON)


def write_export(database_url: str, what: Export, out: Path, *, on: date | None = None) -> int:
    """Write one export as CSV, or GeoJSON where it has a shape; how many rows. `-` is standard output.

    What has a shape is written as GeoPackage, KML, zipped Shapefile or workbook where the name ends so.
    `on` is a past day, for owners: whose customers were whose then.
    """
    recipe = recipe_of(what, on)
    if recipe.geometry is not None and out.suffix.lower() in MAP_ENDINGS:
        return _write_map_file(database_url, what, recipe, out)
    with psycopg.connect(database_url) as database, _opened(out) as file:
        database.execute("set transaction isolation level repeatable read, read only")
        if recipe.swapped is not None:
            # A swap is seen by everybody at once, rows beside the table only by later snapshots: ours is taken after.
            database.execute(
                sql.SQL("lock table {} in access share mode").format(sql.Identifier(recipe.swapped))
            )
        with database.cursor(name="export") as cursor:
            cursor.itersize = BATCH_ROWS
            cursor.execute(recipe.sql.encode(), None if on is None else {"day": on})
            columns = [column.name for column in cursor.description or ()]
            if recipe.geometry is None:
                return _write_csv(file, columns, cursor)
            return _write_geojson(file, columns, recipe.geometry, cursor)


MAP_ENDINGS = (".gpkg", ".kml", ".zip", ".xlsx")


def _write_map_file(database_url: str, what: Export, recipe: Recipe, out: Path) -> int:
    """Atoms or grids, whole in memory: they are thousands, and the form of the file needs all of them."""
    with psycopg.connect(database_url) as database:
        cursor = database.execute(recipe.sql.encode())
        names = [column.name for column in cursor.description or ()]
        rows = cursor.fetchall()
    columns = {name: [row[i] for row in rows] for i, name in enumerate(names) if name != recipe.geometry}
    if out.suffix.lower() != ".xlsx":
        columns.pop(ONLY_IN_SHEETS, None)
    with _beside(out) as partial:
        if out.suffix.lower() == ".xlsx":
            _write_workbook(partial, what.value, columns)
        else:
            import numpy as np
            import shapely

            from geo.writing_maps import write_map

            shapes = shapely.from_geojson(np.array([row[names.index(str(recipe.geometry))] for row in rows]))
            write_map(partial, out.suffix.lower(), what.value, shapes, columns)
    return len(rows)


def _write_workbook(path: Path, title: str, columns: dict[str, list[Any]]) -> None:
    """Texts as texts, so that no code loses its noughts and nothing is worked out; without the shapes."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet(title)
        for place, row in enumerate([tuple(columns), *zip(*columns.values(), strict=True)]):
            for at, value in enumerate(row):
                if isinstance(value, bool) or value is None:
                    sheet.write(place, at, value)
                elif isinstance(value, float):
                    sheet.write_number(place, at, value)
                else:
                    sheet.write_string(place, at, str(value))


def _write_csv(file: TextIO, columns: list[str], rows: "psycopg.ServerCursor[tuple[Any, ...]]") -> int:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        count += 1
    return count


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def _cell(value: object) -> object:
    """A text that a spreadsheet would calculate is prefixed with an apostrophe; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _write_geojson(
    file: TextIO, columns: list[str], geometry: str, rows: "psycopg.ServerCursor[tuple[Any, ...]]"
) -> int:
    """RFC 7946, one feature a line, geometry as the database wrote it."""
    at = columns.index(geometry)
    file.write('{"type": "FeatureCollection", "features": [')
    count = 0
    for row in rows:
        file.write(",\n" if count else "\n")
        file.write(_feature(columns, at, row))
        count += 1
    file.write("\n]}\n")
    return count


def _feature(columns: Sequence[str], at: int, row: Sequence[Any]) -> str:
    values = {
        name: value for index, (name, value) in enumerate(zip(columns, row, strict=True)) if index != at
    }
    properties = json.dumps(values, ensure_ascii=False, default=str)
    return f'{{"type": "Feature", "properties": {properties}, "geometry": {row[at]}}}'


@contextmanager
def _opened(out: Path) -> Iterator[TextIO]:
    """The file beside its final name until it is whole; an interrupted export leaves none."""
    if str(out) == "-":
        yield sys.stdout
        return
    with _beside(out) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """A file that gets its final name when it is whole."""
    partial = out.with_name(f"{out.name}.partial")
    try:
        yield partial
        partial.replace(out)
    except (FileNotFoundError, NotADirectoryError):
        raise CannotGoOn(t("export.there_no_folder", parent=out.parent)) from None
    finally:
        partial.unlink(missing_ok=True)
