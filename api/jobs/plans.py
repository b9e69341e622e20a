"""At midnight the plan that was approved for the day comes in force, with the grids and owners of all customers.

The night calls the same function for the day that it prepares; so when it was quicker there is nothing left to do.
"""

from datetime import date, timedelta

from api.jobs.context import JobContext
from domain.grids.plans import due_plan
from domain.performance.grid_statistics import count_grids
from domain.performance.sums import sum_customers
from domain.shared.data_date import data_date_in_force
from domain.shared.night import Connection
from domain.shared.outbox import Job, LeasedJob, add_job
from domain.shared.parameters import parameters_on
from domain.shared.rows import NightRows
from domain.shared.rules.predicate import AsOf
from domain.shared.tile_version import give_tiles_another_version
from domain.tasks.handing_over import give_due_visits_to_owners
from domain.tasks.parameters import GENERAL_VISIT_MONTHS
from geo.cells import count_cells
from geo.owning import change_plans_on_the_map

NAME = "plans.put_in_force"


def queue_due_plan(connection: Connection, day: date) -> bool:
    """Queue the change to the plan that is due on bank day `day`; the caller commits.

    While a night runs it waits: that night may do it, and two would wait for each other's customers. Where the night
    began in between, the job does nothing and is queued again.
    """
    plan = due_plan(connection, day)
    if plan is None or _is_night(connection):
        return False
    return add_job(
        connection, Job(NAME, key=f"plan:{plan}", args={"day": day.isoformat()}, is_repeatable=True)
    )


def put_plan_in_force(connection: Connection, job: LeasedJob, context: JobContext) -> None:
    """Change plans, give customers to the owners by the new one, and count anew what is shown of grids."""
    day = date.fromisoformat(job.args["day"])
    if due_plan(connection, day) is None or _is_night(connection):
        return
    data_date = data_date_in_force(connection) or day - timedelta(days=1)
    change_plans_on_the_map(connection, day, context.language)
    give_due_visits_to_owners(connection)
    parameters = parameters_on(connection, data_date, context.parameters)
    count_grids(connection, AsOf(data_date, parameters), context.language)
    # Points, sums, settings, cells: the order in which a cut writes them, or each could wait for the other.
    sum_customers(connection, data_date, GENERAL_VISIT_MONTHS.of(parameters))
    give_tiles_another_version(connection)
    count_cells(NightRows(connection))


def _is_night(connection: Connection) -> bool:
    return connection.execute("select 1 from night_runs where state = 'RUNNING'").fetchone() is not None
