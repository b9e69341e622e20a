"""what the scores of a run have in common is kept once, so that a million of them are written in less than a second"""

import sqlalchemy as sa
from alembic import op

revision = "5c04e5a11001"
down_revision = "51a1fa11ed01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "score_runs",
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("night_run_id", sa.BigInteger(), nullable=False),
        sa.Column("model_version_id", sa.BigInteger(), nullable=False),
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["model_version_id"], ["model_versions.id"]),
        sa.PrimaryKeyConstraint("model"),
    )
    # A run replaced all scores of its model, so there is one; it was of the night whose step `score` came last.
    op.execute("""
        insert into score_runs (model, night_run_id, model_version_id, data_date, made_at)
        select distinct on (s.model) s.model, coalesce(made.night_run_id, 0), s.model_version_id, s.data_date,
               coalesce(made.started_at, now())
          from (select distinct model, model_version_id, data_date from scores) s
          left join lateral (
               select n.night_run_id, n.started_at
                 from night_steps n join night_runs r on r.id = n.night_run_id
                where n.name = 'score' and n.state = 'DONE' and r.data_date = s.data_date
                order by n.night_run_id desc limit 1) made on true
         order by s.model, s.data_date desc, s.model_version_id desc
    """)
    _rename_scores()
    op.execute("""
        create table scores (
            customer_id bigint not null,
            value double precision not null,
            band smallint not null,
            model varchar not null
        ) partition by list (model)
    """)
    op.execute("""
        create table scores_attrition partition of scores (model default 'attrition', primary key (customer_id))
           for values in ('attrition')
    """)
    op.execute("""
        insert into scores (customer_id, value, band, model)
        select s.customer_id, s.value, s.band, s.model
          from old_scores s join score_runs r using (model, model_version_id, data_date)
    """)
    op.execute("drop table old_scores")
    op.execute("alter table score_reasons add night_run_id bigint")
    op.execute("""
        update score_reasons s set night_run_id = r.night_run_id from score_runs r
         where (r.model, r.model_version_id, r.data_date) = (s.model, s.model_version_id, s.data_date)
    """)
    # Reasons of an earlier run were not shown, and the next step `reasons` would have removed them.
    op.execute("delete from score_reasons where night_run_id is null")
    op.execute("alter table score_reasons alter night_run_id set not null")
    op.execute("alter table score_reasons drop model_version_id, drop data_date")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute("alter table score_reasons add data_date date, add model_version_id bigint")
    op.execute("""
        update score_reasons s set data_date = r.data_date, model_version_id = r.model_version_id from score_runs r
         where (r.model, r.night_run_id) = (s.model, s.night_run_id)
    """)
    op.execute("delete from score_reasons where data_date is null")
    op.execute("alter table score_reasons alter data_date set not null, alter model_version_id set not null")
    op.execute("alter table score_reasons drop night_run_id")
    _rename_scores()
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
    op.execute("""
        insert into scores (model, customer_id, model_version_id, data_date, value, band)
        select model, s.customer_id, r.model_version_id, r.data_date, s.value, s.band
          from old_scores s join score_runs r using (model)
    """)
    op.execute("drop table old_scores")
    op.drop_table("score_runs")


def _rename_scores() -> None:
    """Make room for tables and keys of the same names."""
    op.execute("alter table scores rename to old_scores")
    op.execute("alter index if exists scores_pkey rename to old_scores_pkey")
    op.execute("alter table scores_attrition rename to old_scores_attrition")
    op.execute("alter index scores_attrition_pkey rename to old_scores_attrition_pkey")
