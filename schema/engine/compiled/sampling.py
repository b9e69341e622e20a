"""Variables with which a document can be tried before anybody has asked: what it demands, and nothing else."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    type_from_ast,
)

from schema.engine.mapping import ByGlobalId, TypeMap, Types

KEYS = ("1", "00000000-0000-0000-0000-000000000001", "a")
SCALARS: Mapping[str, Any] = {"Int": 1, "Float": 1.0, "String": "a", "ID": "a", "Boolean": True}

Fragments = Mapping[str, FragmentDefinitionNode]


def sample_variables(
    schema: GraphQLSchema,
    types: Types,
    operation: OperationDefinitionNode,
    fragments: Fragments,
    scalars: Mapping[str, Any],
) -> dict[str, Any]:
    """As a client would send them. `scalars` gives a value for each custom scalar by name."""
    ids = dict(_ids(types, operation.selection_set, fragments))
    variables = {}
    for one in operation.variable_definitions or ():
        name = one.variable.name.value
        if isinstance(one.type, NonNullTypeNode) and one.default_value is None:
            kind = type_from_ast(schema, one.type)
            variables[name] = ids[name] if name in ids else _sample(kind, {**SCALARS, **scalars})
    return variables


def _sample(kind: Any, scalars: Mapping[str, Any]) -> Any:
    if isinstance(kind, GraphQLNonNull):
        return _sample(kind.of_type, scalars)
    if isinstance(kind, GraphQLList):
        return [_sample(kind.of_type, scalars)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        needed = {name: one.type for name, one in kind.fields.items() if isinstance(one.type, GraphQLNonNull)}
        return {name: _sample(type_, scalars) for name, type_ in needed.items()}
    return scalars[kind.name]


def _ids(types: Types, selections: SelectionSetNode, fragments: Fragments) -> Iterator[tuple[str, str]]:
    """(variable, an id of the type that it has to name) for root fields that read by id."""
    query = types["Query"]
    assert isinstance(query, TypeMap)
    for node in _fields(selections, fragments):
        declared = query.fields.get(node.name.value)
        if not isinstance(declared, ByGlobalId):
            continue
        name = declared.type_name or _first_type(types, node.selection_set, fragments)
        for argument in node.arguments or ():
            if argument.name.value == "id" and isinstance(argument.value, VariableNode) and name:
                yield argument.value.name.value, f"{name}:{_key(types, name)}"


def _fields(selections: SelectionSetNode, fragments: Fragments) -> Iterator[FieldNode]:
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from _fields(node.selection_set, fragments)
        elif isinstance(node, FragmentSpreadNode):
            yield from _fields(fragments[node.name.value].selection_set, fragments)


def _first_type(types: Types, selections: SelectionSetNode | None, fragments: Fragments) -> str | None:
    """A type that the selection tells apart, else any type with an id."""
    for node in selections.selections if selections else ():
        if isinstance(node, InlineFragmentNode) and node.type_condition:
            named = node.type_condition.name.value
        elif isinstance(node, FragmentSpreadNode):
            named = fragments[node.name.value].type_condition.name.value
        else:
            continue
        if _has_id(types, named):
            return named
    return next((name for name in types if _has_id(types, name)), None)


def _has_id(types: Types, name: str) -> bool:
    found = types.get(name)
    return isinstance(found, TypeMap) and found.read_key is not None


def _key(types: Types, name: str) -> str:
    found = types[name]
    assert isinstance(found, TypeMap)
    assert found.read_key is not None
    for key in KEYS:
        try:
            found.read_key(key)
        except ValueError:
            continue
        return key
    raise ValueError(f"no sample key fits {name}")
