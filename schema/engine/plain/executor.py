"""The Strawberry side: a root field runs its statement, everything below it is read from the answer.

The answer is keyed by response keys, so aliases with different arguments work, and children cost a dictionary look-up.
Which pool runs the statement and who asks is the application's: it gives a `Reader`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import (
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)
from graphql.execution.values import VariableValues
from sqlalchemy import Select

from schema.engine.errors import BadRequest, complaint
from schema.engine.given import Parameters, Variables
from schema.engine.mapping import ByGlobalId, OneOf, Page, TypeMap, Types, View
from schema.engine.ordering import order_is_refused
from schema.engine.plain.pages import REFUSED
from schema.engine.plain.writer import write_root_field
from schema.engine.plans import Plans
from schema.engine.rendering import Statement, Values
from schema.engine.selection import Operation, select

_NOT_FOUND = complaint("NOT_FOUND")


@dataclass(frozen=True)
class Reader:
    """Who asks, the way to the database, and the statements that the document has so far."""

    view: View
    values: Values
    plans: Plans
    fetch: Callable[[str, list[Any]], Awaitable[str | None]]


ReaderOf = Callable[[GraphQLResolveInfo[Any], Any], Reader]
"""(info, source) -> the reader of this operation; the source holds the keys that a payload leads to."""


def install(schema: GraphQLSchema, types: Types, reader_of: ReaderOf) -> None:
    """Make every mapped type of the schema read its answers from statements over `types`."""
    for name in _below_the_roots(types):
        kind = schema.type_map[name]
        assert isinstance(kind, GraphQLObjectType)
        kind.is_type_of = None
        for one in kind.fields.values():
            one.resolve = _by_response_key
        for field_name in _pages(types.get(name)):
            kind.fields[field_name].resolve = _page_by_response_key
    for name in _abstract(schema, types):
        abstract = schema.type_map[name]
        assert isinstance(abstract, GraphQLInterfaceType | GraphQLUnionType)
        abstract.resolve_type = _type_of
    for type_map in types.values():
        if isinstance(type_map, TypeMap) and type_map.is_root:
            root = schema.type_map[type_map.name]
            assert isinstance(root, GraphQLObjectType)
            for name in type_map.fields:
                root.fields[name].resolve = _root_resolver(types, type_map.name, reader_of)


def _below_the_roots(types: Types) -> set[str]:
    names = {one.name for one in types.values() if isinstance(one, TypeMap) and not one.is_root}
    for type_map in types.values():
        for field in type_map.fields.values() if isinstance(type_map, TypeMap) else ():
            if isinstance(field, Page):
                names |= {f"{field.type_name}Connection", f"{field.type_name}Edge", "PageInfo", "Count"}
    return names


def _abstract(schema: GraphQLSchema, types: Types) -> set[str]:
    """Interfaces and unions whose objects come from statements."""
    names = {one.name for one in types.values() if isinstance(one, OneOf)}
    for type_map in types.values():
        for name, field in type_map.fields.items() if isinstance(type_map, TypeMap) else ():
            if isinstance(field, ByGlobalId) and field.type_name is None:
                parent = schema.type_map[type_map.name]
                assert isinstance(parent, GraphQLObjectType)
                names.add(get_named_type(parent.fields[name].type).name)
    return names


def _pages(declared: TypeMap | OneOf | None) -> list[str]:
    fields = declared.fields if isinstance(declared, TypeMap) else {}
    return [name for name, field in fields.items() if isinstance(field, Page)]


def _root_resolver(types: Types, root: str, reader_of: ReaderOf) -> Callable[..., Any]:
    async def resolve(source: Any, info: GraphQLResolveInfo[Any], **_arguments: Any) -> Any:
        reader = reader_of(info, source)
        variables = _coerced(info)
        statement = _statement_of(types, root, info, reader, variables)
        answer = None
        if statement is not None:
            answer = await reader.fetch(statement.text, statement.parameters(variables, reader.values))
        if answer is None and isinstance(info.return_type, GraphQLNonNull):
            raise BadRequest(_NOT_FOUND)
        return None if answer is None else _not_refused(orjson.loads(answer))

    return resolve


def _statement_of(
    types: Types, root: str, info: GraphQLResolveInfo[Any], reader: Reader, variables: Variables
) -> Statement | None:
    """The statement of the root field that `info` tells of."""
    parent: GraphQLObjectType = info.parent_type
    nodes = tuple(info.field_nodes)

    def write(parameters: Parameters, marked: Mapping[str, Any]) -> Select[Any] | None:
        operation = Operation(info.schema, info.fragments, VariableValues({}, dict(marked)))
        selected = select(operation, parent, str(info.path.key), nodes)
        return write_root_field(types, operation, root, selected, reader.view, parameters)

    path = tuple(info.path.as_list())
    return reader.plans.find((root, path), reader.view, variables, write)


def _coerced(info: GraphQLResolveInfo[Any]) -> Variables:
    variables = info.variable_values
    return variables.coerced if isinstance(variables, VariableValues) else variables


def _by_response_key(
    source: Mapping[str | int, Any], info: GraphQLResolveInfo[Any], **_arguments: Any
) -> Any:
    return source[info.path.key]


def _page_by_response_key(
    source: Mapping[str | int, Any], info: GraphQLResolveInfo[Any], **_arguments: Any
) -> Any:
    return _not_refused(source[info.path.key])


def _not_refused(answer: Any) -> Any:
    if isinstance(answer, dict) and REFUSED in answer:
        raise order_is_refused()
    return answer


def _type_of(source: Any, _info: GraphQLResolveInfo[Any], _abstract: Any) -> str:
    return str(source["__typename"])
