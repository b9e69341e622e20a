"""网格沿用: a grid that goes on keeps its id when another plan begins, whatever its shape.

Customers, points, cells, figures, due visits, visits and days name a grid by its id. The grid of the new plan takes the
id of the grid whose code it bears; the row of the plan before, which only its own days read, takes a fresh one, with
what belongs to a plan: atoms, posts, large grid and outline. So who is moved is who really has another grid. Why:
docs/decisions/grids-go-on.md.
"""

from domain.shared.rows import Rows

OF_A_PLAN = (("plan_atoms", "grid_id"), ("posts", "grid_id"), ("grids", "parent_id"))
"""What goes with the row of a plan, for which the foreign keys wait. The outline goes by its own, which cascades."""

# A number that the plan says comes from another one is another grid.
_PAIRS = """
create temp table going_on on commit drop as
select former.id as id, mine.id as drawn_as, nextval(pg_get_serial_sequence('grids', 'id')) as kept_as
  from grids mine
  join grids former on former.code = mine.code and former.level = mine.level
 where mine.plan_id = %(plan)s and former.plan_id = %(before)s and coalesce(mine.origin_code, mine.code) = mine.code
"""
_KEYS = ", ".join(f"{table}_{column}_fkey" for table, column in (*OF_A_PLAN, ("grid_statistics", "grid_id")))


def go_on(rows: Rows, before: int, plan: int) -> None:
    """Give the grids of a plan that begins the ids of those of the plan before that go on in them.

    The plan has all its grids, lists among them, and posts have been handed on.
    """
    rows.execute(_PAIRS, {"plan": plan, "before": before})
    rows.execute(f"set constraints {_KEYS} deferred")
    for table, column in (("grids", "id"), *OF_A_PLAN):
        for was, becomes in (("id", "kept_as"), ("drawn_as", "id")):
            rows.execute(
                f"update {table} t set {column} = g.{becomes} from going_on g where g.{was} = t.{column}"  # noqa: S608
            )
    rows.execute(f"set constraints {_KEYS} immediate")
    rows.execute("drop table going_on")
