"""How imports are read: by whoever brings or decides lists."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, case, func, literal_column, true

from domain.shared.calendar import instant_of
from domain.shared.imports.masking import hidden_columns
from domain.shared.imports.models import Import, ImportChange, ImportProblem
from domain.shared.permissions import VIEW_IMPORTS
from schema.engine.given import Given
from schema.engine.keys import bigint_key
from schema.engine.mapping import Field, Many, One, OrderKey, Page, TypeMap, Value, column, global_id
from schema.engine.scope import Row
from schema.global_ids import named
from schema.statements import statement, statements
from schema.view import View, payload, rows_of, with_permission

ROWS_OF_A_PAGE = 100


def _staff(name: str) -> One:
    return One("Staff", lambda row, staff, _: staff.c.id == row.c[name])


def _as_seen(values: ColumnElement[Any], view: View) -> ColumnElement[Any]:
    """What a list says of a telephone, or of what was talked about, is hidden from whom the view hides it."""
    seen = values
    for name in sorted(hidden_columns(view.mask)):
        said = values.op("->>")(literal_column(f"'{name}'", String))
        hidden = func.jsonb_set(
            seen, literal_column(f"'{{{name}}}'"), func.to_jsonb(literal_column("'****'::text"))
        )
        seen = case((said.is_not(None), hidden), else_=seen)
    return seen


IMPORT = TypeMap(
    "Import",
    {
        "id": global_id("Import"),
        "kind": column("kind"),
        "state": column("state"),
        "fileName": column("file_name"),
        "fromOn": column("from_on"),
        "isWhole": column("is_whole"),
        "datum": column("datum"),
        "newRows": column("new_rows"),
        "changedRows": column("changed_rows"),
        "endedRows": column("ended_rows"),
        "sameRows": column("same_rows"),
        "refusedRows": column("refused_rows"),
        "notes": statements("notes"),
        "refusal": statement("refusal"),
        "isOfNight": Value(lambda row, _: row.c.night_run_id.is_not(None)),
        "broughtBy": _staff("actor_id"),
        "appliedBy": _staff("applied_by_id"),
        "undoneBy": _staff("undone_by_id"),
        "triedAt": column("tried_at"),
        "appliedAt": column("applied_at"),
        "undoneAt": column("undone_at"),
        "reason": column("reason"),
    },
    rows=rows_of(Import),
    scope=with_permission(VIEW_IMPORTS),
    read_key=bigint_key,
)
CHANGE = TypeMap(
    "ImportChange",
    {
        **{name: column(name) for name in ("position", "act", "key", "sheet", "row")},
        "before": Value(lambda row, view: _as_seen(row.c.before, view)),
        "after": Value(lambda row, view: _as_seen(row.c.after, view)),
    },
    rows=rows_of(ImportChange),
    scope=with_permission(VIEW_IMPORTS),
    key="position",
)
PROBLEM = TypeMap(
    "ImportProblem",
    {
        "position": column("position"),
        "sheet": column("sheet"),
        "row": column("row"),
        "sheetColumn": column("sheet_column"),
        "heading": column("heading"),
        "said": statement("said"),
    },
    rows=rows_of(ImportProblem),
    scope=with_permission(VIEW_IMPORTS),
    key="position",
)


def _on_page(_root: Row, row: Row, arguments: Given) -> ColumnElement[bool]:
    """Positions are dense, so a page of them is a range of the key."""
    begins = arguments["page"].bind(BigInteger()) * ROWS_OF_A_PAGE
    is_his = row.c.import_id == named(arguments, "importId", "Import")
    return is_his & (row.c.position >= begins) & (row.c.position < begins + ROWS_OF_A_PAGE)


ROOT: dict[str, Field] = {
    "imports": Page(
        "Import",
        lambda _root, _row, _: true(),
        newest_first=OrderKey(lambda row, _: row.c.tried_at, read=instant_of),
    ),
    "importChanges": Many(
        "ImportChange", _on_page, order=lambda row: [row.c.position], weight=ROWS_OF_A_PAGE
    ),
    "importProblems": Many(
        "ImportProblem", _on_page, order=lambda row: [row.c.position], weight=ROWS_OF_A_PAGE
    ),
}
SUCCESS = TypeMap(
    "ImportSuccess",
    {"import": One("Import", lambda _payload, row, _: row.c.id == payload(BigInteger()))},
    is_root=True,
)
TYPES = (IMPORT, CHANGE, PROBLEM, SUCCESS)
