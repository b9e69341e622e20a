"""Which files are held, for `status` and for the last line of a night."""

import psycopg


def held_files(database: psycopg.Connection) -> list[str]:
    """Files that wait for a person's word, the latest first."""
    found = database.execute(
        "select file_name from batches where state = 'HELD' order by data_date desc, id desc"
    )
    return [name for (name,) in found]
