"""The list of everything a worker can do. A name that is not here is never run, whoever queued it."""

from api.jobs import balances, feeds, files, imports, plans
from api.jobs.context import Handler, JobContext, Tell
from api.night import run
from domain.feeds.adapters.trials import TRY as TRY_ADAPTER
from domain.grids.balances import JOB as BALANCE
from domain.shared.files.arriving import CHECK
from domain.shared.files.checking import SWEEP
from domain.shared.imports.acts import TRY
from domain.shared.night import Connection
from domain.shared.outbox import LeasedJob


def _explain_score(connection: Connection, job: LeasedJob, context: JobContext) -> None:
    # Loaded when it is wanted: a process that only watches a night needs no model library.
    from ml.jobs import explain_score

    explain_score(connection, job, context)


NIGHT_JOBS = ["night.begin", "night.step", plans.NAME]
"""Long and heavy: one at a time in a worker."""

HANDLERS: dict[str, Handler] = {
    "night.begin": run.begin_night,
    "night.step": run.run_step,
    plans.NAME: plans.put_plan_in_force,
    "models.explain_score": _explain_score,
    BALANCE: balances.balance_plan,
    CHECK: files.check_file,
    SWEEP: files.sweep_files,
    TRY: imports.try_list,
    TRY_ADAPTER: feeds.try_adapter,
}

OTHER_JOBS = [name for name in HANDLERS if name not in NIGHT_JOBS]
"""Short: they do not wait behind a step of the night."""

ON_DEAD: dict[str, Tell] = {
    "night.begin": run.fail_night,
    "night.step": run.fail_night,
    BALANCE: balances.tell_failed,
    CHECK: files.fail_file,
    TRY: imports.tell_failed,
    TRY_ADAPTER: feeds.tell_failed,
}

ON_PUT_OFF: dict[str, Tell] = {"night.step": run.note_waiting}
