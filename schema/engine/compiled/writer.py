"""A whole document becomes one expression of JSON text.

Objects are `concat`s, relations are correlated subselects, lists are `string_agg`s. Where GraphQL demands a value that
SQL cannot promise, `MISSING` takes its place, and the ordinary executor answers instead.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLNonNull, GraphQLObjectType, GraphQLOutputType
from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from schema.engine.by_id import type_named
from schema.engine.compiled.leaves import NotCompilable, leaf_text
from schema.engine.compiled.pages import PageText
from schema.engine.compiled.sources import Source
from schema.engine.compiled.text import (
    MISSING,
    NULL,
    Text,
    constant,
    list_text,
    object_text,
    or_else,
    together,
)
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
from schema.engine.scope import Row, no_row, within
from schema.engine.selection import Operation, Selected, selected_fields


@dataclass(frozen=True)
class DocumentWriter:
    """Writes one operation for one view."""

    types: Types
    operation: Operation
    view: View
    parameters: Parameters
    passing: Set[str]

    def answer(self, root: str, selected: Sequence[Selected]) -> Text:
        """All root fields: an object keyed by response keys."""
        return self._object(self._type(root), None, selected)

    def given(self, selected: Selected) -> Given:
        return Given(selected.arguments, self.parameters)

    def children(self, selected: Selected, type_name: str) -> list[Selected]:
        return selected_fields(self.operation, selected.nodes, type_name)

    def node(self, target: TypeMap | OneOf, source: Source, selected: Selected) -> Text:
        """The object that a field leads to."""
        if isinstance(target, TypeMap):
            return self._object(target, source, self.children(selected, target.name))
        found = [
            (target.kind(source.row) == value, together(self.node(self._type(name), source, selected)))
            for value, name in target.types.items()
        ]
        return (case(*found, else_=constant(MISSING)),)

    def source(self, target: TypeMap | OneOf) -> Source:
        assert target.rows is not None, f"{target.name} has no rows"
        return Source.of(target.rows(self.view))

    def _type(self, name: str) -> TypeMap:
        found = self.types[name]
        assert isinstance(found, TypeMap)
        return found

    def _object(self, type_map: TypeMap, source: Source | None, selected: Sequence[Selected]) -> Text:
        return object_text((one.key, self._field(type_map, source, one)) for one in selected)

    def _field(self, type_map: TypeMap, source: Source | None, selected: Selected) -> Text:
        if selected.name == "__typename":
            return (f'"{type_map.name}"',)
        declared = type_map.fields.get(selected.name)
        if declared is None:
            raise NotCompilable(f"{type_map.name}.{selected.name} is not read from tables")
        output = self._output(type_map.name, selected.name)
        if isinstance(declared, Value):
            assert source is not None, "a root type has no columns"
            try:
                return leaf_text(source.leaf(declared, self.view), output, self.passing)
            except NotCompilable as wrong:
                raise NotCompilable(f"{type_map.name}.{selected.name}: {wrong}") from None
        missing = MISSING if isinstance(output, GraphQLNonNull) else NULL
        return self._relation(declared, source, selected, missing)

    def _output(self, type_name: str, field_name: str) -> GraphQLOutputType:
        kind = self.operation.schema.type_map[type_name]
        assert isinstance(kind, GraphQLObjectType)
        output: GraphQLOutputType = kind.fields[field_name].type
        return output

    def _relation(self, declared: Field, source: Source | None, selected: Selected, missing: str) -> Text:
        parent = None if source is None else source.row
        if isinstance(declared, One):
            return (or_else(self._one(declared, parent, selected), missing),)
        if isinstance(declared, Many):
            return list_text(self._many(declared, parent, selected))
        if isinstance(declared, Page):
            return PageText(self, declared, selected).write(parent)
        if isinstance(declared, Groups):
            return list_text(self._groups(declared, parent, selected))
        if isinstance(declared, ByGlobalId):
            return self._by_global_id(declared, selected, missing)
        assert source is not None, "a root type has no columns"
        if isinstance(declared, Part):
            return self._part(declared, source, selected, missing)
        assert isinstance(declared, Unnested)
        return list_text(self._unnested(declared, source.row, selected))

    def _part(self, declared: Part, source: Source, selected: Selected, missing: str) -> Text:
        made = self.node(self.types[declared.type_name], source.seen_as(declared.of), selected)
        if declared.when is None:
            return made
        return (case((declared.when(source.row, self.view), together(made)), else_=constant(missing)),)

    def _one(self, declared: One, parent: Row | None, selected: Selected) -> ColumnElement[Any]:
        target = self.types[declared.type_name]
        source = self.source(target)
        found = (
            select(together(self.node(target, source, selected)))
            .select_from(source.row)
            .where(declared.on(no_row(parent), source.row, self.given(selected)))
            .where(within(source.row, target.scope(self.view)))
            .limit(1)
        )
        return found.correlate_except(source.row).scalar_subquery()

    def _many(self, declared: Many, parent: Row | None, selected: Selected) -> ColumnElement[Any]:
        target = self.types[declared.type_name]
        source = self.source(target)
        item = together(self.node(target, source, selected))
        order = declared.order(source.row)
        found: Select[Any] = (
            select(func.string_agg(item, aggregate_order_by(constant(","), *order)))
            .select_from(source.row)
            .where(declared.on(no_row(parent), source.row, self.given(selected)))
            .where(within(source.row, target.scope(self.view)))
        )
        return found.correlate_except(source.row).scalar_subquery()

    def _unnested(self, declared: Unnested, parent: Row, selected: Selected) -> ColumnElement[Any]:
        return self._items(declared.type_name, declared.rows(parent, self.view), selected)

    def _groups(self, declared: Groups, parent: Row | None, selected: Selected) -> ColumnElement[Any]:
        wanted = {one.name for one in self.children(selected, declared.type_name)}
        counted = self._type(declared.of)
        row = group_rows(declared, counted, wanted, no_row(parent), self.given(selected), self.view)
        return self._items(declared.type_name, row, selected)

    def _items(self, type_name: str, row: Row, selected: Selected) -> ColumnElement[Any]:
        """Rows in the order in which they come."""
        item = together(self.node(self.types[type_name], Source.of(row), selected))
        found = select(func.string_agg(item, constant(","))).select_from(row)
        return found.correlate_except(row).scalar_subquery()

    def _by_global_id(self, declared: ByGlobalId, selected: Selected, missing: str) -> Text:
        asked = self.given(selected)["id"]
        name: str | None = asked.fact(lambda global_id: type_named(self.types, declared, global_id))
        if name is None:
            return (missing,)
        target = self._type(name)
        read_key = target.read_key
        assert read_key is not None
        source = self.source(target)
        key = source.row.c[target.key]
        found = (
            select(together(self.node(target, source, selected)))
            .select_from(source.row)
            .where(
                key == asked.bind(key.type, lambda global_id: key_of(global_id, name, read_key)),
                within(source.row, target.scope(self.view)),
            )
        )
        return (or_else(found.correlate_except(source.row).scalar_subquery(), missing),)
