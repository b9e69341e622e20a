"""an installed bank knows since when its month-ends are known: until its next night they all looked unknown"""

from alembic import op

revision = "9051b1e7a027"
down_revision = "9d41c7a5e0b2"
branch_labels = None
depends_on = None

# As the night notes it (`domain/products/month_ends.py`): the first month-end that is kept, or a feed's first file
# where that is later.
_NOTE = """
insert into settings (name, value)
select 'month_ends_since', jsonb_object_agg(first.figure, greatest(first.on, kept.since))
  from (select min(cast(month as date)) as since
          from settings, jsonb_array_elements_text(value) as month
         where name = 'month_ends') kept
  join (select case feed when 'core_deposit' then 'deposit_fen' when 'loan' then 'loan_fen'
                         else 'pos_volume_fen' end as figure,
               min(data_date) as on
          from batches
         where state = 'LOADED' and feed in ('core_deposit', 'loan', 'pos_merchant')
         group by feed) first on kept.since is not null
having count(*) > 0
on conflict (name) do nothing
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(_NOTE)


def downgrade() -> None:
    """What was noted stays: the version before reads it as well."""
