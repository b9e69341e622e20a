"""One Alembic history for domain, geo and ml. The database is DATABASE_URL."""

import os

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import create_engine, pool, text
from sqlmodel import SQLModel

import domain.tables  # noqa: F401  (registers the tables)
import geo.tables  # noqa: F401
import ml.tables  # noqa: F401


def database_url() -> str:
    return os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://", 1)


# A migration that waits for a lock holds up everybody behind it. So it gives up, and is tried again at a quieter hour.
LOCK_TIMEOUT = "-c lock_timeout=5s"


def run_migrations() -> None:
    engine = create_engine(database_url(), poolclass=pool.NullPool, connect_args={"options": LOCK_TIMEOUT})
    with engine.connect() as connection:
        # Models know a partitioned table as one; its partitions are made by SQL.
        found = connection.execute(
            text("select relname from pg_class where relispartition and relkind = 'r'")
        )
        partitions = frozenset(found.scalars())

        def include_object(
            object_: object, name: str, type_: str, reflected: bool, compare_to: object
        ) -> bool:
            if type_ == "table" and reflected and name in partitions:
                return False
            return bool(alembic_helpers.include_object(object_, name, type_, reflected, compare_to))

        connection.rollback()
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            # Locks of one revision are let go before the next begins.
            transaction_per_migration=True,
            include_object=include_object,
            process_revision_directives=alembic_helpers.writer,
            render_item=alembic_helpers.render_item,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
