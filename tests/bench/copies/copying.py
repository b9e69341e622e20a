"""Each customer of a county `copies` times over, with everything known of him: the county is changed in place."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg

from api.jobs.context import JobContext
from domain.customers.identity.records import SOURCES
from domain.feeds.contracts import FEEDS
from domain.feeds.snapshots import stored_columns
from domain.shared.night import Night, silent
from domain.shared.parameters import parameters_on
from domain.shared.rows import NightRows
from geo.cells import count_cells
from tests.bench.copies.bulk import attach, detach, put_back_foreign_keys, refill, set_aside_foreign_keys
from tests.bench.copies.columns import Table, copied_tables, shifted
from tests.bench.copies.lines import line
from tests.bench.copies.match_keys import copy_match_keys

MOST_COPIES = 27
"""As many as there are characters and letters for them, the original with them."""
AT_ONCE = 2
JITTER_DEG = 0.002
_PROVINCES = "{11,12,13,14,15,21,22,23,31,32,33,34,35,36,37,41,42,43,44,45,46,50,51,52,53,54,61,62,63,64,65}"
_SHIFTS = Path(__file__).with_name("shifts.sql")

# About a hundred metres away, where that is in the same atom; elsewhere a copy stands where the customer stands.
_PLACES = """
create unlogged table copies.places as
select customer_id, lon_deg, lat_deg from (
    select c.id + %(step)s * k as customer_id,
           round((c.lon_deg_wgs84 + %(jitter)s * (mod(hashint8extended(c.id, k), 1000) / 2000.0))::numeric, 7)::float8
               as lon_deg,
           round((c.lat_deg_wgs84 + %(jitter)s * (mod(hashint8extended(c.id, -k), 1000) / 2000.0))::numeric, 7)::float8
               as lat_deg,
           a.boundary_wgs84
      from customers c join atom_boundaries a using (atom_id) cross join generate_series(1, %(last)s) k
     order by c.atom_id) placed
 where st_contains(boundary_wgs84, st_setsrid(st_makepoint(lon_deg, lat_deg), 4326))
"""
_AT_PLACE = {
    ("customers", "lon_deg_wgs84"): "coalesce(p.lon_deg, {})",
    ("customers", "lat_deg_wgs84"): "coalesce(p.lat_deg, {})",
    ("customer_points", "point_3857"): (
        "case when p.lon_deg is null then {} else"
        " st_transform(st_setsrid(st_makepoint(p.lon_deg, p.lat_deg), 4326), 3857) end"
    ),
}


def multiply(database_url: str, copies: int, tell: Callable[[str], None]) -> None:
    """Copies until each customer stands there `copies` times, then what is counted of them; raises where it cannot."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        put_shifts(connection)
        tables = copied_tables(connection)
        step = _number(connection, "select max(id) + 1 from source_records")
        data_date = connection.execute(
            "select (value #>> '{}')::date from settings where name = 'data_date'"
        ).fetchone()
        assert data_date is not None
        tell("the original's files and shifts")
        with connection.transaction():
            keys = set_aside_foreign_keys(connection, tables)
            detach(connection, tables)
        job = _Copying(database_url, step, copies, tell)
        late = [table for table in tables if table.name in ("source_records", "customers", "customer_points")]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            places = pool.submit(_place, database_url, step, copies)
            job.fill(pool, [t for t in tables if t not in late and t.name != "match_keys"])
            places.result()
            with connection.transaction():
                attach(connection, tables)
            _hash_records(connection, data_date[0])
            job.fill(pool, late)
            counting = pool.submit(_count_anew, database_url)
            tell(f"match_keys: {copy_match_keys(database_url, step, copies):,}")
            counting.result()
        with connection.transaction():
            put_back_foreign_keys(connection, keys)
            _number_on(connection, tables)
            _say_batches(connection, copies)
        connection.execute("drop schema copies cascade")
        tell("sums, cells, foreign keys")


def _place(database_url: str, step: int, copies: int) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(_places(step, copies))
        connection.execute("create unique index on copies.places (customer_id)")
        connection.execute("analyze copies.places")


def _places(step: int, copies: int) -> bytes:
    return (_PLACES % {"step": step, "jitter": JITTER_DEG, "last": copies - 1}).encode()


def put_shifts(connection: psycopg.Connection) -> None:
    """The functions of `shifts.sql`, in a schema that goes when the copying is over."""
    phones = connection.execute("select array_agg(phone)::text from staff where phone is not null").fetchone()
    text = _SHIFTS.read_text(encoding="utf-8")
    for name, values in (("provinces", _PROVINCES), ("staff_phones", phones[0] if phones else "{}")):
        text = text.replace(f"{{{name}}}", f"'{values or '{}'}'::text[]")
    connection.execute("drop schema if exists copies cascade")
    connection.execute(text.encode())


