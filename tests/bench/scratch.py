"""A database of a benchmark's own, empty at the beginning and gone afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg


@contextmanager
def scratch(server_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to a fresh database on the server of `server_url`; transactions are the caller's."""
    name = f"yunge_scratch_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f'create database "{name}"')
        try:
            with psycopg.connect(server_url.rsplit("/", 1)[0] + "/" + name) as connection:
                yield connection
        finally:
            server.execute(f'drop database if exists "{name}" with (force)')
