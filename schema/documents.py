"""登记文档: operations registered ahead of time. An id is the only way in for browsers and in production."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    StringValueNode,
    Visitor,
    parse,
    validate,
    visit,
)

from schema.contract import Contract
from schema.engine.compiled.document import CompiledDocument, Compiler
from schema.engine.compiled.leaves import NotCompilable
from schema.engine.errors import BadRequest, complaint
from schema.engine.limits import LIMITS, REGISTERED, Limits, Meter, check
from schema.engine.plans import Plans
from schema.not_valid import NotValid, check_document, unreadable
from schema.refusals import words_of
from schema.rights import permissions_of_fields, required
from schema.words.wording import Language

_NOT_FOUND = complaint("DOCUMENT_NOT_FOUND")
_TOO_LONG = complaint("QUERY_TOO_EXPENSIVE", "QUERY_TOO_LONG", takes=("most",))
_TOO_DEEP = complaint("QUERY_TOO_EXPENSIVE", "QUERY_TOO_DEEP_TO_READ")
_TOO_MANY_TOKENS = complaint("QUERY_TOO_EXPENSIVE", "QUERY_TOKENS", takes=("most",))
BAD_TEXT = complaint("BAD_TEXT")
_DOES_NOT_FIT = complaint("DOCUMENT_DOES_NOT_FIT", takes=("document", "why"))
_NAMED = re.compile(r"\b(?:query|mutation|subscription)\s+(\w+)")
_INTROSPECTION_OFF = complaint("INTROSPECTION_OFF")
_NOT_CHOSEN = complaint("OPERATION_NOT_CHOSEN")
_SUBSCRIPTION = complaint("OPERATION_NOT_CHOSEN", "OPERATION_IS_SUBSCRIPTION")


@dataclass(frozen=True)
class Document:
    """A parsed and validated document with one operation chosen, and its statements so far."""

    node: DocumentNode
    operation: OperationDefinitionNode
    permissions: tuple[str, ...]
    meter: Meter
    plans: Plans
    is_registered: bool = False
    compiled: CompiledDocument | None = None
    not_compiled: str = ""
    """Why the ordinary executor runs it."""

    @cached_property
    def name(self) -> str:
        """The operation's name for metrics and logs; free text has none, so that labels stay few."""
        named = self.operation.name.value if self.operation.name else "anonymous"
        return named if self.is_registered else "free"


@dataclass(frozen=True)
class Unfit:
    """A registered document that cannot be answered: what asks for it, a page or a program, gets nothing."""

    name: str
    """The operation's name; the beginning of the id where the text tells none."""
    errors: Sequence[BadRequest]

    def __str__(self) -> str:
        return "; ".join(error.message for error in self.errors)

    def sentence(self, language: Language) -> str:
        """Which one and why, for an operator."""
        why = " ".join(words_of(error, language) for error in self.errors)
        return words_of(BadRequest(_DOES_NOT_FIT, document=self.name, why=why), language)


MOST_FREE_TEXTS = 100


@dataclass(frozen=True)
class Registry:
    """All registered documents by id, and the reader of free text."""

    contract: Contract
    documents: Mapping[str, Document]
    unfit: Mapping[str, "Unfit"]
    """Registered documents that do not fit this schema: told at start-up, by `/readyz` and by `./yunge up`."""
    has_introspection: bool = False
    _free: dict[tuple[str, str | None], Document] = field(default_factory=dict)
    """Free texts that passed, so that whoever asks again does not pay for reading them again."""

    @property
    def schema(self) -> GraphQLSchema:
        return self.contract.graphql

    def registered(self, document_id: str, variables: Mapping[str, object]) -> Document:
        found = self.documents.get(document_id.removeprefix("sha256:"))
        if found is None:
            raise BadRequest(_NOT_FOUND)
        found.meter.check(variables)
        return found

    def free(self, text: str, operation_name: str | None, variables: Mapping[str, object]) -> Document:
        """Parse, count, validate. Counting comes before validation, which fragments can make work hard."""
        known = self._free.get((text, operation_name))
        if known is not None:
            if not self.has_introspection:
                known.meter.check(variables)
            return known
        document = self._read(text, operation_name, variables)
        if len(self._free) >= MOST_FREE_TEXTS:
            self._free.pop(next(iter(self._free)))
        self._free[text, operation_name] = document
        return document

    def _read(self, text: str, operation_name: str | None, variables: Mapping[str, object]) -> Document:
        if len(text) > LIMITS.characters:
            raise BadRequest(_TOO_LONG, most=LIMITS.characters)
        try:
            node = parse(text, max_tokens=LIMITS.tokens, no_location=False)
        except GraphQLError as wrong:
            raise _unread(wrong) from None
        if "\\u" in text and not _is_text(node):
            raise BadRequest(BAD_TEXT)
        if not self.has_introspection:
            check(node, variables, LIMITS, self.contract.weights)
            _check_introspection(self.schema, node)
        return _validated(self.contract, node, operation_name, LIMITS)


