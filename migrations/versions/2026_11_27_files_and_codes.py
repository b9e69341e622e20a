"""files that people send, and one-time codes of accounts"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "f11e5c0de001"
down_revision = "a70a5a45b027"
branch_labels = None
depends_on = None

KINDS = "'CSV', 'XLSX', 'SHAPEFILE', 'GEOJSON', 'KML', 'GPKG', 'JPEG', 'PNG', 'WEBP'"
WHY = "没有业务引用的文件不再需要；引用它的记录在，文件就在"
GIVEN = ("files.send", "accounts.view", "accounts.hand_out")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "files",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column(
            "asked_by_id",
            sa.BigInteger(),
            sa.ForeignKey("staff.id", name="files_asked_by_id_fkey"),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True)),
        sa.Column("sha256", sa.LargeBinary()),
        sa.Column("checked_at", sa.DateTime(timezone=True)),
        sa.Column("kind", sa.String()),
        sa.Column("kept_sha256", sa.LargeBinary()),
        sa.Column("kept_bytes", sa.BigInteger()),
        sa.Column("refusal", postgresql.JSONB()),
        sa.Column("used_by", sa.String()),
        sa.CheckConstraint(
            "state in ('EXPECTED', 'WAITING', 'CHECKED', 'REFUSED')", name="files_state_check"
        ),
        sa.CheckConstraint(f"kind in ({KINDS})", name="files_kind_check"),
        sa.CheckConstraint("(state = 'CHECKED') = (kept_sha256 is not null)", name="files_kept_check"),
        sa.CheckConstraint("(state = 'REFUSED') = (refusal is not null)", name="files_refusal_check"),
    )
    op.create_index("ix_files_asked_by_id", "files", ["asked_by_id", "asked_at"])
    op.create_index(
        "ix_files_kept_sha256", "files", ["kept_sha256"], postgresql_where=sa.text("kept_sha256 is not null")
    )
    op.add_column("accounts", sa.Column("code_until", sa.DateTime(timezone=True)))
    op.add_column("accounts", sa.Column("code_failures", sa.Integer(), server_default="0", nullable=False))
    op.add_column("accounts", sa.Column("code_by_id", sa.BigInteger()))
    op.create_foreign_key("accounts_code_by_id_fkey", "accounts", "staff", ["code_by_id"], ["id"])
    op.add_column("accounts", sa.Column("disabled_at", sa.DateTime(timezone=True)))
    op.execute("update accounts set disabled_at = now() where password_hash = '!'")
    op.execute(f"insert into retention (what, days, why) values ('files', 14, '{WHY}')")
    # Everybody may come to send a file; what for is asked with each. Codes are handed out by whoever leads a unit.
    _add("files.send", "true")
    for one in GIVEN[1:]:
        _add(one, "scope in ('BANK', 'OWN_UNIT') and 'nights.view' = any(permissions)")


def _add(permission: str, where: str) -> None:
    op.execute(
        f"update roles set permissions = array_append(permissions, '{permission}')"
        f" where ({where}) and not '{permission}' = any(permissions)"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for one in GIVEN:
        op.execute(f"update roles set permissions = array_remove(permissions, '{one}')")
    op.execute("delete from retention where what = 'files'")
    op.drop_column("accounts", "disabled_at")
    op.drop_constraint("accounts_code_by_id_fkey", "accounts", type_="foreignkey")
    for column in ("code_by_id", "code_failures", "code_until"):
        op.drop_column("accounts", column)
    op.drop_table("files")
