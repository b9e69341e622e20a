"""How files are read: each person his own."""

from uuid import UUID

from sqlalchemy import ColumnElement, Uuid

from domain.shared.files.models import StoredFile
from domain.shared.permissions import SEND_FILES
from domain.shared.row_scope import ACTOR_STAFF
from schema.engine.mapping import ByGlobalId, Field, One, TypeMap, Value, column, global_id
from schema.engine.scope import NOTHING, Only, Row, Scope
from schema.statements import statement
from schema.view import View, may, payload, rows_of, signed_in


def _own(view: View) -> Scope:
    def is_own(row: Row) -> ColumnElement[bool]:
        return (row.c.asked_by_id == ACTOR_STAFF) & may(SEND_FILES)

    return NOTHING if signed_in(view) == NOTHING else (Only(is_own),)


STORED_FILE = TypeMap(
    "StoredFile",
    {
        "id": global_id("StoredFile"),
        "name": column("name"),
        "purpose": column("purpose"),
        "state": column("state"),
        "kind": column("kind"),
        "sizeBytes": column("size_bytes"),
        "refusal": statement("refusal"),
        "askedAt": column("asked_at"),
        "checkedAt": column("checked_at"),
        "isUsed": Value(lambda row, _view: row.c.used_by.is_not(None)),
    },
    rows=rows_of(StoredFile),
    scope=_own,
    read_key=UUID,
)
PAYLOAD = TypeMap(
    "AskForUploadSuccess",
    {"file": One("StoredFile", lambda _payload, file, _: file.c.id == payload(Uuid()))},
    is_root=True,
)
ROOT: dict[str, Field] = {"storedFile": ByGlobalId("StoredFile")}
TYPES = (STORED_FILE, PAYLOAD)
