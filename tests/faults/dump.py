"""A canonical picture of everything a night produced: row counts and hashes, whatever the order in which rows lie."""

import psycopg
from psycopg import sql

# How the work was done, not what came of it.
NOT_A_RESULT = {
    "outbox",
    "night_steps",
    "night_runs",
    "sessions",
    "sign_in_failures",
    "accounts",
    "audit",
    "audit_seals",
    "audit_unsealed",
    "alembic_version",
    # Says that rights may have changed, also where a statement looked at every row and changed none.
    "rights_version",
}
# Instants of the work itself.
VOLATILE = {"file_changed_ns", "taken_at", "seconds", "trained_at", "at", "received_at", "made_at"}
# Eight steps set rows aside at the same time, and nothing refers to these numbers. A file that still waits for its
# control file is noted anew by each night; the batches that were taken are compared through the rows that name them.
# The same day again is another run: its scores are the same, and the reasons are its own.
BY_CHANCE = {
    ("quarantined_rows", "id"),
    ("activities", "id"),
    ("batches", "id"),
    ("batches", "night_run_id"),
    ("score_runs", "night_run_id"),
    ("score_reasons", "night_run_id"),
}

_TABLES = """
select c.relname, array_agg(a.attname::text order by a.attnum)
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
   and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
 group by c.relname order by c.relname
"""


def dump(database_url: str) -> dict[str, tuple[int, str]]:
    """For each table of results the number of its rows and a hash over them in sorted order."""
    picture = {}
    with psycopg.connect(database_url) as connection:
        for table, columns in connection.execute(_TABLES).fetchall():
            if table in NOT_A_RESULT:
                continue
            kept = sql.SQL(", ").join(
                sql.Identifier(name)
                for name in columns
                if name not in VOLATILE and (table, name) not in BY_CHANCE
            )
            row = connection.execute(
                sql.SQL(
                    "select count(*), coalesce(md5(string_agg(line, E'\\n' order by line)), '')"
                    " from (select row({})::text as line from {}) as lines"
                ).format(kept, sql.Identifier(table))
            ).fetchone()
            assert row is not None
            picture[table] = (row[0], row[1])
    return picture


def differences(expected: dict[str, tuple[int, str]], found: dict[str, tuple[int, str]]) -> dict[str, tuple]:
    """The tables that differ, with both pictures: empty when the two nights came to the same result."""
    return {
        table: (expected.get(table), found.get(table))
        for table in sorted(expected.keys() | found.keys())
        if expected.get(table) != found.get(table)
    }
