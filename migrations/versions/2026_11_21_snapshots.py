"""snapshots of the eight feeds; the key of a quarantined row"""

import sqlalchemy as sa
from alembic import op

revision = "5a1c0de5a001"
down_revision = "51ebdb79cc7d"
branch_labels = None
depends_on = None

# The contracts as they were on the day of this migration (domain/feeds/snapshots.py wrote them).
STATEMENTS = (
    """
    create table src_core_customer (
        cust_no text not null,
        kind text not null,
        name text not null,
        cert_type text,
        cert_no text,
        uscc text,
        birth_on date,
        gender text,
        phone text,
        address text,
        village_code text,
        industry text,
        legal_rep_name text,
        legal_rep_cert_no text,
        org_no text not null,
        opened_on date not null,
        status text not null,
        row_hash bigint not null,
        batch_id bigint not null,
        from_on date not null,
        to_on date not null
    ) partition by range (to_on)
    """,
    "create table src_core_customer_current partition of src_core_customer for values from ('infinity') to (maxvalue)",
    "create table src_core_customer_past partition of src_core_customer for values from (minvalue) to ('infinity')",
    "create unique index uq_src_core_customer_current on src_core_customer_current (cust_no)",
    "alter table src_core_customer_past add primary key (cust_no, from_on, batch_id, to_on)",
    "create index ix_src_core_customer_as_of on src_core_customer_past using brin (to_on, from_on)",
    """
    create table src_core_deposit (
        acct_no text not null,
        cust_no text not null,
        subject text,
        product text not null,
        currency text,
        balance_fen bigint not null,
        average_month_fen bigint,
        average_3m_fen bigint,
        opened_on date not null,
        matures_on date,
        org_no text,
        status text not null,
        row_hash bigint not null,
        batch_id bigint not null,
        from_on date not null,
        to_on date not null
    ) partition by range (to_on)
    """,
    "create table src_core_deposit_current partition of src_core_deposit for values from ('infinity') to (maxvalue)",
    "create table src_core_deposit_past partition of src_core_deposit for values from (minvalue) to ('infinity')",
    "create unique index uq_src_core_deposit_current on src_core_deposit_current (acct_no)",
    "alter table src_core_deposit_past add primary key (acct_no, from_on, batch_id, to_on)",
    "create index ix_src_core_deposit_as_of on src_core_deposit_past using brin (to_on, from_on)",
    "create index ix_src_core_deposit_cust_no on src_core_deposit (cust_no)",
    """
    create table src_loan (
        loan_no text not null,
        contract_no text,
        cust_no text not null,
        product text not null,
        purpose text not null,
        industry text,
        guarantee text,
        amount_fen bigint not null,
        balance_fen bigint not null,
        rate_bps integer not null,
        start_on date not null,
        end_on date not null,
        five_class text,
        overdue_days integer not null,
        org_no text,
        status text not null,
        row_hash bigint not null,
        batch_id bigint not null,
        from_on date not null,
        to_on date not null
    ) partition by range (to_on)
    """,
    "create table src_loan_current partition of src_loan for values from ('infinity') to (maxvalue)",
    "create table src_loan_past partition of src_loan for values from (minvalue) to ('infinity')",
    "create unique index uq_src_loan_current on src_loan_current (loan_no)",
    "alter table src_loan_past add primary key (loan_no, from_on, batch_id, to_on)",
    "create index ix_src_loan_as_of on src_loan_past using brin (to_on, from_on)",
    "create index ix_src_loan_cust_no on src_loan (cust_no)",
    """
    create table src_credit_line (
        contract_no text not null,
        cust_no text not null,
        line_fen bigint not null,
        used_fen bigint not null,
        is_cyclic text,
        start_on date not null,
        end_on date not null,
        purpose text not null,
        status text not null,
        row_hash bigint not null,
        batch_id bigint not null,
        from_on date not null,
        to_on date not null
    ) partition by range (to_on)
    """,
    "create table src_credit_line_current partition of src_credit_line for values from ('infinity') to (maxvalue)",
    "create table src_credit_line_past partition of src_credit_line for values from (minvalue) to ('infinity')",
    "create unique index uq_src_credit_line_current on src_credit_line_current (contract_no)",
    "alter table src_credit_line_past add primary key (contract_no, from_on, batch_id, to_on)",
    "create index ix_src_credit_line_as_of on src_credit_line_past using brin (to_on, from_on)",
    "create index ix_src_credit_line_cust_no on src_credit_line (cust_no)",
    """
    create table src_crm_legacy (
        crm_id text not null,
        cust_no text,
        name text not null,
        phone text,
        manager_no text,
        address text,
        note text,
        updated_on date,
        row_hash bigint not null,
        batch_id bigint not null,
        from_on date not null,
        to_on date not null
    ) partition by range (to_on)
    """,
    "create table src_crm_legacy_current partition of src_crm_legacy for values from ('infinity') to (maxvalue)",
    "create table src_crm_legacy_past partition of src_crm_legacy for values from (minvalue) to ('infinity')",
    "create unique index uq_src_crm_legacy_current on src_crm_legacy_current (crm_id)",
    "alter table src_crm_legacy_past add primary key (crm_id, from_on, batch_id, to_on)",
    "create index ix_src_crm_legacy_as_of on src_crm_legacy_past using brin (to_on, from_on)",
    "create index ix_src_crm_legacy_cust_no on src_crm_legacy (cust_no)",
    """
    create table src_sunshine_credit (
        file_no text not null,
        head_name text not null,
        head_cert_no text,
        phone text,
        members integer,
        village_code text,
        address text,
        annual_income_fen bigint,
        assets_fen bigint,
        review_score integer,
        pre_line_fen bigint not null,
        valid_to date,
        lon_deg double precision,
        lat_deg double precision,
        datum text,
        surveyed_on date,
        row_hash bigint not null,
        batch_id bigint not null,
        from_on date not null,
        to_on date not null
    ) partition by range (to_on)
    """,
    "create table src_sunshine_credit_current partition of src_sunshine_credit"
    " for values from ('infinity') to (maxvalue)",
    "create table src_sunshine_credit_past partition of src_sunshine_credit for values from (minvalue) to ('infinity')",
    "create unique index uq_src_sunshine_credit_current on src_sunshine_credit_current (file_no)",
    "alter table src_sunshine_credit_past add primary key (file_no, from_on, batch_id, to_on)",
    "create index ix_src_sunshine_credit_as_of on src_sunshine_credit_past using brin (to_on, from_on)",
    """
    create table src_household (
        hukou_no text not null,
        person_no text not null,
        name text not null,
        cert_no text,
        relation text not null,
        gender text,
        birth_on date,
        village_code text,
        address text,
        status text not null,
        row_hash bigint not null,
        batch_id bigint not null,
        from_on date not null,
        to_on date not null
    ) partition by range (to_on)
    """,
    "create table src_household_current partition of src_household for values from ('infinity') to (maxvalue)",
    "create table src_household_past partition of src_household for values from (minvalue) to ('infinity')",
    "create unique index uq_src_household_current on src_household_current (hukou_no, person_no)",
    "alter table src_household_past add primary key (hukou_no, person_no, from_on, batch_id, to_on)",
    "create index ix_src_household_as_of on src_household_past using brin (to_on, from_on)",
    """
    create table src_pos_merchant (
        merchant_no text not null,
        name text not null,
        uscc text,
        operator_name text,
        operator_cert_no text,
        phone text,
        settle_acct_no text,
        mcc text,
        address text,
        lon_deg double precision,
        lat_deg double precision,
        datum text,
        installed_on date,
        month_volume_fen bigint not null,
        month_count integer,
        status text not null,
        row_hash bigint not null,
        batch_id bigint not null,
        from_on date not null,
        to_on date not null
    ) partition by range (to_on)
    """,
    "create table src_pos_merchant_current partition of src_pos_merchant for values from ('infinity') to (maxvalue)",
    "create table src_pos_merchant_past partition of src_pos_merchant for values from (minvalue) to ('infinity')",
    "create unique index uq_src_pos_merchant_current on src_pos_merchant_current (merchant_no)",
    "alter table src_pos_merchant_past add primary key (merchant_no, from_on, batch_id, to_on)",
    "create index ix_src_pos_merchant_as_of on src_pos_merchant_past using brin (to_on, from_on)",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for statement in STATEMENTS:
        op.execute(statement)
    op.add_column("quarantined_rows", sa.Column("key", sa.Text(), nullable=True))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("quarantined_rows", "key")
    op.execute("drop table src_pos_merchant")
    op.execute("drop table src_household")
    op.execute("drop table src_sunshine_credit")
    op.execute("drop table src_crm_legacy")
    op.execute("drop table src_credit_line")
    op.execute("drop table src_loan")
    op.execute("drop table src_core_deposit")
    op.execute("drop table src_core_customer")
