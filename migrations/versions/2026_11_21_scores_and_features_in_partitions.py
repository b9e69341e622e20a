"""scores and features in partitions, so that a night replaces them whole"""

from alembic import op

revision = "6d0de15c0e01"
down_revision = "5a1c0de5a001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table scores rename to old_scores")
    op.execute("alter index scores_pkey rename to old_scores_pkey")
    op.execute("""
        create table scores (
            model varchar not null,
            customer_id bigint not null,
            model_version_id bigint not null,
            data_date date not null,
            value double precision not null,
            band smallint not null,
            primary key (customer_id, model)
        ) partition by list (model)
    """)
    op.execute("create table scores_attrition partition of scores for values in ('attrition')")
    # Scores and features are made again by each night; nothing of the old form is worth carrying over but the scores.
    op.execute(
        "insert into scores select model, customer_id, model_version_id, data_date, value, band from old_scores"
    )
    op.execute("drop table old_scores")
    op.execute("drop table customer_features")
    op.execute("""
        create table customer_features (
            data_date date not null,
            customer_id bigint not null,
            packed bytea not null,
            primary key (data_date, customer_id)
        ) partition by list (data_date)
    """)


def downgrade() -> None:
    op.execute("drop table customer_features")
    op.execute("""
        create table customer_features (
            data_date date not null,
            customer_id bigint not null,
            packed bytea not null,
            primary key (data_date, customer_id)
        )
    """)
    op.execute("alter table scores rename to new_scores")
    op.execute("alter index scores_pkey rename to new_scores_pkey")
    op.execute("""
        create table scores (
            model varchar not null,
            customer_id bigint not null,
            model_version_id bigint not null references model_versions (id),
            data_date date not null,
            value double precision not null,
            band smallint not null,
            primary key (model, customer_id)
        )
    """)
    op.execute(
        "insert into scores select model, customer_id, model_version_id, data_date, value, band from new_scores"
    )
    op.execute("drop table new_scores")
