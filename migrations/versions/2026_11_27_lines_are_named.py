"""reasons of a batch name its first lines, and the day on which an account was opened may be unknown"""

from alembic import op

revision = "c0910e5a4a3d"
down_revision = "c80aded90127"
branch_labels = None
depends_on = None

OPENED = ("src_core_customer", "src_core_deposit")
# What was said before knew the number of lines alone; which they are stands in the rows, as long as those are kept.
NAME_LINES = """
    update batches b set reasons = (
        select jsonb_agg(case when r -> 'values' ? 'lines' and r ->> 'code' like 'ROW\\_%'
               then jsonb_set(r, '{values,first_lines}', to_jsonb(coalesce((
                   select string_agg(q.line::text, ', ' order by q.line) from (
                       select q.line from quarantined_rows q where q.batch_id = b.id and exists (
                           select from jsonb_array_elements(q.reasons) said
                            where said ->> 'code' = r ->> 'code'
                              and (said -> 'values') - 'first_line' = (r -> 'values') - 'lines')
                        order by q.line limit 3) q), '…'))) else r end order by place)
          from jsonb_array_elements(reasons) with ordinality listed (r, place))
     where reasons::text like '%"ROW\\_%'
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in OPENED:
        op.alter_column(table, "opened_on", nullable=True)
    op.execute(NAME_LINES)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in OPENED:
        op.execute(f"update {table} set opened_on = '1900-01-01' where opened_on is null")
        op.alter_column(table, "opened_on", nullable=False)
