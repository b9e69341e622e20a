"""what third parties tell, what is applied for, what secures loans, and what foreign money is worth"""

import sqlalchemy as sa
from alembic import op

revision = "c3f85e7a1b06"
down_revision = "0a9e55b1e027"
branch_labels = None
depends_on = None

_SNAPSHOTS = """
CREATE TABLE src_facts (
    about TEXT NOT NULL,
    about_no TEXT NOT NULL,
    told_by TEXT NOT NULL,
    what TEXT NOT NULL,
    amount_fen BIGINT,
    number INTEGER,
    said TEXT,
    day DATE,
    as_of DATE,
    row_hash BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL
) PARTITION BY RANGE (to_on);
create table src_facts_current partition of src_facts for values from ('infinity') to (maxvalue);
create table src_facts_past partition of src_facts for values from (minvalue) to ('infinity');
create unique index uq_src_facts_current on src_facts_current (about, about_no, told_by, what);
alter table src_facts_past add primary key (about, about_no, told_by, what, from_on, batch_id, to_on);
create index ix_src_facts_as_of on src_facts_past using brin (to_on, from_on);
CREATE TABLE src_application (
    application_no TEXT NOT NULL,
    cust_no TEXT,
    cert_no TEXT,
    name TEXT,
    product TEXT NOT NULL,
    amount_fen BIGINT NOT NULL,
    applied_on DATE NOT NULL,
    came_by TEXT,
    state TEXT NOT NULL,
    decided_on DATE,
    granted_fen BIGINT,
    contract_no TEXT,
    org_no TEXT,
    row_hash BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL
) PARTITION BY RANGE (to_on);
create table src_application_current partition of src_application for values from ('infinity') to (maxvalue);
create table src_application_past partition of src_application for values from (minvalue) to ('infinity');
create unique index uq_src_application_current on src_application_current (application_no);
alter table src_application_past add primary key (application_no, from_on, batch_id, to_on);
create index ix_src_application_as_of on src_application_past using brin (to_on, from_on);
CREATE INDEX ix_src_application_cust_no ON src_application (cust_no);
CREATE TABLE src_guarantee (
    guarantee_no TEXT NOT NULL,
    contract_no TEXT NOT NULL,
    kind TEXT NOT NULL,
    guarantor_no TEXT,
    guarantor_cert_no TEXT,
    guarantor_name TEXT,
    collateral TEXT,
    amount_fen BIGINT NOT NULL,
    value_fen BIGINT,
    valued_on DATE,
    end_on DATE,
    status TEXT NOT NULL,
    row_hash BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL
) PARTITION BY RANGE (to_on);
create table src_guarantee_current partition of src_guarantee for values from ('infinity') to (maxvalue);
create table src_guarantee_past partition of src_guarantee for values from (minvalue) to ('infinity');
create unique index uq_src_guarantee_current on src_guarantee_current (guarantee_no);
alter table src_guarantee_past add primary key (guarantee_no, from_on, batch_id, to_on);
create index ix_src_guarantee_as_of on src_guarantee_past using brin (to_on, from_on);
CREATE TABLE src_fx (
    currency TEXT NOT NULL,
    rate_on DATE NOT NULL,
    units INTEGER NOT NULL,
    rate_fen BIGINT NOT NULL,
    row_hash BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL
) PARTITION BY RANGE (to_on);
create table src_fx_current partition of src_fx for values from ('infinity') to (maxvalue);
create table src_fx_past partition of src_fx for values from (minvalue) to ('infinity');
create unique index uq_src_fx_current on src_fx_current (currency);
alter table src_fx_past add primary key (currency, from_on, batch_id, to_on);
create index ix_src_fx_as_of on src_fx_past using brin (to_on, from_on)
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for statement in _SNAPSHOTS.split(";"):
        op.execute(statement)
    op.create_table(
        "loan_guarantees",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("guarantee_no", sa.String(), nullable=False),
        sa.Column("loan_number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("guarantor_name", sa.String(), nullable=True),
        sa.Column("collateral", sa.String(), nullable=True),
        sa.Column("value_fen", sa.BigInteger(), nullable=True),
        sa.Column("valued_on", sa.Date(), nullable=True),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind in ('1', '2', '3')", name="loan_guarantees_kind_check"),
        sa.PrimaryKeyConstraint("customer_id", "guarantee_no", "loan_number", name="loan_guarantees_pkey"),
    )
    op.add_column("foreign_deposits", sa.Column("worth_fen", sa.BigInteger(), nullable=True))
    op.add_column("foreign_deposits", sa.Column("rate_on", sa.Date(), nullable=True))
    op.execute("""
        insert into retention (what, days, why)
        values ('src_facts', 30, '依据终止后只为核对封存；期满删除原始行')
    """)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from retention where what = 'src_facts'")
    op.drop_column("foreign_deposits", "rate_on")
    op.drop_column("foreign_deposits", "worth_fen")
    op.drop_table("loan_guarantees")
    for table in ("src_fx", "src_guarantee", "src_application", "src_facts"):
        op.drop_table(table)
