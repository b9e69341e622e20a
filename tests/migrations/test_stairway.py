"""Every migration can be climbed, gone back, and climbed again; and the history says what the models say."""

import os
from collections.abc import Sequence

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

import domain.tables  # noqa: F401  (the three register the tables)
import geo.tables  # noqa: F401
import ml.tables  # noqa: F401
from api.local.database import newest_revisions

# Whatever a migration could leave behind: columns, indexes, constraints, triggers, functions; not what extensions own.
CATALOGUE = """
    select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
           || coalesce(' ' || column_default, '')
      from information_schema.columns c
     where table_schema = 'public' and not exists (
           select from pg_depend d
            where d.objid = format('%I.%I', table_schema, table_name)::regclass and d.deptype = 'e')
    union all
    select 'index ' || indexdef from pg_indexes where schemaname = 'public'
    union all
    select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
      from pg_constraint where connamespace = 'public'::regnamespace
    union all
    select 'trigger ' || tgrelid::regclass || ' ' || tgname from pg_trigger where not tgisinternal
    union all
    select 'routine ' || p.oid::regprocedure from pg_proc p
     where pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
"""

NOT_OURS = ("alembic_version", "spatial_ref_sys")


def catalogue() -> set[str]:
    with psycopg.connect(os.environ["DATABASE_URL"]) as database:
        found = {row[0] for row in database.execute(CATALOGUE)}
    return {line for line in found if not any(name in line for name in NOT_OURS)}


def test_emptying_leaves_nothing_but_extensions(
    history: tuple[Config, list[str]], connection: psycopg.Connection
) -> None:
    assert catalogue() == set()
    assert connection.execute("select count(*) > 0 from customers").fetchone() == (False,)


LATEST = 8
"""Those that are still being worked on. What lies before them does not change any more; the long run climbs it."""


def test_each_of_the_latest_steps_goes_up_down_and_up(history: tuple[Config, list[str]]) -> None:
    config, revisions = history
    command.upgrade(config, revisions[-LATEST - 1])
    climb(config, revisions[-LATEST:])


@pytest.mark.slow("documents")
def test_each_step_goes_up_down_and_up(history: tuple[Config, list[str]]) -> None:
    climb(*history)


def climb(config: Config, revisions: Sequence[str]) -> None:
    for revision in revisions:
        before = catalogue()
        command.upgrade(config, revision)
        made = catalogue()
        command.downgrade(config, "-1")
        assert catalogue() == before, f"{revision} leaves something behind when it goes down"
        command.upgrade(config, revision)
        assert catalogue() == made, f"{revision} makes something else the second time"


def test_the_history_is_one_line_and_says_what_the_models_say(history: tuple[Config, list[str]]) -> None:
    config, revisions = history
    assert newest_revisions() == {revisions[-1]} == set(ScriptDirectory.from_config(config).get_heads())
    command.upgrade(config, "head")
    command.check(config)
    command.downgrade(config, "base")
    assert catalogue() == set()


KEYS = """
    select c.conrelid::regclass::text, array_agg(a.attname::text order by k.place)
      from pg_constraint c, unnest(c.conkey) with ordinality k (attnum, place), pg_attribute a
     where c.contype = 'p' and a.attrelid = c.conrelid and a.attnum = k.attnum
     group by c.conrelid
"""


def test_the_models_say_the_keys_of_the_tables(connection: psycopg.Connection) -> None:
    """Alembic compares no primary keys."""
    found = dict(connection.execute(KEYS).fetchall())
    said = {
        name: [column.name for column in table.primary_key]
        for name, table in SQLModel.metadata.tables.items()
    }
    assert {name: found.get(name, []) for name in said} == said
    assert said["scores"] == [], "its only writer proves that a customer stands once"
    assert "scores_attrition" not in found
