"""roles and grants are changed by two persons: who may, and which proposal a grant came of"""

import sqlalchemy as sa
from alembic import op

revision = "7164757a4027"
down_revision = "a1b7c20e5027"
branch_labels = None
depends_on = None

GIVEN = ("rights.view", "rights.propose", "rights.decide")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("scope_grants", sa.Column("proposal_id", sa.BigInteger()))
    op.create_foreign_key(
        "scope_grants_proposal_id_fkey", "scope_grants", "proposals", ["proposal_id"], ["id"]
    )
    # Whoever decided on parameters decides on rights, and whoever proposed those proposes these. A role may have had
    # one of the two alone, and nobody decides on what he does not see.
    _add("parameters.propose", ("rights.view", "rights.propose"))
    _add("parameters.decide", ("rights.view", "rights.decide"))


def _add(held: str, permissions: tuple[str, ...]) -> None:
    for one in permissions:
        op.execute(
            f"update roles set permissions = array_append(permissions, '{one}')"
            f" where '{held}' = any(permissions) and not '{one}' = any(permissions)"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for one in GIVEN:
        op.execute(f"update roles set permissions = array_remove(permissions, '{one}')")
    op.drop_column("scope_grants", "proposal_id")
