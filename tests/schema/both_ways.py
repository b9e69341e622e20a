"""One document, both executors, the same rows: what the compiled one answers must be what the ordinary one answers."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, ExecutionResult, OperationDefinitionNode, parse, validate

from schema.engine.compiled.document import CompiledDocument, Compiler, is_whole
from schema.engine.errors import BadRequest
from schema.engine.mapping import View
from schema.engine.rendering import Values

Fetch = Callable[[str, list[Any]], Awaitable[Any]]


class Different(AssertionError):
    """The two executors do not agree."""


@dataclass(frozen=True)
class Asked:
    """A document with its variables, ready for both."""

    node: DocumentNode
    operation: OperationDefinitionNode
    variables: Mapping[str, Any]
    text: str

    @classmethod
    def of(cls, compiler: Compiler, text: str, variables: Mapping[str, Any]) -> "Asked":
        node = parse(text)
        wrong = validate(compiler.schema, node)
        assert wrong == [], f"{wrong}\n{text}"
        operation = next(one for one in node.definitions if isinstance(one, OperationDefinitionNode))
        return cls(node, operation, variables, text)


@dataclass(frozen=True)
class Compared:
    """How the comparison ended: the common answer, or the errors for which the compiled executor gave way."""

    data: Any
    errors: list[Any]
    is_compiled: bool


async def answer_compiled(
    document: CompiledDocument, asked: Asked, view: View, values: Values, fetch: Fetch
) -> bytes | None:
    """The compiled answer's bytes; None where it gives way to the ordinary executor."""
    variables = document.coerced(asked.variables)
    if variables is None:
        return None
    try:
        statement = document.statement(view, variables)
        parameters = statement.parameters(variables, values)
    except BadRequest:
        return None
    answer: bytes = await fetch(statement.text, parameters)
    return answer if is_whole(answer) else None


def compare(asked: Asked, compiled: bytes | None, ordinary: ExecutionResult) -> Compared:
    """Raises Different. An answer without errors has to come from both, an answer with errors from neither."""
    if compiled is None:
        if not ordinary.errors:
            raise Different(f"the compiled executor gave way without need\n{asked.text}\n{asked.variables}")
        return Compared(ordinary.data, list(ordinary.errors), False)
    if ordinary.errors:
        raise Different(f"the compiled executor hides {ordinary.errors}\n{asked.text}\n{asked.variables}")
    try:
        data = json.loads(compiled)["data"]
    except ValueError as wrong:
        raise Different(f"no JSON ({wrong}): {compiled!r}\n{asked.text}") from None
    different = difference(data, ordinary.data)
    if different:
        raise Different(f"{different}\n{asked.text}\n{asked.variables}")
    return Compared(ordinary.data, [], True)


def difference(compiled: Any, ordinary: Any, path: str = "data") -> str | None:
    """The first place in which two answers differ: keys in any order, lists in theirs, numbers by their value."""
    if isinstance(compiled, dict) and isinstance(ordinary, dict) and set(compiled) == set(ordinary):
        found = (difference(compiled[key], ordinary[key], f"{path}.{key}") for key in compiled)
        return next((one for one in found if one), None)
    if isinstance(compiled, list) and isinstance(ordinary, list) and len(compiled) == len(ordinary):
        pairs = enumerate(zip(compiled, ordinary, strict=True))
        found = (difference(one, other, f"{path}[{n}]") for n, (one, other) in pairs)
        return next((one for one in found if one), None)
    is_same_kind = type(compiled) is type(ordinary) or {type(compiled), type(ordinary)} == {int, float}
    if is_same_kind and compiled == ordinary:
        return None
    return f"{path}: compiled {_short(compiled)}, ordinary {_short(ordinary)}"


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return f"an object of {sorted(value)}"
    return f"{len(value)} items" if isinstance(value, list) else repr(value)
