"""Proposals of balance in a worker: progress is seen while it goes on, and whoever asked can stop it."""

from datetime import timedelta
from types import TracebackType
from typing import Self

import psycopg

from api.jobs.context import JobContext
from domain.grids.balance_models import RUNNING, WAITING
from domain.shared.calendar import bank_day
from domain.shared.data_date import data_date_in_force
from domain.shared.night import Connection
from domain.shared.outbox import LeasedJob
from domain.shared.parameters import parameters_on
from domain.shared.statements import Statement


def balance_plan(connection: Connection, job: LeasedJob, context: JobContext) -> None:
    """`args`: balance. One that was stopped before or meanwhile leaves no rows, and the job is done."""
    # numpy and the search are loaded when they are wanted.
    from geo.balance_proposals import BalanceStopped, answer_balance

    balance = int(job.args["balance"])
    now = connection.execute("select now()").fetchone()
    assert now is not None
    day = data_date_in_force(connection) or bank_day(now[0]) - timedelta(days=1)
    values = parameters_on(connection, day, context.parameters)
    with _Progress(context.database_url, balance) as tell:
        if not tell.may_begin:
            return
        try:
            with connection.transaction():
                answer_balance(connection, balance, values, tell)
        except BalanceStopped:
            return


def tell_failed(leases: Connection, job: LeasedJob, reason: Statement) -> None:
    """It was given up: say so where it was asked."""
    from geo.balance_proposals import note_failed

    note_failed(leases, int(job.args["balance"]), reason)


class _Progress:
    """Writes how far it is through a connection of its own, which also sees that somebody stopped it."""

    def __init__(self, database_url: str, balance: int) -> None:
        self._balance = balance
        self._connection = psycopg.connect(database_url, autocommit=True)

    def __enter__(self) -> Self:
        self.may_begin = self._note(0.0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def __call__(self, fraction: float) -> None:
        from geo.balance_proposals import BalanceStopped

        # The end is the transaction's of the proposals to write: it holds the row by then.
        if fraction < 1.0 and not self._note(fraction):
            raise BalanceStopped

    def _note(self, fraction: float) -> bool:
        """False where it is no longer wanted."""
        noted = self._connection.execute(
            "update plan_balances set state = %s, progress = %s where id = %s and state = any(%s)",
            [RUNNING, fraction, self._balance, [WAITING, RUNNING]],
        )
        return noted.rowcount == 1
