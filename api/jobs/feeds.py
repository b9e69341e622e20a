"""Trying a description on a file in a worker: the API's process opens no file of a bank."""

from psycopg.types.json import Jsonb

from api.files.folder import FolderStorage
from api.jobs.context import JobContext
from domain.feeds.adapters.parsing import parse
from domain.feeds.adapters.trials import found_of
from domain.feeds.adapters.trying import try_file
from domain.feeds.states import TrialState
from domain.shared.errors import DomainError
from domain.shared.files.errors import FileLost, FileNotReadable
from domain.shared.night import Connection
from domain.shared.outbox import LeasedJob
from domain.shared.statements import Statement, jsonb

_WANTED = """
select t.text, t.file_name, f.kept_sha256 from feed_trials t left join files f on f.id = t.file_id
 where t.id = %s and t.state = 'WAITING'
"""


def try_adapter(connection: Connection, job: LeasedJob, context: JobContext) -> None:
    """`args`: trial. What was read becomes the trial's; of the file nothing is kept in any other row."""
    trial_id = int(job.args["trial"])
    wanted = connection.execute(_WANTED, [trial_id]).fetchone()
    if wanted is None:
        return
    text, name, kept_sha256 = wanted
    try:
        if kept_sha256 is None:
            raise FileLost
        adapter = parse(text)
        path = FolderStorage(context.files).kept_path(bytes(kept_sha256))
        tried = try_file(connection, adapter, text, path, name)
    except DomainError as refusal:
        _refuse(connection, trial_id, refusal.statement)
        return
    connection.execute(
        "update feed_trials set state = %s, found = %s where id = %s",
        [TrialState.READ.value, Jsonb(found_of(tried, adapter.feed)), trial_id],
    )


def tell_failed(connection: Connection, job: LeasedJob, why: Statement) -> None:  # noqa: ARG001
    """Whoever read it died three times: nobody waits for it any longer."""
    _refuse(connection, int(job.args["trial"]), FileNotReadable().statement)


def _refuse(connection: Connection, trial_id: int, said: Statement) -> None:
    connection.execute(
        "update feed_trials set state = %s, refusal = %s where id = %s",
        [TrialState.REFUSED.value, jsonb(said), trial_id],
    )
