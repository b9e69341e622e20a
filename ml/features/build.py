"""The step `features`: the features of the data date, and of past month-ends when a model is to be trained."""

from datetime import date

from psycopg import sql

from domain.shared.night import DOING, Connection, Night, Report, StepResult
from ml import night_statements as said
from ml.features import partitions, statement
from ml.features.dates import Reach, labelled_month_ends, reach
from ml.registry import is_training_wanted

TRAINING_CUSTOMERS = 100_000
"""A model of this size learns nothing more from more of them, and the night stays short."""


def build_features(connection: Connection, night: Night, report: Report) -> StepResult:
    """Features of the data date for all, or for the changed customers when that day was built before.

    A new day changes everybody (accounts age, terms come closer), so it is built whole; the same day again, after
    a late correction, is built for those whom the correction touched.
    """
    known = reach(connection)
    months = labelled_month_ends(night.data_date, known.core_deposit)
    is_built = partitions.signature_of(connection, night.data_date) == statement.signature()
    report(0.0, DOING(doing="FEATURES"))
    if is_built and not night.is_full:
        rows = rebuild_changed(connection, night, known)
    else:
        rows = build_day(connection, night.data_date, known)
    figures = {"customers": float(rows)}
    if is_training_wanted(connection, night):
        share = _training_share(connection)
        for done, month in enumerate(months, start=1):
            report(done / (len(months) + 1), said.FEATURES_OF(month_on=month))
            figures["training_rows"] = figures.get("training_rows", 0.0) + build_day(
                connection, month, known, statement.sampled(share) if share < 1 else statement.EVERYBODY
            )
    partitions.drop_all_but(connection, {night.data_date, *months})
    return StepResult(rows, said.FEATURES_DONE(customers=rows), figures)


def build_day(
    connection: Connection, day: date, known: Reach, who: sql.Composable = statement.EVERYBODY
) -> int:
    """Fill the partition of a day from nothing; gives its rows."""
    fresh = f"{partitions.name_of(day)}_new"
    named = sql.Identifier(fresh)
    connection.execute("set local work_mem = '256MB'")
    connection.execute(sql.SQL("drop table if exists {}").format(named))
    made = connection.execute(
        sql.SQL("create table {} as\n{}").format(named, statement.packed(day, known, who))
    )
    connection.execute("set local work_mem to default")
    connection.execute(sql.SQL("alter table {} alter packed set not null").format(named))
    connection.execute(
        sql.SQL("alter table {} add constraint {} primary key (data_date, customer_id)").format(
            named, sql.Identifier(f"{fresh}_pkey")
        )
    )
    connection.execute(sql.SQL("analyze {}").format(named))
    partitions.put_in_place(connection, "customer_features", fresh, partitions.name_of(day), day.isoformat())
    partitions.sign(connection, day, statement.signature())
    return made.rowcount


def rebuild_changed(connection: Connection, night: Night, known: Reach) -> int:
    """Make the features of the night's changed customers anew and take away those that are no customers any more."""
    connection.execute("drop table if exists changed_customers")
    connection.execute(
        "create temporary table changed_customers (customer_id bigint primary key) on commit drop"
    )
    connection.execute(
        "insert into changed_customers select customer_id from night_changes where night_run_id = %s",
        [night.run_id],
    )
    connection.execute("analyze changed_customers")
    connection.execute(
        "delete from customer_features f where data_date = %s and ("
        "customer_id in (select customer_id from changed_customers)"
        " or not exists (select from customers c where c.id = f.customer_id))",
        [night.data_date],
    )
    made = connection.execute(
        sql.SQL("insert into customer_features (data_date, customer_id, packed)\n{}").format(
            statement.packed(night.data_date, known, statement.CHANGED)
        )
    )
    return made.rowcount


def _training_share(connection: Connection) -> float:
    row = connection.execute("select count(*) from customers").fetchone()
    customers = row[0] if row else 0
    return min(1.0, TRAINING_CUSTOMERS / customers) if customers else 1.0
