"""Counties that benchmarks leave for one another: the second night of a million customers is not carried out twice."""

import psycopg

PREFIX = "county_"


def database_of(customers: int) -> str:
    return f"{PREFIX}{customers}"


def keep_county(server_url: str, database_url: str, customers: int) -> None:
    """Rename a benchmark's database to the name under which `kept_county` finds it; an older one goes."""
    made, kept = database_url.rsplit("/", 1)[1], database_of(customers)
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f'drop database if exists "{kept}" with (force)')
        server.execute(f'alter database "{made}" rename to "{kept}"')


def kept_county(server_url: str, customers: int) -> str | None:
    """The address of a county of that many customers, None where no benchmark has left one."""
    kept = database_of(customers)
    with psycopg.connect(server_url) as server:
        if server.execute("select from pg_database where datname = %s", [kept]).fetchone() is None:
            return None
    return server_url.rsplit("/", 1)[0] + "/" + kept
