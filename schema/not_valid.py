"""What GraphQL itself finds wrong with a request: a stable code, and a sentence in the reader's language.

GraphQL's own messages are English, change with the library and quote what was sent. Of these errors only the rule that
was broken, a name and the place are kept; a few are told, however many there are.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import (
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    OperationDefinitionNode,
    ValidationContext,
    VariableDefinitionNode,
    get_named_type,
    get_nullable_type,
    is_input_object_type,
    is_list_type,
    specified_rules,
    type_from_ast,
    validate,
)
from graphql.utilities import validate_input_value

from schema.engine.errors import BadRequest, Complaint, Value, complaint

MOST_TOLD = 3
_LONGEST_NAME = 60

_UNREADABLE = complaint("DOCUMENT_NOT_READABLE", takes=("line", "column"))
_OTHERWISE = complaint("DOCUMENT_NOT_VALID", takes=("line",))
_WRONG_VARIABLE = complaint("VARIABLES_NOT_VALID", takes=("name", "scalar"))
UNFIT = BadRequest(complaint("VARIABLES_NOT_VALID", "VARIABLES_UNFIT"))
"""Variables that do not fit together with the document, whichever of them it is."""
_WRONG_ARGUMENT = complaint("VARIABLES_NOT_VALID", "ARGUMENT_NOT_VALID", takes=("name",))


def _not_valid(sentence: str, *takes: str) -> Complaint:
    return complaint("DOCUMENT_NOT_VALID", sentence, takes=(*takes, "line"))


_OF_RULES = {
    "FieldsOnCorrectTypeRule": _not_valid("FIELD_UNKNOWN", "name"),
    "KnownArgumentNamesRule": _not_valid("ARGUMENT_UNKNOWN", "name"),
    "KnownTypeNamesRule": _not_valid("TYPE_UNKNOWN", "name"),
    "KnownFragmentNamesRule": _not_valid("FRAGMENT_UNKNOWN", "name"),
    "KnownDirectivesRule": _not_valid("DIRECTIVE_UNKNOWN", "name"),
    "ProvidedRequiredArgumentsRule": _not_valid("ARGUMENT_MISSING", "name"),
    "NoUndefinedVariablesRule": _not_valid("VARIABLE_UNKNOWN", "name"),
    "NoUnusedVariablesRule": _not_valid("VARIABLE_UNUSED", "name"),
    "NoUnusedFragmentsRule": _not_valid("FRAGMENT_UNUSED", "name"),
    "VariablesInAllowedPositionRule": _not_valid("VARIABLE_OF_ANOTHER_TYPE", "name"),
    "ScalarLeafsRule": _not_valid("SELECTION_NOT_FITTING"),
    "ValuesOfCorrectTypeRule": _not_valid("VALUE_NOT_FITTING"),
    "OverlappingFieldsCanBeMergedRule": _not_valid("FIELDS_IN_CONFLICT"),
}
"""Rules that people break; what they rarely do is said in one sentence for all."""


class _Placed(BadRequest):
    """A complaint with the place in the document that GraphQL found."""

    def __init__(self, complaint: Complaint, at: GraphQLError, **values: Value) -> None:
        super().__init__(complaint, **values)
        self.nodes, self.source, self.positions = at.nodes, at.source, at.positions
        self.locations, self.path = at.locations, at.path


class NotValid(Exception):
    """The document is no valid operation of this schema; `errors` are for the client."""

    def __init__(self, errors: list[BadRequest]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


def unreadable(wrong: GraphQLError) -> NotValid:
    """What is no GraphQL at all, by the place where reading ended."""
    line, column = (wrong.locations[0].line, wrong.locations[0].column) if wrong.locations else (1, 1)
    return NotValid([_Placed(_UNREADABLE, wrong, line=line, column=column)])


def check_document(schema: GraphQLSchema, node: DocumentNode) -> None:
    """Raises NotValid with the first few of what is wrong."""
    found = validate(schema, node, _TELLING, max_errors=MOST_TOLD)
    if found:
        # The last of too many is GraphQL's own word that it stopped.
        told = [error for error in found if isinstance(error, BadRequest)]
        raise NotValid(told or [BadRequest(_OTHERWISE, line=1)])


def wrong_variables(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: Mapping[str, Any]
) -> list[BadRequest]:
    """The variables that are not of their type, by name and by the place within them; none when all are."""
    found: list[BadRequest] = []
    for one in operation.variable_definitions or ():
        type_ = type_from_ast(schema, one.type)
        name = one.variable.name.value
        if type_ is None or (name not in given and one.default_value is not None):
            continue
        validate_input_value(given.get(name), type_, _noting(found, one, type_), hide_suggestions=True)  # type: ignore[arg-type]
    return found[:MOST_TOLD]


def wrong_argument(error: GraphQLError) -> BadRequest:
    """A value that fits its variable, and not the argument that it was put into."""
    name = ".".join(str(part) for part in error.path or ())
    return _Placed(_WRONG_ARGUMENT, error, name=name[:_LONGEST_NAME])


def _noting(found: list[BadRequest], variable: VariableDefinitionNode, type_: GraphQLInputType) -> Any:
    def note(_error: GraphQLError, path: list[str | int]) -> None:
        name = ".".join(["$" + variable.variable.name.value, *map(str, path)])[:_LONGEST_NAME]
        at = GraphQLError("", variable)
        found.append(_Placed(_WRONG_VARIABLE, at, name=name, scalar=_wanted(type_, path)))

    return note


def _wanted(type_: GraphQLInputType, path: Iterable[str | int]) -> str:
    """The name of the type that stands at a place within a type."""
    here: Any = get_nullable_type(type_)
    for step in path:
        if is_list_type(here):
            here = here.of_type
        elif is_input_object_type(here) and step in here.fields:
            here = here.fields[step].type
        here = get_nullable_type(here)
    return str(get_named_type(here).name)


def _told(rule: str, error: GraphQLError) -> BadRequest:
    complaint = _OF_RULES.get(rule, _OTHERWISE)
    line = error.locations[0].line if error.locations else 1
    if "name" not in complaint.takes:
        return _Placed(complaint, error, line=line)
    return _Placed(complaint, error, name=_name_at(error)[:_LONGEST_NAME], line=line)


def _name_at(error: GraphQLError) -> str:
    """The name of what an error is about: of a field, an argument, a variable that is declared."""
    node: Any = error.nodes[0] if error.nodes else None
    for part in ("variable", "name"):
        node = getattr(node, part, node)
    return str(getattr(node, "value", ""))


class _Telling:
    """A rule's context that says what the rule finds by the rule's own name."""

    def __init__(self, context: ValidationContext, rule: str) -> None:
        self._context, self._rule = context, rule

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def report_error(self, error: GraphQLError) -> None:
        self._context.report_error(_told(self._rule, error))


def _telling(rule: type[ASTValidationRule]) -> type[ASTValidationRule]:
    def begin(self: ASTValidationRule, context: ValidationContext) -> None:
        rule.__init__(self, _Telling(context, rule.__name__))  # type: ignore[arg-type]

    return type(rule.__name__, (rule,), {"__init__": begin})


_TELLING = [_telling(rule) for rule in specified_rules]
