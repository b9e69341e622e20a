"""Permissions of an operation, checked once before it runs: they depend on the actor alone, never on rows."""

from collections.abc import Mapping, Sequence

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from domain.shared.actor import Actor
from schema.engine.errors import BadRequest, complaint
from schema.permissions import Requires

_FORBIDDEN = complaint("FORBIDDEN")
_UNAUTHENTICATED = complaint("UNAUTHENTICATED")


class Forbidden(BadRequest):
    """Somebody is signed in and may not."""

    def __init__(self, permission: str) -> None:
        super().__init__(_FORBIDDEN)
        assert self.extensions is not None
        self.extensions["permission"] = permission


class Unauthenticated(BadRequest):
    """Nobody is signed in."""

    def __init__(self, permission: str) -> None:
        super().__init__(_UNAUTHENTICATED)
        assert self.extensions is not None
        self.extensions["permission"] = permission


def permissions_of_fields(schema: GraphQLSchema) -> dict[tuple[str, str], str]:
    """(root type, field) -> the permission that its directive names."""
    found: dict[tuple[str, str], str] = {}
    for kind in (schema.query_type, schema.mutation_type):
        assert isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items():
            declared = field.extensions["strawberry-definition"]
            for directive in declared.directives:
                if isinstance(directive, Requires):
                    found[kind.name, name] = directive.permission
    return found


def required(
    operation: OperationDefinitionNode, document: DocumentNode, permissions: Mapping[tuple[str, str], str]
) -> list[str]:
    """Permissions that the root fields of an operation require, in the order of the document."""
    root = {"query": "Query", "mutation": "Mutation"}[operation.operation.value]
    fragments = {
        node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
    }
    wanted: list[str] = []

    def visit(selections: SelectionSetNode, seen: frozenset[str]) -> None:
        for node in selections.selections:
            if isinstance(node, FieldNode):
                permission = permissions.get((root, node.name.value))
                if permission is not None:
                    wanted.append(permission)
            elif isinstance(node, InlineFragmentNode):
                visit(node.selection_set, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                fragment = fragments.get(node.name.value)
                if fragment is not None:
                    visit(fragment.selection_set, seen | {node.name.value})

    visit(operation.selection_set, frozenset())
    return wanted


def check_permissions(actor: Actor | None, wanted: Sequence[str]) -> None:
    """Raise for the first permission that the actor lacks."""
    for permission in wanted:
        if actor is None:
            raise Unauthenticated(permission)
        if not actor.can(permission):
            raise Forbidden(permission)
