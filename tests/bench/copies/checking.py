"""Whether a county of copies is what it should be."""

import psycopg

from domain.tables import customers, products, tasks

Shares = dict[int | None, int]

_HASHED = (
    customers.SourceRecord,
    customers.MatchKey,
    customers.Customer,
    customers.Relation,
    customers.Disagreement,
    products.Deposit,
    tasks.DueVisit,
)
_POINTS = (
    "customer_points",
    "customer_cells",
    "customer_sums",
    "grid_statistics",
    "scores",
    "src_core_deposit",
)


def shares_of_grids(database_url: str) -> Shares:
    """Customers by grid (None: outside of all)."""
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("select grid_id, count(*) from customers group by grid_id").fetchall()
    return {grid: int(count) for grid, count in rows}


def unlike(original: Shares, copied: Shares, copies: int) -> int:
    """In how many grids the customers are not so many times the original's."""
    return sum(
        original.get(grid, 0) * copies != copied.get(grid, 0) for grid in original.keys() | copied.keys()
    )


def fingerprint(database_url: str) -> dict[str, tuple[int, int]]:
    """Of each table its rows and a sum of hashes over them, whatever their order."""
    names = [*(model.__tablename__ for model in _HASHED), *_POINTS]
    with psycopg.connect(database_url) as connection:
        connection.execute("set max_parallel_workers_per_gather = 2")
        return {name: _hash(connection, name) for name in names}


def _hash(connection: psycopg.Connection, table: str) -> tuple[int, int]:
    row = connection.execute(
        f"select count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) from {table} t".encode()
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])
