"""The sealer of a worker: chains the audit rows that were committed, and tells the log how far the chain has come."""

from datetime import UTC, datetime, timedelta

import structlog

from api.jobs.kept import Kept
from domain.shared import audit

log = structlog.get_logger()

HEAD_EVERY = timedelta(minutes=1)


class Sealer:
    """Called once a second by one thread of each worker; several of them do not hinder one another."""

    def __init__(self, database_url: str, key: bytes) -> None:
        self._kept = Kept(database_url)
        self._key = key
        self._told_at = datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> None:
        connection = self._kept()
        if not audit.has_unsealed(connection):
            return
        with connection.transaction():
            head = audit.seal(connection, self._key)
        now = datetime.now(UTC)
        if head is not None and now - self._told_at >= HEAD_EVERY:
            # The log is kept outside the database: a chain whose tail was cut no longer holds this head.
            log.info("audit.head", position=head.position, sha256=head.sha256.hex())
            self._told_at = now

    def close(self) -> None:
        self._kept.close()
