"""why somebody is to be seen is a code and its values; sentences kept so far stay as they were said"""

from alembic import op

revision = "5a1d0fda1c27"
down_revision = "a70a5c04e127"
branch_labels = None
depends_on = None

REASONS = "'LOAN_OVERDUE', 'LOAN_MATURED', 'AGREED', 'LOAN_ENDING', 'ATTRITION', 'CADENCE', 'NEVER_VISITED'"
TABLES = ("due_visits", "walk_stops")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    # Past walks cannot be planned again, so nothing is thrown away; a night says what is due anew.
    op.execute("""
        create or replace function pg_temp.said(texts jsonb) returns jsonb immutable language sql as $$
            select coalesce(jsonb_agg(jsonb_build_object(
                       'code', 'AS_SAID_BEFORE', 'values', jsonb_build_object('text', t.text)) order by t.place), '[]')
              from jsonb_array_elements_text(texts) with ordinality t (text, place) $$
    """)
    op.execute("update walk_stops set reason = 'NEVER_VISITED' where reason = 'UNVISITED'")
    for table in TABLES:
        op.execute(f"alter table {table} alter figures drop default")
        op.execute(f"""
            alter table {table}
                  alter sentence type jsonb using pg_temp.said(jsonb_build_array(sentence)) -> 0,
                  alter figures type jsonb using pg_temp.said(figures)
        """)
        op.execute(f"alter table {table} alter figures set default '[]'")
        op.execute(f"alter table {table} rename sentence to statement")
        op.execute(f"alter table {table} add constraint {table}_reason_check check (reason in ({REASONS}))")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("""
        create or replace function pg_temp.told(statement jsonb) returns text immutable language sql as $$
            select coalesce(statement #>> '{values,text}', statement ->> 'code') $$
    """)
    op.execute("""
        create or replace function pg_temp.all_told(statements jsonb) returns jsonb immutable language sql as $$
            select coalesce(jsonb_agg(pg_temp.told(s.statement) order by s.place), '[]')
              from jsonb_array_elements(statements) with ordinality s (statement, place) $$
    """)
    for table in TABLES:
        op.execute(f"alter table {table} drop constraint {table}_reason_check")
        op.execute(f"alter table {table} rename statement to sentence")
        op.execute(f"alter table {table} alter figures drop default")
        op.execute(f"""
            alter table {table} alter sentence type varchar using pg_temp.told(sentence),
                  alter figures type jsonb using pg_temp.all_told(figures)
        """)
        op.execute(f"alter table {table} alter figures set default '[]'")
