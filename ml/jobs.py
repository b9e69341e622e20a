"""Jobs of models: thin doorways that workers run. `args` are ids; the effect and `DONE` are one transaction."""

from domain.shared.night import Connection
from domain.shared.outbox import LeasedJob
from ml.reasons import explain_one


def explain_score(connection: Connection, job: LeasedJob, _context: object) -> None:
    """Make and keep the reasons of one customer's score. `args`: customer_id, model."""
    explain_one(connection, int(job.args["customer_id"]), str(job.args["model"]))
