"""One Alembic history for domain, geo and ml. The database is DATABASE_URL."""

import os

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import create_engine, pool
from sqlmodel import SQLModel

import domain.tables  # noqa: F401  (registers the tables)
import geo.tables  # noqa: F401
import ml.tables  # noqa: F401


def database_url() -> str:
    return os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://", 1)


# Tables that SQL makes and models do not: the source snapshots (src_*), staging, and partitions.
OWNED_BY_SQL = ("src_", "staging_", "customer_features_", "scores_")


def include_object(object_: object, name: str, type_: str, reflected: bool, compare_to: object) -> bool:
    if type_ == "table" and reflected and name.startswith(OWNED_BY_SQL):
        return False
    return bool(alembic_helpers.include_object(object_, name, type_, reflected, compare_to))


def run_migrations() -> None:
    engine = create_engine(database_url(), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            include_object=include_object,
            process_revision_directives=alembic_helpers.writer,
            render_item=alembic_helpers.render_item,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