def load_registry(
    contract: Contract,
    manifest: Path,
    *,
    compiler: Compiler | None = None,
    has_introspection: bool = False,
) -> Registry:
    """Read Relay's manifest (id -> text) and compile what can be compiled. A missing one is an empty registry."""
    texts: dict[str, str] = json.loads(manifest.read_text()) if manifest.exists() else {}
    documents: dict[str, Document] = {}
    unfit: dict[str, Unfit] = {}
    for document_id, text in texts.items():
        try:
            documents[document_id] = register(contract, text, compiler)
        except NotValid as wrong:
            unfit[document_id] = Unfit(_name_in(text) or document_id[:12], wrong.errors)
        except BadRequest as wrong:
            unfit[document_id] = Unfit(_name_in(text) or document_id[:12], [wrong])
    return Registry(contract, documents, unfit, has_introspection)


def _name_in(text: str) -> str | None:
    """The operation's name in a text that may be no GraphQL at all."""
    found = _NAMED.search(text)
    return found and found[1]


def register(contract: Contract, text: str, compiler: Compiler | None) -> Document:
    """Raises NotValid, or BadRequest for a document that costs too much."""
    try:
        node = parse(text)
    except GraphQLError as wrong:
        raise unreadable(wrong) from None
    check(node, {}, REGISTERED, contract.weights)
    document = replace(_validated(contract, node, None, REGISTERED), is_registered=True)
    if compiler is None:
        return document
    try:
        return replace(document, compiled=compiler.document(node, document.operation))
    except (NotCompilable, BadRequest) as reason:
        return replace(document, not_compiled=str(reason))


def _unread(wrong: GraphQLError) -> Exception:
    """What GraphQL gave up reading, because it is too long or too deep, is told from what is no GraphQL."""
    if not wrong.message.endswith("Parsing aborted."):
        return unreadable(wrong)
    is_deep = "nested" in wrong.message
    return BadRequest(_TOO_DEEP) if is_deep else BadRequest(_TOO_MANY_TOKENS, most=LIMITS.tokens)


def _is_text(node: DocumentNode) -> bool:
    """Escapes can spell NUL, which PostgreSQL does not hold; half a surrogate pair GraphQL itself refuses."""
    found: list[str] = []

    class Visit(Visitor):
        def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
            found.append(node.value)

    visit(node, Visit())
    return not any("\0" in one for one in found)


def _check_introspection(schema: GraphQLSchema, node: DocumentNode) -> None:
    """The contract is given to partners by hand; the schema does not tell itself to whoever asks."""
    if validate(schema, node, [NoSchemaIntrospectionCustomRule], max_errors=1):
        raise BadRequest(_INTROSPECTION_OFF)


def _validated(
    contract: Contract, node: DocumentNode, operation_name: str | None, limits: Limits
) -> Document:
    schema = contract.graphql
    check_document(schema, node)
    operation = _chosen(node, operation_name)
    permissions = required(operation, node, permissions_of_fields(schema))
    return Document(
        node,
        operation,
        tuple(permissions),
        Meter(node, limits, contract.weights),
        Plans.of(schema, operation),
    )


def _chosen(node: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [one for one in node.definitions if isinstance(one, OperationDefinitionNode)]
    if name is not None:
        operations = [one for one in operations if one.name and one.name.value == name]
    if len(operations) != 1:
        raise BadRequest(_NOT_CHOSEN)
    if operations[0].operation is OperationType.SUBSCRIPTION:
        raise BadRequest(_SUBSCRIPTION)
    return operations[0]
