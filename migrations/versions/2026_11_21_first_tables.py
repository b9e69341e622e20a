"""first tables"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "06322c3f03d9"
down_revision = None
branch_labels = None
depends_on = None


# The application's role may be the owner in a demonstration: the trigger holds there too.
AUDIT_IS_APPEND_ONLY = """
create function refuse_change() returns trigger language plpgsql as $$
begin raise exception 'rows of % are never changed', tg_table_name; end $$;
create trigger audit_is_append_only before update or delete or truncate on audit
    for each statement execute function refuse_change();
create trigger activities_are_append_only before update or delete or truncate on activities
    for each statement execute function refuse_change();
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "activities",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("device_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("grid_id", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_activities_customer", "activities", ["customer_id", "id"], unique=False)
    op.create_table(
        "atoms",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("village_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("village", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("town_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("town", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("is_urban", sa.Boolean(), nullable=False),
        sa.Column("is_stand_in", sa.Boolean(), nullable=False),
        sa.Column("lon_deg_wgs84", sa.Float(), nullable=False),
        sa.Column("lat_deg_wgs84", sa.Float(), nullable=False),
        sa.Column("area_m2", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index(op.f("ix_atoms_village_code"), "atoms", ["village_code"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_geospatial_table(
        "county_outlines",
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("area_m2", sa.Float(), nullable=False),
        sa.Column("source_area_m2", sa.Float(), nullable=False),
        sa.Column("symmetric_difference_m2", sa.Float(), nullable=False),
        sa.Column("hausdorff_m", sa.Float(), nullable=False),
        sa.Column(
            "boundary_wgs84",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_geospatial_index(
        "idx_county_outlines_boundary_wgs84",
        "county_outlines",
        ["boundary_wgs84"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_table(
        "credit_lines",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("contract_no", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("line_fen", sa.BigInteger(), nullable=False),
        sa.Column("used_fen", sa.BigInteger(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("is_business", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "contract_no"),
    )
    op.create_table(
        "customer_features",
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("data_date", "customer_id"),
    )
    op.create_geospatial_table(
        "customer_points",
        sa.Column("customer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("grid_id", sa.BigInteger(), nullable=True),
        sa.Column("org_unit_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "point_3857",
            Geometry(
                geometry_type="POINT",
                srid=3857,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("customer_id"),
    )
    op.create_geospatial_index(
        "idx_customer_points_point_3857",
        "customer_points",
        ["point_3857"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index(op.f("ix_customer_points_grid_id"), "customer_points", ["grid_id"], unique=False)
    op.create_index(op.f("ix_customer_points_org_unit_id"), "customer_points", ["org_unit_id"], unique=False)
    op.create_table(
        "customers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("tier", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("certificate_type", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("certificate", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("industry", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("birth_on", sa.Date(), nullable=True),
        sa.Column("lon_deg_wgs84", sa.Float(), nullable=True),
        sa.Column("lat_deg_wgs84", sa.Float(), nullable=True),
        sa.Column("source_datum", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("location_method", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("atom_id", sa.BigInteger(), nullable=True),
        sa.Column("grid_id", sa.BigInteger(), nullable=True),
        sa.Column("org_unit_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("open_org_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("manager_number", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("deposit_fen", sa.BigInteger(), nullable=False),
        sa.Column("loan_fen", sa.BigInteger(), nullable=False),
        sa.Column("line_fen", sa.BigInteger(), nullable=False),
        sa.Column("attrition_score", sa.Float(), nullable=True),
        sa.Column("attrition_band", sa.SmallInteger(), nullable=True),
        sa.Column("last_visit_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("kept_from", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.CheckConstraint("kind in ('PERSON', 'HOUSEHOLD', 'SOLE_TRADER', 'ENTERPRISE', 'ORGANISATION')"),
        sa.CheckConstraint("tier in ('KEY', 'GENERAL')"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_customers_atom", "customers", ["atom_id"], unique=False)
    op.create_index("ix_customers_grid", "customers", ["grid_id", "id"], unique=False)
    op.create_index(
        "ix_customers_grid_score",
        "customers",
        ["grid_id", sa.literal_column("attrition_score desc nulls last"), "id"],
        unique=False,
    )
    op.create_index("ix_customers_org", "customers", ["org_unit_id", "id"], unique=False)
    op.create_index(
        "ix_customers_org_score",
        "customers",
        ["org_unit_id", sa.literal_column("attrition_score desc nulls last"), "id"],
        unique=False,
    )
    op.create_index("ix_customers_owner", "customers", ["owner_id", "id"], unique=False)
    op.create_index(
        "ix_customers_score",
        "customers",
        [sa.literal_column("attrition_score desc nulls last"), "id"],
        unique=False,
    )
    op.create_table(
        "deposits",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("account_no", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("product", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("balance_fen", sa.BigInteger(), nullable=False),
        sa.Column("average_3m_fen", sa.BigInteger(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("matures_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("customer_id", "account_no"),
    )
    op.create_table(
        "disagreements",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("values", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kept", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "field"),
    )
    op.create_table(
        "due_visits",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("grid_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sentence", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("priority", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id"),
    )
    op.create_index("ix_due_visits_owner", "due_visits", ["owner_id", "priority"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("operation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("body_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "key"),
    )
    op.create_table(
        "loans",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("product", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("balance_fen", sa.BigInteger(), nullable=False),
        sa.Column("rate_bps", sa.Integer(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("overdue_days", sa.Integer(), nullable=False),
        sa.Column("is_business", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "number"),
    )
    op.create_table(
        "match_keys",
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key_hash", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "rule", "key_hash"),
    )
    op.create_index("ix_match_keys_key", "match_keys", ["key_hash"], unique=False)
    op.create_table(
        "model_versions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("trained_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("auc", sa.Float(), nullable=False),
        sa.Column("baseline_auc", sa.Float(), nullable=False),
        sa.Column("data_from", sa.Date(), nullable=False),
        sa.Column("data_to", sa.Date(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("metrics", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("artefact", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name", "version"),
    )
    op.create_index(
        "uq_model_in_force", "model_versions", ["name"], unique=True, postgresql_where=sa.text("in_force")
    )
    op.create_table(
        "night_changes",
        sa.Column("night_run_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("night_run_id", "customer_id"),
    )
    op.create_table(
        "org_units",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("town_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("lon_deg_wgs84", sa.Float(), nullable=True),
        sa.Column("lat_deg_wgs84", sa.Float(), nullable=True),
        sa.CheckConstraint("kind in ('HEAD_OFFICE', 'OUTLET')"),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["org_units.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("args", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_token", sa.Uuid(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("run_after", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("state in ('QUEUED', 'RUNNING', 'DONE', 'DEAD')"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state in ('QUEUED', 'RUNNING')"),
    )
    op.create_table(
        "plans",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state in ('DRAFT', 'APPROVED', 'IN_FORCE', 'RETIRED')"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "relations",
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "other_id", "kind"),
    )
    op.create_table(
        "score_reasons",
        sa.Column("model", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.Column("model_version_id", sa.BigInteger(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("model", "customer_id"),
    )
    op.create_table(
        "settings",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "source_records",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("feed", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name_norm", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("cert_type", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("cert_norm", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("uscc_norm", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("phone_norm", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("birth_on", sa.Date(), nullable=True),
        sa.Column("gender", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("cust_no", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("village_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("industry", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("org_code", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("manager_number", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("lon_deg_wgs84", sa.Float(), nullable=True),
        sa.Column("lat_deg_wgs84", sa.Float(), nullable=True),
        sa.Column("source_datum", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("location_method", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("evidence", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("feed", "key"),
    )
    op.create_index("ix_source_records_cust_no", "source_records", ["cust_no"], unique=False)
    op.create_index("ix_source_records_customer", "source_records", ["customer_id"], unique=False)
    op.create_table(
        "walk_stops",
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("walk_on", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sentence", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("staff_id", "walk_on", "position"),
    )
    op.create_geospatial_table(
        "atom_boundaries",
        sa.Column("atom_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "boundary_wgs84",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["atom_id"],
            ["atoms.id"],
        ),
        sa.PrimaryKeyConstraint("atom_id"),
    )
    op.create_geospatial_index(
        "idx_atom_boundaries_boundary_wgs84",
        "atom_boundaries",
        ["boundary_wgs84"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_table(
        "audit_seals",
        sa.Column("audit_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_id"],
            ["audit.id"],
        ),
        sa.PrimaryKeyConstraint("audit_id"),
    )
    op.create_table(
        "funnel_counts",
        sa.Column("org_unit_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("denominator", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_unit_id"],
            ["org_units.id"],
        ),
        sa.PrimaryKeyConstraint("org_unit_id", "step"),
    )
    op.create_table(
        "grids",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("level", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("org_unit_id", sa.BigInteger(), nullable=False),
        sa.Column("town_code", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("area_m2", sa.Float(), nullable=False),
        sa.CheckConstraint("level in ('LARGE', 'SMALL')"),
        sa.ForeignKeyConstraint(
            ["org_unit_id"],
            ["org_units.id"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["grids.id"],
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plans.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("plan_id", "code"),
    )
    op.create_index(op.f("ix_grids_org_unit_id"), "grids", ["org_unit_id"], unique=False)
    op.create_index(op.f("ix_grids_parent_id"), "grids", ["parent_id"], unique=False)
    op.create_table(
        "match_reviews",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("record_a_id", sa.BigInteger(), nullable=False),
        sa.Column("record_b_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_a_id"],
            ["source_records.id"],
        ),
        sa.ForeignKeyConstraint(
            ["record_b_id"],
            ["source_records.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("record_a_id", "record_b_id"),
    )
    op.create_table(
        "scores",
        sa.Column("model", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("model_version_id", sa.BigInteger(), nullable=False),
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("band", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["model_version_id"],
            ["model_versions.id"],
        ),
        sa.PrimaryKeyConstraint("model", "customer_id"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("phone", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("org_unit_id", sa.BigInteger(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role in ('HEAD_OFFICE', 'ADMINISTRATOR', 'OUTLET_MANAGER', 'CUSTOMER_MANAGER')"),
        sa.ForeignKeyConstraint(
            ["org_unit_id"],
            ["org_units.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(op.f("ix_staff_org_unit_id"), "staff", ["org_unit_id"], unique=False)
    op.create_table(
        "accounts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("account", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account"),
    )
    op.create_index(op.f("ix_accounts_staff_id"), "accounts", ["staff_id"], unique=False)
    op.create_geospatial_table(
        "grid_boundaries",
        sa.Column("grid_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "boundary_wgs84",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column(
            "boundary_3857",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=3857,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["grid_id"],
            ["grids.id"],
        ),
        sa.PrimaryKeyConstraint("grid_id"),
    )
    op.create_geospatial_index(
        "idx_grid_boundaries_boundary_3857",
        "grid_boundaries",
        ["boundary_3857"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_geospatial_index(
        "idx_grid_boundaries_boundary_wgs84",
        "grid_boundaries",
        ["boundary_wgs84"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_table(
        "grid_statistics",
        sa.Column("grid_id", sa.BigInteger(), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("located", sa.Integer(), nullable=False),
        sa.Column("visited_90d", sa.Integer(), nullable=False),
        sa.Column("key_customers", sa.Integer(), nullable=False),
        sa.Column("deposit_fen", sa.BigInteger(), nullable=False),
        sa.Column("loan_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_visits", sa.Integer(), nullable=False),
        sa.Column("at_risk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grid_id"],
            ["grids.id"],
        ),
        sa.PrimaryKeyConstraint("grid_id"),
    )
    op.create_table(
        "link_cuts",
        sa.Column("record_a_id", sa.BigInteger(), nullable=False),
        sa.Column("record_b_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["staff.id"],
        ),
        sa.ForeignKeyConstraint(
            ["record_a_id"],
            ["source_records.id"],
        ),
        sa.ForeignKeyConstraint(
            ["record_b_id"],
            ["source_records.id"],
        ),
        sa.PrimaryKeyConstraint("record_a_id", "record_b_id"),
    )
    op.create_table(
        "night_runs",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("is_full", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state in ('RUNNING', 'DONE', 'FAILED')"),
        sa.ForeignKeyConstraint(
            ["started_by_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_night_runs_data_date"), "night_runs", ["data_date"], unique=False)
    op.create_table(
        "plan_atoms",
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("atom_id", sa.BigInteger(), nullable=False),
        sa.Column("grid_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["atom_id"],
            ["atoms.id"],
        ),
        sa.ForeignKeyConstraint(
            ["grid_id"],
            ["grids.id"],
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plans.id"],
        ),
        sa.PrimaryKeyConstraint("plan_id", "atom_id"),
    )
    op.create_index(op.f("ix_plan_atoms_grid_id"), "plan_atoms", ["grid_id"], unique=False)
    op.create_table(
        "posts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("grid_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("role in ('A', 'B')"),
        sa.ForeignKeyConstraint(
            ["grid_id"],
            ["grids.id"],
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_posts_staff", "posts", ["staff_id", "grid_id"], unique=False)
    op.create_index(
        "uq_posts_open", "posts", ["grid_id", "role"], unique=True, postgresql_where=sa.text("to_on is null")
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_for_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("grid_id", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("lon_deg_wgs84", sa.Float(), nullable=True),
        sa.Column("lat_deg_wgs84", sa.Float(), nullable=True),
        sa.Column("source_datum", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("distance_m", sa.Float(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.CheckConstraint("outcome in ('INTERESTED', 'NOT_NOW', 'REFUSED', 'NOT_FOUND', 'FOLLOW_UP')"),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_visits_customer", "visits", ["customer_id", "started_at", "id"], unique=False)
    op.create_index("ix_visits_recorded_for", "visits", ["recorded_for_id"], unique=False)
    op.create_index("ix_visits_staff", "visits", ["staff_id", "started_at"], unique=False)
    op.create_table(
        "walks",
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("walk_on", sa.Date(), nullable=False),
        sa.Column("length_m", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
        ),
        sa.PrimaryKeyConstraint("staff_id", "walk_on"),
    )
    op.create_table(
        "batches",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("feed", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("file_name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("loaded", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("night_run_id", sa.BigInteger(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.CheckConstraint("state in ('LOADED', 'REFUSED', 'WAITING')"),
        sa.ForeignKeyConstraint(
            ["night_run_id"],
            ["night_runs.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("feed", "data_date", "sequence", "sha256"),
    )
    op.create_index("ix_batches_date", "batches", ["data_date", "id"], unique=False)
    op.create_table(
        "night_steps",
        sa.Column("night_run_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("message", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('WAITING', 'RUNNING', 'DONE', 'FAILED')"),
        sa.ForeignKeyConstraint(
            ["night_run_id"],
            ["night_runs.id"],
        ),
        sa.PrimaryKeyConstraint("night_run_id", "name"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
        ),
        sa.PrimaryKeyConstraint("token_sha256"),
    )
    op.create_index(op.f("ix_sessions_account_id"), "sessions", ["account_id"], unique=False)
    op.create_table(
        "quarantined_rows",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("raw", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["batches.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_quarantined_rows_batch_id"), "quarantined_rows", ["batch_id"], unique=False)
    op.execute(AUDIT_IS_APPEND_ONLY)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index(op.f("ix_quarantined_rows_batch_id"), table_name="quarantined_rows")
    op.drop_table("quarantined_rows")
    op.drop_index(op.f("ix_sessions_account_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_table("night_steps")
    op.drop_index("ix_batches_date", table_name="batches")
    op.drop_table("batches")
    op.drop_table("walks")
    op.drop_index("ix_visits_staff", table_name="visits")
    op.drop_index("ix_visits_recorded_for", table_name="visits")
    op.drop_index("ix_visits_customer", table_name="visits")
    op.drop_table("visits")
    op.drop_index("uq_posts_open", table_name="posts", postgresql_where=sa.text("to_on is null"))
    op.drop_index("ix_posts_staff", table_name="posts")
    op.drop_table("posts")
    op.drop_index(op.f("ix_plan_atoms_grid_id"), table_name="plan_atoms")
    op.drop_table("plan_atoms")
    op.drop_index(op.f("ix_night_runs_data_date"), table_name="night_runs")
    op.drop_table("night_runs")
    op.drop_table("link_cuts")
    op.drop_table("grid_statistics")
    op.drop_geospatial_index(
        "idx_grid_boundaries_boundary_wgs84",
        table_name="grid_boundaries",
        postgresql_using="gist",
        column_name="boundary_wgs84",
    )
    op.drop_geospatial_index(
        "idx_grid_boundaries_boundary_3857",
        table_name="grid_boundaries",
        postgresql_using="gist",
        column_name="boundary_3857",
    )
    op.drop_geospatial_table("grid_boundaries")
    op.drop_index(op.f("ix_accounts_staff_id"), table_name="accounts")
    op.drop_table("accounts")
    op.drop_index(op.f("ix_staff_org_unit_id"), table_name="staff")
    op.drop_table("staff")
    op.drop_table("scores")
    op.drop_table("match_reviews")
    op.drop_index(op.f("ix_grids_parent_id"), table_name="grids")
    op.drop_index(op.f("ix_grids_org_unit_id"), table_name="grids")
    op.drop_table("grids")
    op.drop_table("funnel_counts")
    op.drop_table("audit_seals")
    op.drop_geospatial_index(
        "idx_atom_boundaries_boundary_wgs84",
        table_name="atom_boundaries",
        postgresql_using="gist",
        column_name="boundary_wgs84",
    )
    op.drop_geospatial_table("atom_boundaries")
    op.drop_table("walk_stops")
    op.drop_index("ix_source_records_customer", table_name="source_records")
    op.drop_index("ix_source_records_cust_no", table_name="source_records")
    op.drop_table("source_records")
    op.drop_table("settings")
    op.drop_table("score_reasons")
    op.drop_table("relations")
    op.drop_table("plans")
    op.drop_index(
        "ix_outbox_open", table_name="outbox", postgresql_where=sa.text("state in ('QUEUED', 'RUNNING')")
    )
    op.drop_table("outbox")
    op.drop_table("org_units")
    op.drop_table("night_changes")
    op.drop_index("uq_model_in_force", table_name="model_versions", postgresql_where=sa.text("in_force"))
    op.drop_table("model_versions")
    op.drop_index("ix_match_keys_key", table_name="match_keys")
    op.drop_table("match_keys")
    op.drop_table("loans")
    op.drop_table("idempotency_keys")
    op.drop_index("ix_due_visits_owner", table_name="due_visits")
    op.drop_table("due_visits")
    op.drop_table("disagreements")
    op.drop_table("deposits")
    op.drop_index("ix_customers_score", table_name="customers")
    op.drop_index("ix_customers_owner", table_name="customers")
    op.drop_index("ix_customers_org_score", table_name="customers")
    op.drop_index("ix_customers_org", table_name="customers")
    op.drop_index("ix_customers_grid_score", table_name="customers")
    op.drop_index("ix_customers_grid", table_name="customers")
    op.drop_index("ix_customers_atom", table_name="customers")
    op.drop_table("customers")
    op.drop_index(op.f("ix_customer_points_org_unit_id"), table_name="customer_points")
    op.drop_index(op.f("ix_customer_points_grid_id"), table_name="customer_points")
    op.drop_geospatial_index(
        "idx_customer_points_point_3857",
        table_name="customer_points",
        postgresql_using="gist",
        column_name="point_3857",
    )
    op.drop_geospatial_table("customer_points")
    op.drop_table("customer_features")
    op.drop_table("credit_lines")
    op.drop_geospatial_index(
        "idx_county_outlines_boundary_wgs84",
        table_name="county_outlines",
        postgresql_using="gist",
        column_name="boundary_wgs84",
    )
    op.drop_geospatial_table("county_outlines")
    op.drop_table("audit")
    op.drop_index(op.f("ix_atoms_village_code"), table_name="atoms")
    op.drop_table("atoms")
    op.drop_index("ix_activities_customer", table_name="activities")
    op.drop_table("activities")
    op.execute("drop function refuse_change()")