def _number(connection: psycopg.Connection, query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    return int(row[0] or 0) if row else 0


class _Copying:
    """Tables one after another, two at a time."""

    def __init__(self, database_url: str, step: int, copies: int, tell: Callable[[str], None]) -> None:
        self._url, self._step, self._copies, self._tell = database_url, step, copies, tell

    def fill(self, pool: ThreadPoolExecutor, tables: Iterable[Table]) -> None:
        list(pool.map(self._fill, tables))

    def _fill(self, table: Table) -> None:
        began = time.monotonic()
        # As a replica: no trigger refuses that rows of the past are copied.
        options = "-c work_mem=512MB -c jit=off -c session_replication_role=replica"
        with psycopg.connect(self._url, options=options) as connection:
            if connection.execute(f"select from {table.name} limit 1".encode()).fetchone() is None:
                return
            rows = refill(connection, table.name, self._select(connection, table), table.columns)
        self._tell(f"{table.name}: {rows:,} rows, {time.monotonic() - began:.1f} s")

    def _select(self, connection: psycopg.Connection, table: Table) -> str:
        own_step = 0
        if table.types.get("id") == "bigint":
            own_step = _number(connection, f"select max(id) from {table.name}")
        values = {column: shifted(table, column, self._step, own_step) for column in table.columns}
        joined = ""
        if table.name in ("customers", "customer_points"):
            key = "id" if table.name == "customers" else "customer_id"
            joined = f" left join copies.places p on p.customer_id = {values[key]}"
            for column, value in values.items():
                values[column] = _AT_PLACE.get((table.name, column), "{}").format(value)
        elif table.name == "source_records":
            joined = f" left join copies.row_hashes h on h.feed = b.feed and h.key = {values['key']}"
            values["row_hash"] = "coalesce(h.row_hash, b.row_hash)"
        elif table.family.startswith("src_"):
            return self._select_lines(table, values)
        order = " order by k, b.customer_id" if table.family == "scores" else ""
        return f"select {', '.join(values.values())} from {self._rows()}{joined}{order}"

    def _rows(self) -> str:
        """The original's rows in the order in which they lie, each with its copies behind it."""
        numbers = f"select generate_series(0, {self._copies - 1}) as k"
        return f"(select * from base offset 0) b cross join lateral ({numbers}) c"

    def _select_lines(self, table: Table, values: dict[str, str]) -> str:
        """Rows of a snapshot: the hash is that of the line as `lines.write_landing` writes it, of rows in force.

        Nothing compares the hashes of superseded rows with a file.
        """
        if table.name.endswith("_past"):
            values["row_hash"] = (
                'case when k = 0 then b."row_hash" else hashint8extended(b."row_hash", k) end'
            )
            return f"select {', '.join(values.values())} from {self._rows()}"
        feed = FEEDS[table.family.removeprefix("src_")]
        inner = ", ".join(
            f'{value} as "{column}"' for column, value in values.items() if column != "row_hash"
        )
        hashed = line(feed, {column.name: f's."{column.name}"' for column in stored_columns(feed)})
        outer = ", ".join(
            f"hashtextextended({hashed}, 0)" if column == "row_hash" else f's."{column}"'
            for column in table.columns
        )
        return f"select {outer} from (select {inner} from {self._rows()} offset 0) s"


def _hash_records(connection: psycopg.Connection, on: object) -> None:
    """What identity would compare tonight, by its own statements."""
    connection.execute("create unlogged table copies.row_hashes (feed text, key text, row_hash bigint)")
    for feed, source in SOURCES.items():
        connection.execute(
            f"insert into copies.row_hashes select '{feed}', key, row_hash from ({source}) s".encode(),
            {"on": on},
        )
    connection.execute("analyze copies.row_hashes")


def _number_on(connection: psycopg.Connection, tables: Iterable[Table]) -> None:
    for table in tables:
        if table.types.get("id") == "bigint" and table.name != "customers":
            connection.execute(
                f"select setval(pg_get_serial_sequence('{table.name}', 'id'), (select max(id) from {table.name}))"
                f" where exists (select from {table.name})".encode()
            )


def _say_batches(connection: psycopg.Connection, copies: int) -> None:
    """The next file of a feed is held against how many rows the last one had."""
    connection.execute(
        "update batches set loaded = loaded * %(copies)s, changed = changed * %(copies)s,"
        " rows = loaded * %(copies)s + refused + quarantined where state = 'LOADED'",
        {"copies": copies},
    )


def _count_anew(database_url: str) -> None:
    """Cells, grids' figures and sums, as the night counts them."""
    context = JobContext(database_url, Path())
    with psycopg.connect(database_url, options="-c work_mem=256MB -c jit=off") as connection:
        run = connection.execute("select id, data_date from night_runs order by id desc limit 1").fetchone()
        assert run is not None
        parameters = parameters_on(connection, run[1], context.parameters)
        night = Night(run[0], run[1], context.landing, is_full=True, parameters=parameters)
        count_cells(NightRows(connection))
        rollup = next(step for step in context.steps if step.name == "rollup")
        rollup.run(connection, night, silent)
        for table in ("customer_cells", *rollup.writes):
            connection.execute(f"analyze {table}".encode())
