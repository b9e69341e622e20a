"""The shape of variables: what of them the text of a statement depends on.

Which nullable ones are given, booleans, enumerations, and how many objects a list of input objects holds. Scalars, and
lists of scalars or enumerations, are leaves: their values are bound.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    type_from_ast,
)

from schema.engine.given import Slot, Variables

_LEAF = "*"
"""A value whose shape is that it is there."""


def _shape(kind: Any, value: Any) -> Hashable:
    kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if value is None or kind is GraphQLBoolean or isinstance(kind, GraphQLEnumType):
        shape: Hashable = value
        return shape
    if isinstance(kind, GraphQLInputObjectType):
        fields = kind.fields
        return tuple((name, _shape(fields[name].type, one)) for name, one in value.items())
    if isinstance(kind, GraphQLList) and _is_of_objects(kind):
        return tuple(_shape(kind.of_type, one) for one in value)
    return _LEAF


def _marked(kind: Any, value: Any, path: tuple[str | int, ...]) -> Any:
    kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if value is None or kind is GraphQLBoolean or isinstance(kind, GraphQLEnumType):
        return value
    if isinstance(kind, GraphQLInputObjectType):
        fields = kind.fields
        return {name: _marked(fields[name].type, one, (*path, name)) for name, one in value.items()}
    if isinstance(kind, GraphQLList) and _is_of_objects(kind):
        return [_marked(kind.of_type, one, (*path, index)) for index, one in enumerate(value)]
    return Slot(path)


def _is_of_objects(kind: GraphQLList[Any]) -> bool:
    inner = kind.of_type
    while isinstance(inner, GraphQLNonNull | GraphQLList):
        inner = inner.of_type
    return isinstance(inner, GraphQLInputObjectType)


@dataclass(frozen=True)
class VariableTypes:
    """The variables that one operation declares."""

    types: Mapping[str, Any]

    @classmethod
    def of(cls, schema: GraphQLSchema, operation: OperationDefinitionNode) -> "VariableTypes":
        return cls(
            {
                one.variable.name.value: type_from_ast(schema, one.type)
                for one in operation.variable_definitions or ()
            }
        )

    def shape(self, variables: Variables) -> Hashable:
        """Equal for variables that one text serves, but for the facts that declarations ask for."""
        types = self.types
        return tuple([(name, _shape(types[name], value)) for name, value in variables.items()])

    def marked(self, variables: Variables) -> dict[str, Any]:
        """The variables with a `Slot` for each leaf."""
        return {name: _marked(self.types[name], value, (name,)) for name, value in variables.items()}
