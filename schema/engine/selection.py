"""What is asked for: fragments spread, directives applied, fields with the same response key merged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    GraphQLUnionType,
    InlineFragmentNode,
    SelectionSetNode,
    get_argument_values,
    get_directive_values,
)
from graphql.execution.values import VariableValues


@dataclass(frozen=True)
class Operation:
    """What a selection refers to."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues


@dataclass(frozen=True)
class Selected:
    """One field under its response key, with every node that asks for it."""

    key: str
    name: str
    arguments: Mapping[str, Any]
    nodes: tuple[FieldNode, ...]


def selected_fields(operation: Operation, nodes: tuple[FieldNode, ...], type_name: str) -> list[Selected]:
    """The fields asked of a concrete type, in order; `__typename` is one of them."""
    kind = operation.schema.type_map[type_name]
    assert isinstance(kind, GraphQLObjectType)
    by_key: dict[str, list[FieldNode]] = {}
    for node in nodes:
        if node.selection_set is not None:
            for field in _spread(operation, node.selection_set, kind, set()):
                key = field.alias.value if field.alias else field.name.value
                by_key.setdefault(key, []).append(field)
    return [select(operation, kind, key, tuple(same)) for key, same in by_key.items()]


def select(operation: Operation, kind: GraphQLObjectType, key: str, nodes: tuple[FieldNode, ...]) -> Selected:
    """One field; validation has made sure that nodes under one key have equal arguments."""
    name = nodes[0].name.value
    if name.startswith("__"):
        return Selected(key, name, {}, nodes)
    arguments = get_argument_values(kind.fields[name], nodes[0], operation.variables)
    return Selected(key, name, arguments, nodes)


def _spread(
    operation: Operation, selections: SelectionSetNode, kind: GraphQLObjectType, seen: set[str]
) -> Iterator[FieldNode]:
    for node in selections.selections:
        if not _is_included(operation, node):
            continue
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            if node.type_condition is None or _applies(operation, node.type_condition.name.value, kind):
                yield from _spread(operation, node.selection_set, kind, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            fragment = operation.fragments[node.name.value]
            if _applies(operation, fragment.type_condition.name.value, kind):
                yield from _spread(operation, fragment.selection_set, kind, seen)


def _applies(operation: Operation, condition: str, kind: GraphQLObjectType) -> bool:
    if condition == kind.name:
        return True
    abstract = operation.schema.type_map[condition]
    return isinstance(abstract, GraphQLInterfaceType | GraphQLUnionType) and operation.schema.is_sub_type(
        abstract, kind
    )


def _is_included(operation: Operation, node: Any) -> bool:
    skip = get_directive_values(GraphQLSkipDirective, node, operation.variables)
    if skip and skip["if"]:
        return False
    include = get_directive_values(GraphQLIncludeDirective, node, operation.variables)
    return not include or bool(include["if"])
