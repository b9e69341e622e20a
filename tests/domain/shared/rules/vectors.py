"""Test vectors through the SQL of rules: many in one statement, on rows that no table holds."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from domain.shared.rules.rendering import Rendered
from tests.servers import database_server_url


@contextmanager
def any_database() -> Iterator[psycopg.Connection[Any]]:
    """Of the server: vectors need no tables."""
    with psycopg.connect(database_server_url()) as connection:
        yield connection


def judged(part: Rendered, vectors: Sequence[dict[str, Any]], **rows: str) -> list[Any]:
    """What the SQL says of each vector. `rows` are the aliases that it reads, with their columns and types.

    A name may stand in several rows; its value is the same in each.
    """
    sources = ", ".join(
        f"lateral jsonb_to_record(vectors.one) as {alias} ({columns})" for alias, columns in rows.items()
    )
    statement = f"""
        select {part.text}
          from jsonb_array_elements(cast(%(vectors)s as jsonb)) with ordinality as vectors (one, place), {sources}
         order by place"""
    given = {**part.parameters, "vectors": Jsonb(list(vectors))}
    with any_database() as connection:
        return [answer for (answer,) in connection.execute(statement.encode(), given)]
