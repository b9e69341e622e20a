"""one plan in force: a view that says which, a function for days that have passed, and constraints that keep it one"""

import sqlalchemy as sa
from alembic import op

revision = "91a4f04ce027"
down_revision = "9a2a3e7e4527"
branch_labels = None
depends_on = None

# Before, several plans could be called in force and the newest of them counted: the others are retired now, each ends
# where the next begins, and of several approved for one day the newest stays approved.
_RETIRE_OTHERS = """
update plans p set state = 'RETIRED'
 where p.state = 'IN_FORCE'
   and p.id <> (select n.id from plans n where n.state = 'IN_FORCE' order by n.from_on desc, n.id desc limit 1)
"""
_END_RETIRED = """
with ordered as (
    select id, lead(from_on) over (order by from_on, id) as next_on from plans where state in ('IN_FORCE', 'RETIRED'))
update plans p
   set to_on = case
         when p.from_on >= (select f.from_on from plans f where f.state = 'IN_FORCE') then p.from_on
         else greatest(p.from_on, coalesce(least(p.to_on, o.next_on), p.from_on)) end
  from ordered o
 where o.id = p.id and p.state = 'RETIRED'
"""
_ONE_APPROVED_A_DAY = """
update plans p set state = 'DRAFT'
 where p.state = 'APPROVED'
   and exists (select from plans n where n.state = 'APPROVED' and n.from_on = p.from_on and n.id > p.id)
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
    op.execute(_ONE_APPROVED_A_DAY)
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
