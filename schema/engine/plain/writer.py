"""One root field becomes one parametrised statement that returns the field's answer as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, select

from schema.engine.by_id import type_named
from schema.engine.given import Given, Parameters
from schema.engine.groups import group_rows
from schema.engine.keys import key_of
from schema.engine.mapping import (
    ByGlobalId,
    Field,
    Groups,
    Many,
    One,
    OneOf,
    Page,
    Part,
    TypeMap,
    Types,
    Unnested,
    Value,
    View,
)
from schema.engine.plain.json_sql import constant, json_list, json_object
from schema.engine.plain.pages import PageWriter
from schema.engine.scope import Row, no_row, within
from schema.engine.selection import Operation, Selected, selected_fields


def write_root_field(
    types: Types, operation: Operation, root: str, field: Selected, view: View, parameters: Parameters
) -> Select[Any] | None:
    """The statement of one root field; None when its answer is null whatever the rows are."""
    type_map = types[root]
    assert isinstance(type_map, TypeMap)
    expression = Writer(types, operation, view, parameters).root(type_map, field)
    return None if expression is None else select(expression)


@dataclass(frozen=True)
class Writer:
    """Writes expressions for one operation and view."""

    types: Types
    operation: Operation
    view: View
    parameters: Parameters

    def root(self, root: TypeMap, selected: Selected) -> ColumnElement[Any] | None:
        field = root.fields[selected.name]
        if isinstance(field, ByGlobalId):
            return self._by_global_id(field, selected)
        return self._field(field, None, selected)

    def given(self, selected: Selected) -> Given:
        return Given(selected.arguments, self.parameters)

    def object(self, type_map: TypeMap, row: Row, selected: Sequence[Selected]) -> ColumnElement[Any]:
        """The object of one row, keyed by response key."""
        return json_object(self._pairs(type_map, row, selected))

    def node(self, target: TypeMap | OneOf, row: Row, selected: Selected) -> ColumnElement[Any]:
        """The object that a field leads to; one of several types says which, for GraphQL to go on."""
        if isinstance(target, TypeMap):
            return self.object(target, row, self.children(selected, target.name))
        return case(
            *(
                (target.kind(row) == value, self._named(name, row, selected))
                for value, name in target.types.items()
            )
        )

    def children(self, selected: Selected, type_name: str) -> list[Selected]:
        return selected_fields(self.operation, selected.nodes, type_name)

    def _named(self, type_name: str, row: Row, selected: Selected) -> ColumnElement[Any]:
        type_map = self.types[type_name]
        assert isinstance(type_map, TypeMap)
        pairs = self._pairs(type_map, row, self.children(selected, type_name))
        return json_object([*pairs, ("__typename", constant(type_name))])

    def _pairs(
        self, type_map: TypeMap, row: Row, selected: Sequence[Selected]
    ) -> list[tuple[str, ColumnElement[Any]]]:
        return [
            (one.key, self._field(type_map.fields[one.name], row, one))
            for one in selected
            if one.name != "__typename"
        ]

    def _field(self, field: Field, row: Row | None, selected: Selected) -> ColumnElement[Any]:
        if isinstance(field, One):
            return self._one(field, row, selected)
        if isinstance(field, Many):
            return self._many(field, row, selected)
        if isinstance(field, Page):
            return PageWriter(self, field, selected).write(row)
        if isinstance(field, Groups):
            return self._groups(field, row, selected)
        assert row is not None, "a root type has no columns"
        if isinstance(field, Value):
            value = field.sql(row, self.view)
            return constant(field.prefix) + cast(value, String) if field.prefix else value
        if isinstance(field, Part):
            return self._part(field, row, selected)
        assert isinstance(field, Unnested)
        return self._unnested(field, row, selected)

    def _part(self, field: Part, row: Row, selected: Selected) -> ColumnElement[Any]:
        made = self.node(self.types[field.type_name], field.of(row), selected)
        if field.when is None:
            return made
        return case((field.when(row, self.view), made))

    def _one(self, field: One, parent: Row | None, selected: Selected) -> ColumnElement[Any]:
        target = self.types[field.type_name]
        row = self.rows(target)
        found = (
            select(self.node(target, row, selected))
            .select_from(row)
            .where(field.on(no_row(parent), row, self.given(selected)))
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
            .where(field.on(no_row(parent), row, self.given(selected)))
            .where(within(row, target.scope(self.view)))
        )
        return found.correlate_except(row).scalar_subquery()

    def _unnested(self, field: Unnested, parent: Row, selected: Selected) -> ColumnElement[Any]:
        target = self.types[field.type_name]
        row = field.rows(parent, self.view)
        found = select(json_list(self.node(target, row, selected), [])).select_from(row)
        return found.correlate_except(row).scalar_subquery()

    def _groups(self, field: Groups, parent: Row | None, selected: Selected) -> ColumnElement[Any]:
        target = self.types[field.type_name]
        counted = self.types[field.of]
        assert isinstance(counted, TypeMap)
        wanted = {one.name for one in self.children(selected, field.type_name)}
        row = group_rows(field, counted, wanted, no_row(parent), self.given(selected), self.view)
        found = select(json_list(self.node(target, row, selected), [])).select_from(row)
        return found.correlate_except(row).scalar_subquery()

    def _by_global_id(self, field: ByGlobalId, selected: Selected) -> ColumnElement[Any] | None:
        asked = self.given(selected)["id"]
        name: str | None = asked.fact(lambda global_id: type_named(self.types, field, global_id))
        if name is None:
            return None
        target = self.types[name]
        assert isinstance(target, TypeMap)
        read_key = target.read_key
        assert read_key is not None
        row = self.rows(target)
        made = (
            self._named(name, row, selected) if field.type_name is None else self.node(target, row, selected)
        )
        key = row.c[target.key]
        found = (
            select(made)
            .select_from(row)
            .where(
                key == asked.bind(key.type, lambda global_id: key_of(global_id, name, read_key)),
                within(row, target.scope(self.view)),
            )
        )
        return found.correlate_except(row).scalar_subquery()

    def rows(self, target: TypeMap | OneOf) -> Row:
        assert target.rows is not None, f"{target.name} has no rows"
        return target.rows(self.view)
