"""Which plan is in force: one rule. A plan is approved for a day and put in force by `put_in_force` and nothing else:
by a worker at midnight of that day, or as soon afterwards as one is there and no night runs, or by the night that
prepares the day. Whoever asks reads the view `plan_in_force`, and `plan_on(day)` for a day that has passed.

`plan_in_force` has at most one row (a unique index), and no two plans are in force on one day (an exclusion constraint
over their days). So `plan_on` is one plan or none.
"""

from datetime import date

from sqlalchemy import BigInteger, column, table

from domain.grids.going_on import go_on
from domain.grids.lists import lay_lists
from domain.grids.posts import hand_posts_on
from domain.shared.night import Connection
from domain.shared.rows import NightRows

PLAN_IN_FORCE = table("plan_in_force", column("id", BigInteger))
"""For statements in SQLAlchemy."""

EDITED, CHECKED, APPROVED, DISCARDED = "DRAFT", "CHECKED", "APPROVED", "DISCARDED"
"""States of a plan before its day: it is drawn up, its proof holds, two persons agreed to it; or it was given up."""
IS_EDITED = (EDITED, CHECKED)
"""States in which a plan can be changed. One that was checked is a draft again with the next change."""

EDITED_STATES = "('DRAFT', 'CHECKED')"
OPEN_STATES = "('DRAFT', 'CHECKED', 'APPROVED', 'IN_FORCE')"
"""The same for statements, and the states of every plan that is not over."""
DRAWN_STATES = "('APPROVED', 'IN_FORCE', 'RETIRED')"
"""Of a plan whose grids are drawn for good: nobody changes it any more."""
TAKE_CHECK_BACK = "update plans set state = 'DRAFT', proof = null where state = 'CHECKED'"
"""What was checked is a draft again: something that the proof stood on has changed. All plans, or `and id = …`."""

HELD = "select placed_under('infinity')"
"""The plan whose grids customers hold: the one in force, or where none is the last that was."""

_ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('plan in force'))"

# An approved plan that begins before the one in force would rewrite days that have passed, so it never begins.
_REACHED = """
select p.id, p.from_on, p.to_on, p.state
  from plans p left join plan_in_force now on true
 where p.from_on <= %(day)s
   and (p.state = 'IN_FORCE' or p.state = 'APPROVED' and p.from_on >= coalesce(now.from_on, p.from_on))
"""

# First everybody leaves who has a successor or whose days are over, then the last one comes: never two at a time.
_LEAVING = f"""
with reached as ({_REACHED}),
followed as (
    select id, to_on, lead(from_on) over (order by from_on, state = 'APPROVED', id) as next_on from reached)
select id, least(to_on, next_on) as to_on from followed where next_on is not null or to_on <= %(day)s
"""  # noqa: S608
_RETIRE = f"update plans p set state = 'RETIRED', to_on = f.to_on from ({_LEAVING}) f where f.id = p.id"  # noqa: S608
_PUT = "update plans set state = 'IN_FORCE' where id = %(plan)s and state = 'APPROVED'"

_DUE = (
    f"select r.id from ({_REACHED}) r where r.state = 'APPROVED' order by r.from_on desc, r.id desc limit 1"  # noqa: S608
)


def put_in_force(connection: Connection, day: date) -> int | None:
    """Retire what `day` ends and put in force what begins by then; gives the plan in force, None where there is none.

    The caller assigns owners in the same transaction: what customers say of their grids is of the plan in force.
    """
    connection.execute(_ONE_AT_A_TIME)
    before = connection.execute("select id from plan_in_force").fetchone()
    held = connection.execute(HELD.encode()).fetchone()
    # Looked for before anybody leaves: what may begin is judged by the plan that is in force until then.
    plan = due_plan(connection, day)
    # An update of plans raises the version of rights, also one of no row: nobody else could until the step ends.
    if connection.execute(_LEAVING.encode(), {"day": day}).fetchone() is not None:
        connection.execute(_RETIRE.encode(), {"day": day})
    if plan is not None:
        connection.execute(_PUT, {"plan": plan})
        lay_lists(NightRows(connection), plan, day)
        hand_posts_on(connection, None if before is None else int(before[0]), plan)
        if held is not None and held[0] is not None:
            go_on(NightRows(connection), int(held[0]), plan)
    found = connection.execute("select id from plan_in_force").fetchone()
    return None if found is None else int(found[0])


def due_plan(connection: Connection, day: date) -> int | None:
    """The approved plan that `put_in_force` would put in force on `day`."""
    found = connection.execute(_DUE.encode(), {"day": day}).fetchone()
    return None if found is None else int(found[0])
