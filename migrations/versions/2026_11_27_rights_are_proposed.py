"""roles and grants are changed by two persons: who may, and which proposal a grant came of"""

import sqlalchemy as sa
from alembic import op

revision = "7164757a4027"
down_revision = "a1b7c20e5027"
branch_labels = None
depends_on = None

SEE_AND_PROPOSE = ("rights.view", "rights.propose")
DECIDE = "rights.decide"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("scope_grants", sa.Column("proposal_id", sa.BigInteger()))
    op.create_foreign_key(
        "scope_grants_proposal_id_fkey", "scope_grants", "proposals", ["proposal_id"], ["id"]
    )
    # Whoever decided on parameters decides on rights, and whoever proposed those proposes these.
    _add("parameters.propose", SEE_AND_PROPOSE)
    _add("parameters.decide", (DECIDE,))


def _add(held: str, permissions: tuple[str, ...]) -> None:
    for one in permissions:
        op.execute(
            f"update roles set permissions = array_append(permissions, '{one}') where '{held}' = any(permissions)"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for one in (*SEE_AND_PROPOSE, DECIDE):
        op.execute(f"update roles set permissions = array_remove(permissions, '{one}')")
    op.drop_column("scope_grants", "proposal_id")
