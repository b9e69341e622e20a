"""Trying a list in a worker: sheets are opened here and nowhere in the API's process."""

from api.files.folder import FolderStorage
from api.jobs.context import JobContext
from domain.shared.errors import DomainError
from domain.shared.files.errors import FileNotReadable
from domain.shared.imports.errors import ImportKindNotKnown
from domain.shared.imports.keeping import keep_found, keep_refused
from domain.shared.imports.kinds import Brought, kind_named
from domain.shared.imports.models import ImportState
from domain.shared.imports.trying import try_import
from domain.shared.night import Connection
from domain.shared.outbox import LeasedJob
from domain.shared.rows import NightRows
from domain.shared.statements import Statement

_WANTED = """
select i.kind, i.file_name, i.from_on, i.is_whole, i.datum, f.kept_sha256
  from imports i join files f on f.id = i.file_id where i.id = %s and i.state = %s
"""


def try_list(connection: Connection, job: LeasedJob, context: JobContext) -> None:
    """`args`: import. What the file would do becomes rows; a file that is none is sent back with the reason."""
    import_id = int(job.args["import"])
    wanted = connection.execute(_WANTED, [import_id, ImportState.WAITING.value]).fetchone()
    if wanted is None:
        return
    kind_name, name, day, is_whole, datum, kept_sha256 = wanted
    rows = NightRows(connection)
    try:
        kind = kind_named(context.imports, kind_name)
        if kind is None:
            raise ImportKindNotKnown(kind_name, " ".join(one.name for one in context.imports))
        path = FolderStorage(context.files).kept_path(bytes(kept_sha256))
        brought = Brought(path, name, day, is_whole, datum)
        keep_found(rows, kind, import_id, try_import(rows, kind, brought))
    except DomainError as refusal:
        keep_refused(rows, import_id, refusal.statement)


def tell_failed(connection: Connection, job: LeasedJob, why: Statement) -> None:  # noqa: ARG001
    """Whoever tried it died three times: nobody waits for it any longer."""
    keep_refused(NightRows(connection), int(job.args["import"]), FileNotReadable().statement)
