"""A connection that a thread keeps for as long as it lives: a new one each second is most of what idling would cost."""

import psycopg

from domain.shared.night import Connection


class Kept:
    """Called, it gives the connection (autocommit), a new one where the last was lost. For one thread alone."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._connection: Connection | None = None

    def __call__(self) -> Connection:
        """Raises psycopg.OperationalError when the server is away."""
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(self._database_url, autocommit=True, connect_timeout=5)
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
