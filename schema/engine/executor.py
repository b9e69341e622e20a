"""The Strawberry side: a root field runs its statement, everything below it is read from the answer.

The answer is keyed by response keys, so aliases with different arguments work, and children cost a dictionary look-up.
Which pool runs the statement and who asks is the application's: it gives `read`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLInterfaceType, GraphQLNonNull, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from graphql.execution.values import VariableValues

from schema.engine.errors import BadRequest
from schema.engine.mapping import Page, Types, View
from schema.engine.selection import Operation, select
from schema.engine.statement import Statement, write_statement


@dataclass(frozen=True)
class Reader:
    """Who asks, and the way to the database. `values` are bound parameters by name."""

    view: View
    values: Mapping[str, Any]
    fetch: Callable[[str, list[Any]], Awaitable[str | None]]


ReaderOf = Callable[[GraphQLResolveInfo[Any], Any], Reader]
"""(info, source) -> the reader of this operation; the source holds the keys that a payload leads to."""


def install(schema: GraphQLSchema, types: Types, reader_of: ReaderOf) -> None:
    """Make every mapped type of the schema read its answers from statements over `types`."""
    below = {type_map.name for type_map in types.values() if not type_map.is_root}
    for type_map in types.values():
        for field in type_map.fields.values():
            if isinstance(field, Page):
                below |= {f"{field.type_name}Connection", f"{field.type_name}Edge", "PageInfo", "Count"}
    for name in below:
        kind = schema.type_map[name]
        assert isinstance(kind, GraphQLObjectType)
        kind.is_type_of = None
        for one in kind.fields.values():
            one.resolve = _by_response_key
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInterfaceType):
            kind.resolve_type = _type_of
    for type_map in types.values():
        if type_map.is_root:
            root = schema.type_map[type_map.name]
            assert isinstance(root, GraphQLObjectType)
            for name in type_map.fields:
                root.fields[name].resolve = _root_resolver(types, type_map.name, reader_of)


def statement_of(types: Types, root: str, info: GraphQLResolveInfo[Any], reader: Reader) -> Statement | None:
    """The statement of the root field that `info` tells of."""
    variables = info.variable_values
    if not isinstance(variables, VariableValues):
        variables = VariableValues({}, variables)
    operation = Operation(info.schema, info.fragments, variables)
    selected = select(operation, info.parent_type, str(info.path.key), tuple(info.field_nodes))
    return write_statement(types, operation, root, selected, reader.view, reader.values)


def _root_resolver(types: Types, root: str, reader_of: ReaderOf) -> Callable[..., Any]:
    async def resolve(source: Any, info: GraphQLResolveInfo[Any], **_arguments: Any) -> Any:
        reader = reader_of(info, source)
        statement = statement_of(types, root, info, reader)
        answer = None if statement is None else await reader.fetch(statement.text, statement.parameters)
        if answer is None and isinstance(info.return_type, GraphQLNonNull):
            raise BadRequest("NOT_FOUND", "没有找到，或不在您的数据范围内。")
        return None if answer is None else orjson.loads(answer)

    return resolve


def _by_response_key(
    source: Mapping[str | int, Any], info: GraphQLResolveInfo[Any], **_arguments: Any
) -> Any:
    return source[info.path.key]


def _type_of(source: Any, _info: GraphQLResolveInfo[Any], _abstract: Any) -> str:
    return str(source["__typename"])
