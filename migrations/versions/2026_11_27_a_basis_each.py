"""a basis of its own for each third party that facts name"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "8a41c7d2e6f3"
down_revision = "5b1f0c7d3e27"
branch_labels = None
depends_on = None

# What was noted for all of them goes on for each that has told anything, so that no fact is lost by the upgrade.
EACH = """
insert into sources (feed, told_by, basis, purpose, document, from_on, until_on, noted_by_id, noted_at, ended_on,
                     ended_reason, ended_by_id)
select s.feed, f.told_by, s.basis, s.purpose, s.document, s.from_on, s.until_on, s.noted_by_id, s.noted_at, s.ended_on,
       s.ended_reason, s.ended_by_id
  from sources s cross join (select distinct told_by from src_facts) f
 where s.feed = 'facts' order by s.id, f.told_by
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("sources", sa.Column("told_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.execute(EACH)
    op.execute("delete from sources where feed = 'facts' and told_by is null")
    op.create_check_constraint("sources_told_by_check", "sources", "(feed = 'facts') = (told_by is not null)")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint("sources_told_by_check", "sources")
    op.drop_column("sources", "told_by")
