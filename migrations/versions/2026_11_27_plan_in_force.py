"""one plan in force: a view that says which, a function for days that have passed, and constraints that keep it one"""

import sqlalchemy as sa
from alembic import op

revision = "91a4f04ce027"
down_revision = "9a2a3e7e4527"
branch_labels = None
depends_on = None

# Before, several plans could be called in force and the newest of them counted: the others are retired now.
_RETIRE_OTHERS = """
update plans p
   set state = 'RETIRED',
       to_on = greatest(p.from_on, least(p.to_on, (select n.from_on from plans n where n.state = 'IN_FORCE'
                                                   order by n.from_on desc, n.id desc limit 1)))
 where p.state = 'IN_FORCE'
   and p.id <> (select n.id from plans n where n.state = 'IN_FORCE' order by n.from_on desc, n.id desc limit 1)
"""
_END_RETIRED = """
update plans p
   set to_on = coalesce((select min(n.from_on) from plans n
                          where n.state in ('IN_FORCE', 'RETIRED') and n.from_on > p.from_on), p.from_on)
 where p.state = 'RETIRED' and p.to_on is null
"""

_VIEW = """
create view plan_in_force as
select id, name, version, from_on, to_on from plans where state = 'IN_FORCE'
"""
_ON = """
create function plan_on(day date) returns bigint language sql stable parallel safe
return (select id from plans
         where state in ('IN_FORCE', 'RETIRED') and from_on <= day and (to_on is null or day < to_on))
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(_RETIRE_OTHERS)
    op.execute(_END_RETIRED)
    op.create_check_constraint("plans_to_on_check", "plans", "to_on >= from_on")
    op.create_check_constraint("plans_retired_check", "plans", "state <> 'RETIRED' or to_on is not null")
    op.create_index(
        "uq_plans_in_force", "plans", ["state"], unique=True, postgresql_where=sa.text("state = 'IN_FORCE'")
    )
    op.create_index(
        "uq_plans_approved", "plans", ["from_on"], unique=True, postgresql_where=sa.text("state = 'APPROVED'")
    )
    op.execute("""
        alter table plans add constraint plans_one_a_day_excl
        exclude using gist (daterange(from_on, to_on) with &&) where (state in ('IN_FORCE', 'RETIRED'))
    """)
    op.execute(_VIEW)
    op.execute(_ON)


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("drop function plan_on(date)")
    op.execute("drop view plan_in_force")
    op.drop_constraint("plans_one_a_day_excl", "plans")
    op.drop_index("uq_plans_approved", "plans")
    op.drop_index("uq_plans_in_force", "plans")
    op.drop_constraint("plans_retired_check", "plans")
    op.drop_constraint("plans_to_on_check", "plans")
