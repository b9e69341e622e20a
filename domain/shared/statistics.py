"""What the planner knows of a table that a step is filling, brought up to date within the step.

A step joins rows that it wrote a moment before. Nobody else can tell the planner of them: autovacuum sees committed
rows alone. Worse, after an attempt that was undone it finds a table of pages without rows and notes a density of
nought, by which every later estimate is one row, however many there are: joins nest, and a step does not end.
"""

from psycopg import sql

from domain.shared.night import Connection

AT_LEAST_ROWS = 50
SHARE_OF_KNOWN = 0.1
"""The two by which autovacuum decides (autovacuum_analyze_threshold and _scale_factor): PostgreSQL 15, 25.1.6."""


def note_written(connection: Connection, table: str, rows: int) -> bool:
    """Take a table's statistics anew if `rows` written in this transaction are much beside those it is known to have.

    Until the transaction ends, autovacuum can no longer put its own view in their place: both need the same lock.
    """
    found = connection.execute(
        "select greatest(reltuples, 0) from pg_class where oid = cast(%s as regclass)", [table]
    ).fetchone()
    assert found is not None
    is_much = rows > AT_LEAST_ROWS + SHARE_OF_KNOWN * float(found[0])
    if is_much:
        connection.execute(sql.SQL("analyze {}").format(sql.Identifier(table)))
    return is_much
