"""One root field becomes one parametrised statement that returns the field's answer as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, literal_column, select
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

from schema.engine.arguments import Arguments, key_of
from schema.engine.json_sql import json_list, json_object
from schema.engine.mapping import (
    ByGlobalId,
    Field,
    Many,
    One,
    Page,
    Part,
    TypeMap,
    Types,
    Unnested,
    Value,
    View,
)
from schema.engine.pages import PageWriter
from schema.engine.scope import Row, within
from schema.engine.selection import Operation, Selected, selected_fields

_DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Statement:
    """SQL with numbered parameters; it gives one row with one JSON text (or null)."""

    text: str
    parameters: list[Any]


def write_statement(
    types: Types,
    operation: Operation,
    root: str,
    field: Selected,
    view: View,
    values: Mapping[str, Any],
) -> Statement | None:
    """The statement of one root field; None when its answer is null whatever the rows are.

    `values` are the bound parameters by name that declarations use beside the arguments: whose grids, which day.
    """
    writer = Writer(types, operation, view)
    expression = writer.root(types[root], field)
    if expression is None:
        return None
    compiled = select(expression).compile(dialect=_DIALECT)
    given = compiled.construct_params(dict(values))
    processors = compiled._bind_processors
    parameters = []
    for name in compiled.positiontup or ():
        value, process = given[name], processors.get(name)
        parameters.append(process(value) if callable(process) and value is not None else value)
    return Statement(compiled.string, parameters)


@dataclass(frozen=True)
class Writer:
    """Writes expressions for one operation and view."""

    types: Types
    operation: Operation
    view: View

    def root(self, root: TypeMap, selected: Selected) -> ColumnElement[Any] | None:
        field = root.fields[selected.name]
        if isinstance(field, ByGlobalId):
            return self._by_global_id(field, selected)
        return self._field(field, None, selected)

    def object(self, type_map: TypeMap, row: Row, selected: Sequence[Selected]) -> ColumnElement[Any]:
        """The object of one row, keyed by response key."""
        pairs = [(one.key, self._field(type_map.fields[one.name], row, one)) for one in selected]
        return json_object(pairs)

    def node(self, type_map: TypeMap, row: Row, selected: Selected) -> ColumnElement[Any]:
        """The object that a field leads to."""
        return self.object(type_map, row, self.children(selected, type_map.name))

    def children(self, selected: Selected, type_name: str) -> list[Selected]:
        return selected_fields(self.operation, selected.nodes, type_name)

    def _field(self, field: Field, row: Row | None, selected: Selected) -> ColumnElement[Any]:
        if isinstance(field, One):
            return self._one(field, row, selected)
        if isinstance(field, Many):
            return self._many(field, row, selected)
        if isinstance(field, Page):
            return PageWriter(self, field, selected).write(row)
        assert row is not None, "a root type has no columns"
        if isinstance(field, Value):
            return field.sql(row, self.view)
        if isinstance(field, Part):
            return self._part(field, row, selected)
        assert isinstance(field, Unnested)
        return self._unnested(field, row, selected)

    def _part(self, field: Part, row: Row, selected: Selected) -> ColumnElement[Any]:
        made = self.node(self.types[field.type_name], row, selected)
        if field.when is None:
            return made
        return case((field.when(row, self.view), made))

    def _one(self, field: One, parent: Row | None, selected: Selected) -> ColumnElement[Any]:
        target = self.types[field.type_name]
        row = self.rows(target)
        found = (
            select(self.node(target, row, selected))
            .select_from(row)
            .where(field.on(_no_row(parent), row, Arguments(selected.arguments)))
            .where(within(row, target.scope(self.view)))
            .limit(1)
        )
        return found.correlate_except(row).scalar_subquery()

    def _many(self, field: Many, parent: Row | None, selected: Selected) -> ColumnElement[Any]:
        target = self.types[field.type_name]
        row = self.rows(target)
        order = field.order(row)
        found: Select[Any] = (
            select(json_list(self.node(target, row, selected), order))
            .select_from(row)
            .where(field.on(_no_row(parent), row, Arguments(selected.arguments)))
            .where(within(row, target.scope(self.view)))
        )
        return found.correlate_except(row).scalar_subquery()

    def _unnested(self, field: Unnested, parent: Row, selected: Selected) -> ColumnElement[Any]:
        target = self.types[field.type_name]
        row = field.rows(parent, self.view)
        found = select(json_list(self.node(target, row, selected), [])).select_from(row)
        return found.correlate_except(row).scalar_subquery()

    def _by_global_id(self, field: ByGlobalId, selected: Selected) -> ColumnElement[Any] | None:
        global_id = selected.arguments["id"]
        target = self.types.get(field.type_name or global_id.partition(":")[0])
        if target is None or target.read_key is None:
            return None
        key = key_of(global_id, target.name, target.read_key)
        if key is None:
            return None
        row = self.rows(target)
        pairs = [
            (one.key, self._field(target.fields[one.name], row, one))
            for one in self.children(selected, target.name)
        ]
        if field.type_name is None:
            pairs.append(("__typename", literal_column(f"'{target.name}'")))
        found = (
            select(json_object(pairs))
            .select_from(row)
            .where(row.c[target.key] == key, within(row, target.scope(self.view)))
        )
        return found.correlate_except(row).scalar_subquery()

    @staticmethod
    def rows(type_map: TypeMap) -> Row:
        assert type_map.rows is not None, f"{type_map.name} has no rows"
        return type_map.rows()


def _no_row(parent: Row | None) -> Row:
    """What declarations of root fields get as their parent: something without columns."""
    return select().subquery() if parent is None else parent
