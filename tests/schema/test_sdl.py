"""The SDL: what outside callers count on, permissions, field classes; the committed file is the present one."""

from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    is_required_input_field,
)

from schema.root import schema

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PRESENT = schema.as_str() + "\n"
VIRTUAL = {
    "SignInSuccess",
    "RecordVisitSuccess",
    "StartNightSuccess",
    "DecideBatchSuccess",
    "ExplainScoreSuccess",
    "ProposalSuccess",
    "CutLinkSuccess",
    "PlanBalanceSuccess",
    "FullTimeSuccess",
    "LeaveSuccess",
    "ListGridSuccess",
    "OwnerExceptionSuccess",
    "OwnershipTrialSuccess",
    "PlanSuccess",
    "PlanProposalSuccess",
    "AskForUploadSuccess",
    "ImportSuccess",
    "HandOutCodeSuccess",
    "SourceSuccess",
    "TryAdapterSuccess",
}
"""Payloads: they hold nothing but a typed field or a flag."""


def shapes(built: GraphQLSchema) -> set[str]:
    """Every name with its type, one line each."""
    found: set[str] = set()
    for name, kind in built.type_map.items():
        if name.startswith("__"):
            continue
        found.add(f"{type(kind).__name__} {name}")
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            found |= {f"{name} implements {interface.name}" for interface in kind.interfaces}
            for field_name, field in kind.fields.items():
                found.add(f"{name}.{field_name}: {field.type}")
                for argument_name, argument in field.args.items():
                    found.add(
                        f"{name}.{field_name}({argument_name}: {argument.type} = {argument.default_value})"
                    )
        if isinstance(kind, GraphQLInputObjectType):
            found |= {
                f"{name}.{key}: {given.type} = {given.default_value}" for key, given in kind.fields.items()
            }
        if isinstance(kind, GraphQLEnumType):
            found |= {f"{name}.{value}" for value in kind.values}
        if isinstance(kind, GraphQLUnionType):
            found |= {f"{name} = {member.name}" for member in kind.types}
    return found


def test_the_committed_sdl_is_the_present_one() -> None:
    assert (ROOT / "schema" / "schema.graphql").read_text() == PRESENT, "run ./yunge schema"


def test_every_name_and_shape_of_the_contract_is_kept() -> None:
    contract = build_schema((HERE / "contract.graphql").read_text())
    assert shapes(contract) - shapes(build_schema(PRESENT)) == set()


def test_no_required_argument_or_input_was_added_to_what_the_contract_names() -> None:
    contract, present = build_schema((HERE / "contract.graphql").read_text()), build_schema(PRESENT)
    for name, kind in contract.type_map.items():
        now = present.type_map[name]
        if isinstance(kind, GraphQLInputObjectType):
            assert isinstance(now, GraphQLInputObjectType)
            required = {key for key, given in now.fields.items() if is_required_input_field(given)}
            assert required <= set(kind.fields) <= set(now.fields), name
        if isinstance(kind, GraphQLObjectType):
            assert isinstance(now, GraphQLObjectType)
            for field_name, field in kind.fields.items():
                assert set(now.fields[field_name].args) == set(field.args), f"{name}.{field_name}"


def object_types() -> list[GraphQLObjectType]:
    return [
        kind
        for name, kind in build_schema(PRESENT).type_map.items()
        if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
    ]


def types_that_hold_rows() -> list[GraphQLObjectType]:
    """Not the roots, payloads and refusals, whose fields are no content of a table."""
    roots_and_payloads = {"Query", "Mutation"} | VIRTUAL
    return [
        kind
        for kind in object_types()
        if kind.name not in roots_and_payloads and not any(one.name == "Refusal" for one in kind.interfaces)
    ]


def directives(field: object) -> dict[str, str]:
    node = field.ast_node  # type: ignore[attr-defined]
    return {d.name.value: d.arguments[0].value.value for d in (node.directives or ())}


@pytest.mark.parametrize("kind", types_that_hold_rows(), ids=lambda kind: kind.name)
def test_every_field_has_a_class(kind: GraphQLObjectType) -> None:
    """Default deny: a field that nobody classified fails the build."""
    without = [name for name, field in kind.fields.items() if "class" not in directives(field)]
    assert without == []
    assert "C3" not in {directives(field)["class"] for field in kind.fields.values()}, "C3 is never shown"


OPEN_TO_ALL = {
    "Query.viewer",
    "Query.node",
    "Mutation.signIn",
    "Mutation.setFirstPassword",
    "Mutation.signOut",
}


def test_every_root_field_requires_a_permission_or_is_named_here() -> None:
    built = build_schema(PRESENT)
    assert built.query_type
    assert built.mutation_type
    for root in (built.query_type, built.mutation_type):
        for name, field in root.fields.items():
            assert ("requires" in directives(field)) != (f"{root.name}.{name}" in OPEN_TO_ALL), name


def test_every_type_and_field_is_described() -> None:
    for kind in object_types():
        if kind.name not in {"Query", "Mutation"}:
            assert kind.description, kind.name
        for name, field in kind.fields.items():
            assert field.description, f"{kind.name}.{name}"
