"""what other offices tell of firms, and the facts that follow from it"""

import sqlalchemy as sa
from alembic import op

revision = "e81b4c70d952"
down_revision = "e5027b10a3c5"
branch_labels = None
depends_on = None

_SNAPSHOTS = """
CREATE TABLE src_firm_year (
    uscc TEXT NOT NULL,
    year INTEGER NOT NULL,
    name TEXT,
    staff INTEGER,
    revenue_fen BIGINT,
    assets_fen BIGINT,
    industry TEXT,
    industry_edition TEXT,
    row_hash BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL
) PARTITION BY RANGE (to_on);
create table src_firm_year_current partition of src_firm_year for values from ('infinity') to (maxvalue);
create table src_firm_year_past partition of src_firm_year for values from (minvalue) to ('infinity');
create unique index uq_src_firm_year_current on src_firm_year_current (uscc, year);
alter table src_firm_year_past add primary key (uscc, year, from_on, batch_id, to_on);
create index ix_src_firm_year_as_of on src_firm_year_past using brin (to_on, from_on);
CREATE TABLE src_registry (
    uscc TEXT NOT NULL,
    name TEXT,
    state TEXT NOT NULL,
    representative TEXT,
    capital_fen BIGINT,
    registered_on DATE,
    industry TEXT,
    address TEXT,
    updated_on DATE,
    row_hash BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL
) PARTITION BY RANGE (to_on);
create table src_registry_current partition of src_registry for values from ('infinity') to (maxvalue);
create table src_registry_past partition of src_registry for values from (minvalue) to ('infinity');
create unique index uq_src_registry_current on src_registry_current (uscc);
alter table src_registry_past add primary key (uscc, from_on, batch_id, to_on);
create index ix_src_registry_as_of on src_registry_past using brin (to_on, from_on);
CREATE TABLE src_tax_power (
    uscc TEXT NOT NULL,
    tax_grade TEXT,
    grade_year INTEGER,
    month_on DATE,
    power_kwh INTEGER,
    power_kwh_year_before INTEGER,
    row_hash BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL
) PARTITION BY RANGE (to_on);
create table src_tax_power_current partition of src_tax_power for values from ('infinity') to (maxvalue);
create table src_tax_power_past partition of src_tax_power for values from (minvalue) to ('infinity');
create unique index uq_src_tax_power_current on src_tax_power_current (uscc);
alter table src_tax_power_past add primary key (uscc, from_on, batch_id, to_on);
create index ix_src_tax_power_as_of on src_tax_power_past using brin (to_on, from_on)
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for statement in _SNAPSHOTS.split(";"):
        op.execute(statement)
    op.create_table(
        "customer_facts",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("fen", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("day_on", sa.Date(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.CheckConstraint("num_nonnulls(fen, number, said, day_on) = 1", name="customer_facts_value_check"),
        sa.PrimaryKeyConstraint("customer_id", "name", "feed", name="customer_facts_pkey"),
    )
    op.create_index("ix_customer_facts_name", "customer_facts", ["name", "customer_id"])
    op.execute("""
        insert into retention (what, days, why)
        select 'src_' || feed, 30, '依据终止后只为核对封存；期满删除原始行'
          from unnest(array['firm_year', 'registry', 'tax_power']) feed
    """)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from retention where what in ('src_firm_year', 'src_registry', 'src_tax_power')")
    op.drop_table("customer_facts")
    for table in ("src_tax_power", "src_registry", "src_firm_year"):
        op.drop_table(table)
