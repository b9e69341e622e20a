"""by which channels customers come, who is insured by whom, who owns which rooms"""

from alembic import op

revision = "b7d20c61fe45"
down_revision = "e81b4c70d952"
branch_labels = None
depends_on = None

_SNAPSHOTS = """
CREATE TABLE src_channel (
    cust_no TEXT NOT NULL,
    channel TEXT NOT NULL,
    opened_on DATE,
    last_used_on DATE,
    status TEXT NOT NULL,
    row_hash BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL
) PARTITION BY RANGE (to_on);
create table src_channel_current partition of src_channel for values from ('infinity') to (maxvalue);
create table src_channel_past partition of src_channel for values from (minvalue) to ('infinity');
create unique index uq_src_channel_current on src_channel_current (cust_no, channel);
alter table src_channel_past add primary key (cust_no, channel, from_on, batch_id, to_on);
create index ix_src_channel_as_of on src_channel_past using brin (to_on, from_on);
CREATE TABLE src_social_security (
    record_no TEXT NOT NULL,
    cert_no TEXT NOT NULL,
    name TEXT,
    payer_uscc TEXT,
    payer_name TEXT,
    kind TEXT,
    since_on DATE,
    paid_to_on DATE,
    months INTEGER,
    base_fen BIGINT,
    status TEXT NOT NULL,
    row_hash BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL
) PARTITION BY RANGE (to_on);
create table src_social_security_current partition of src_social_security for values from ('infinity') to (maxvalue);
create table src_social_security_past partition of src_social_security for values from (minvalue) to ('infinity');
create unique index uq_src_social_security_current on src_social_security_current (record_no);
alter table src_social_security_past add primary key (record_no, from_on, batch_id, to_on);
create index ix_src_social_security_as_of on src_social_security_past using brin (to_on, from_on);
CREATE TABLE src_property (
    room_no TEXT NOT NULL,
    owner_cert_no TEXT NOT NULL,
    owner_name TEXT,
    since_on DATE,
    use TEXT,
    is_mortgaged TEXT,
    village_code TEXT,
    address TEXT,
    status TEXT NOT NULL,
    row_hash BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL
) PARTITION BY RANGE (to_on);
create table src_property_current partition of src_property for values from ('infinity') to (maxvalue);
create table src_property_past partition of src_property for values from (minvalue) to ('infinity');
create unique index uq_src_property_current on src_property_current (room_no, owner_cert_no);
alter table src_property_past add primary key (room_no, owner_cert_no, from_on, batch_id, to_on);
create index ix_src_property_as_of on src_property_past using brin (to_on, from_on)
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for statement in _SNAPSHOTS.split(";"):
        op.execute(statement)
    op.execute("""
        insert into retention (what, days, why)
        select 'src_' || feed, 30, '依据终止后只为核对封存；期满删除原始行'
          from unnest(array['social_security', 'property']) feed
    """)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("delete from retention where what in ('src_social_security', 'src_property')")
    for table in ("src_property", "src_social_security", "src_channel"):
        op.drop_table(table)
