"""the list in the order of deposits, loans and last visits, for the bank and for an outlet"""

import sqlalchemy as sa
from alembic import op

revision = "0bde11571127"
down_revision = "719475a1e027"
branch_labels = None
depends_on = None

_VALUES = {
    "deposit": "nullif(deposit_fen, 0)",
    "loan": "nullif(loan_fen, 0)",
    "visit": "last_visit_on",
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name, value in _VALUES.items():
        order, is_known = sa.text(f"{value} desc nulls last"), sa.text(f"{value} is not null")
        for prefix, scope in (("ix_customers", []), ("ix_customers_org", ["org_unit_id"])):
            op.create_index(f"{prefix}_{name}", "customers", [*scope, order, "id"], postgresql_where=is_known)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name in _VALUES:
        for prefix in ("ix_customers", "ix_customers_org"):
            op.drop_index(f"{prefix}_{name}", "customers")
