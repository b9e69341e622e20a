"""The nightly clock of a worker."""

import asyncio
import os
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

import api.worker
from api.jobs.context import JobContext
from api.settings import Settings


async def test_a_night_that_falls_due_while_the_database_is_away_is_opened_when_it_is_back(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.worker, "OPEN_AGAIN_SECONDS", 0.05)
    given = Settings(database_url=database_url, redis_url=os.environ["TEST_REDIS_URL"], landing=tmp_path)
    work = api.worker.Work(given, JobContext(database_url, tmp_path))
    name = sql.Identifier(database_url.rsplit("/", 1)[1])
    server = database_url.rsplit("/", 1)[0] + "/postgres"
    with psycopg.connect(server, autocommit=True) as away:
        away.execute(sql.SQL("alter database {} with allow_connections false").format(name))
        opening = asyncio.create_task(api.worker._open_tonight(given, work))
        await asyncio.sleep(0.5)
        assert not opening.done()
        away.execute(sql.SQL("alter database {} with allow_connections true").format(name))
        await asyncio.wait_for(opening, 10)
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select state from night_runs").fetchall() == [("RUNNING",)]
