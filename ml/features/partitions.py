"""Whole tables in the place of partitions: filled beside the old one, then put in its place."""

from datetime import date

from psycopg import sql

from domain.shared.night import Connection

PREFIX = "customer_features_"


def name_of(day: date) -> str:
    return f"{PREFIX}{day:%Y%m%d}"


def put_in_place(
    connection: Connection, parent: str, fresh: str, partition: str, value: str, *, index: str = "pkey"
) -> None:
    """Make `fresh` (which has its index, `{fresh}_{index}`) the partition of `parent` for `value`.

    The partition before goes. Readers of the parent wait from here to the commit, so this comes last.
    """
    names = {"parent": parent, "fresh": fresh, "partition": partition}
    identifiers: dict[str, sql.Composable] = {key: sql.Identifier(name) for key, name in names.items()}
    identifiers["fresh_index"] = sql.Identifier(f"{fresh}_{index}")
    identifiers["index"] = sql.Identifier(f"{partition}_{index}")
    identifiers["value"] = sql.Literal(value)
    for statement in (
        "drop table if exists {partition}",
        "alter table {fresh} rename to {partition}",
        "alter index {fresh_index} rename to {index}",
        "alter table {parent} attach partition {partition} for values in ({value})",
    ):
        connection.execute(sql.SQL(statement).format(**identifiers))


def signature_of(connection: Connection, day: date) -> str | None:
    """With which features the partition of a day was filled; None where there is none."""
    row = connection.execute("select obj_description(to_regclass(%s))", [name_of(day)]).fetchone()
    return row[0] if row else None


def sign(connection: Connection, day: date, signature: str) -> None:
    connection.execute(
        sql.SQL("comment on table {} is {}").format(sql.Identifier(name_of(day)), sql.Literal(signature))
    )


def drop_all_but(connection: Connection, days: set[date]) -> int:
    """Drop the partitions of all other days; gives how many went."""
    kept = {name_of(day) for day in days}
    rows = connection.execute(
        "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
        " where i.inhparent = 'customer_features'::regclass"
    ).fetchall()
    gone = sorted(name for (name,) in rows if name not in kept)
    for name in gone:
        connection.execute(sql.SQL("drop table {}").format(sql.Identifier(name)))
    return len(gone)
