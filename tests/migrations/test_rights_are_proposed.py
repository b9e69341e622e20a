"""Whoever decided on parameters can decide on rights after the upgrade, also where others proposed them."""

import psycopg
from alembic import command
from alembic.config import Config

AFTER = "7164757a4027"
BEFORE = f"{AFTER}-1"
SPLIT = """
    insert into roles (code, name, position, permissions, mask, scope)
    values ('PROPOSES', '提', 91, '{proposals.view,parameters.propose}', 'ALL', 'NOTHING'),
           ('DECIDES', '决', 92, '{proposals.view,parameters.decide}', 'ALL', 'NOTHING'),
           ('BOTH', '两', 93, '{parameters.propose,parameters.decide}', 'ALL', 'NOTHING')
"""


def test_whoever_decides_sees_what_he_decides_on(
    history: tuple[Config, list[str]], empty_database: str
) -> None:
    config, _ = history
    command.upgrade(config, BEFORE)
    with psycopg.connect(empty_database) as database:
        database.execute(SPLIT)
    command.upgrade(config, AFTER)
    with psycopg.connect(empty_database) as database:
        found = database.execute(
            "select code, array(select one from unnest(permissions) one where one like 'rights.%' order by 1)"
            " from roles where position > 90 order by position"
        ).fetchall()
    assert found == [
        ("PROPOSES", ["rights.propose", "rights.view"]),
        ("DECIDES", ["rights.decide", "rights.view"]),
        ("BOTH", ["rights.decide", "rights.propose", "rights.view"]),
    ]
