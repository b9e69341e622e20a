"""After an upgrade the curves of an installed bank are there at once, not only after its next night."""

import psycopg
import pytest
from alembic import command
from alembic.config import Config

AFTER = "9051b1e7a027"
BEFORE = f"{AFTER}-1"
NOTED = "select value from settings where name = 'month_ends_since'"

FILES = """
    insert into batches (feed, data_date, sequence, file_name, state, rows, loaded, refused, quarantined, changed)
    select feed, cast(day as date), 1, feed || day, state, 1, 1, 0, 0, 0
      from (values ('core_deposit', '2025-01-31', 'LOADED'), ('core_deposit', '2025-12-30', 'LOADED'),
                   ('loan', '2025-11-30', 'REFUSED'), ('loan', '2026-02-28', 'LOADED'),
                   ('household', '2025-12-31', 'LOADED')) f (feed, day, state)
"""
KEPT = """insert into settings (name, value) values ('month_ends', '["2025-11-30", "2025-12-31", "2026-01-31"]')"""


@pytest.mark.parametrize(
    ("there", "noted"),
    [
        ([FILES, KEPT], {"deposit_fen": "2025-11-30", "loan_fen": "2026-02-28"}),
        ([FILES], None),
        ([KEPT], None),
        (
            [FILES, KEPT, "insert into settings (name, value) values ('month_ends_since', '{}')"],
            {},
        ),
    ],
    ids=["as the night notes it", "before the first night", "without files", "noted already"],
)
def test_it_is_noted_since_when_month_ends_are_known(
    history: tuple[Config, list[str]], empty_database: str, there: list[str], noted: dict[str, str] | None
) -> None:
    config, _ = history
    command.upgrade(config, BEFORE)
    with psycopg.connect(empty_database) as database:
        for statement in there:
            database.execute(statement.encode())
    command.upgrade(config, AFTER)
    with psycopg.connect(empty_database) as database:
        found = database.execute(NOTED).fetchone()
    assert (found and found[0]) == noted
