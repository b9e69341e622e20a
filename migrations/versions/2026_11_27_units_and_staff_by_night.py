"""units and staff as nightly files, the night that brought an import, and coverage of past days"""

import sqlalchemy as sa
from alembic import op

revision = "7d20c9ab41e6"
down_revision = "9d0e6b7a4c27"
branch_labels = None
depends_on = None

_SNAPSHOTS = """
CREATE TABLE src_org (
    org_no TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT,
    parent_no TEXT,
    address TEXT,
    lon_deg DOUBLE PRECISION,
    lat_deg DOUBLE PRECISION,
    datum TEXT,
    town_code TEXT,
    opened_on DATE,
    closed_on DATE,
    changed_on DATE,
    row_hash BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL
) PARTITION BY RANGE (to_on);
create table src_org_current partition of src_org for values from ('infinity') to (maxvalue);
create table src_org_past partition of src_org for values from (minvalue) to ('infinity');
create unique index uq_src_org_current on src_org_current (org_no);
alter table src_org_past add primary key (org_no, from_on, batch_id, to_on);
create index ix_src_org_as_of on src_org_past using brin (to_on, from_on);
CREATE TABLE src_staff (
    staff_no TEXT NOT NULL,
    name TEXT NOT NULL,
    org_no TEXT NOT NULL,
    duty TEXT,
    phone TEXT,
    full_time_percent INTEGER,
    joined_on DATE,
    left_on DATE,
    moved_on DATE,
    leave_from_on DATE,
    leave_to_on DATE,
    row_hash BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL
) PARTITION BY RANGE (to_on);
create table src_staff_current partition of src_staff for values from ('infinity') to (maxvalue);
create table src_staff_past partition of src_staff for values from (minvalue) to ('infinity');
create unique index uq_src_staff_current on src_staff_current (staff_no);
alter table src_staff_past add primary key (staff_no, from_on, batch_id, to_on);
create index ix_src_staff_as_of on src_staff_past using brin (to_on, from_on)
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for statement in _SNAPSHOTS.split(";"):
        op.execute(statement)
    op.add_column("imports", sa.Column("night_run_id", sa.BigInteger(), nullable=True))
    # Days are many, and of those kept so far both counts are the same: nothing is written anew.
    op.add_column("atom_sums", sa.Column("visited_here_90d", sa.Integer(), nullable=True))
    op.create_foreign_key("imports_night_run_id_fkey", "imports", "night_runs", ["night_run_id"], ["id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("atom_sums", "visited_here_90d")
    op.drop_column("imports", "night_run_id")
    for table in ("src_staff", "src_org"):
        op.drop_table(table)
