"""A registered read document and its statements: one for each view and shape of variables."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    NameNode,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution.values import VariableValues, get_variable_values
from sqlalchemy import ColumnElement, LargeBinary, Select, case, func, select

from schema.engine.compiled.leaves import NotCompilable
from schema.engine.compiled.sampling import sample_variables
from schema.engine.compiled.text import MISSING, constant, together
from schema.engine.compiled.writer import DocumentWriter
from schema.engine.given import Parameters, Variables
from schema.engine.mapping import Types, View
from schema.engine.plans import Plans
from schema.engine.rendering import Statement
from schema.engine.selection import Operation, selected_fields

_NOT_WHOLE = MISSING.encode()


@dataclass(frozen=True)
class Compiler:
    """What documents of one schema are compiled with."""

    schema: GraphQLSchema
    types: Types
    passing: Set[str]
    """Custom scalars that GraphQL lets through as they come from JSON."""
    guard: Callable[[View], ColumnElement[bool] | None] = lambda _view: None
    """The condition, looked at in the same statement, under which an answer may be given."""
    views: tuple[View, ...] = ()
    """Those for which statements are written before anybody asks."""
    samples: Mapping[str, Any] = field(default_factory=dict)
    """A value of each custom scalar, as a client sends it: for trying documents."""

    def document(self, node: DocumentNode, operation: OperationDefinitionNode) -> "CompiledDocument":
        """Compile it for the views that are known; raises NotCompilable with what cannot be compiled."""
        if operation.operation is not OperationType.QUERY:
            raise NotCompilable(f"a {operation.operation.value} is more than reading")
        fragments = {
            one.name.value: one for one in node.definitions if isinstance(one, FragmentDefinitionNode)
        }
        made = CompiledDocument(self, operation, fragments, Plans.of(self.schema, operation))
        variables = made.sample_variables()
        for view in self.views:
            made.statement(view, variables)
        return made


@dataclass(frozen=True)
class CompiledDocument:
    """One operation. Its statement's value is the answer's bytes, null when the guard did not hold."""

    compiler: Compiler
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    plans: Plans

    def statement(self, view: View, variables: Variables) -> Statement:
        """Raises NotCompilable, and BadRequest for variables that a declaration refuses."""

        def write(parameters: Parameters, marked: Mapping[str, Any]) -> Select[Any]:
            return self._write(view, parameters, marked)

        found = self.plans.find("document", view, variables, write)
        assert found is not None
        return found

    def coerced(self, variables: Mapping[str, Any]) -> Variables | None:
        """As GraphQL takes them; None when they are not of their types."""
        definitions = self.operation.variable_definitions
        if not definitions:
            return {}
        coerced = get_variable_values(self.compiler.schema, definitions, dict(variables), max_errors=1)
        return coerced.coerced if isinstance(coerced, VariableValues) else None

    def raw_samples(self) -> dict[str, Any]:
        """Variables that the document demands, with any value, as a client sends them."""
        compiler = self.compiler
        return sample_variables(
            compiler.schema, compiler.types, self.operation, self.fragments, compiler.samples
        )

    def sample_variables(self) -> Variables:
        variables = self.coerced(self.raw_samples())
        assert variables is not None
        return variables

    def _write(self, view: View, parameters: Parameters, marked: Mapping[str, Any]) -> Select[Any]:
        compiler = self.compiler
        variables = VariableValues({}, dict(marked))
        operation = Operation(compiler.schema, self.fragments, variables)
        # The operation as a field without a name, so that its selection is collected like any other.
        whole = FieldNode(name=NameNode(value="query"), selection_set=self.operation.selection_set)
        root = compiler.schema.query_type
        assert root is not None
        writer = DocumentWriter(compiler.types, operation, view, parameters, compiler.passing)
        data = writer.answer(root.name, selected_fields(operation, (whole,), root.name))
        text = together(('{"data":', *data, "}"))
        answer = func.convert_to(text, constant("UTF8"), type_=LargeBinary)
        guard = compiler.guard(view)
        return select(answer if guard is None else case((guard, answer)))


def is_whole(answer: bytes) -> bool:
    """Whether nothing is missing in an answer; else the ordinary executor has to say what."""
    return _NOT_WHOLE not in answer
