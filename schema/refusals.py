"""Refusals get their words: the domain's in the mutation's own union, those of requests as errors of the answer.

Anything else is a bug and is masked.
"""

from typing import Any

import strawberry
from graphql import GraphQLError

from domain.shared.errors import DomainError
from domain.shared.statements import Statement
from schema.engine.errors import BadRequest
from schema.words.wording import Language, word


class AsRefusal(strawberry.ExceptionHandler[DomainError, Any]):
    """Answers a refusal by the type that the field's union holds; the code is the contract, the message for people,
    in the caller's language."""

    exception_type = DomainError

    def __init__(self, error_type: type[Any]) -> None:
        self.error_type = error_type

    def handle(self, exception: DomainError, *, field: Any, info: Any) -> Any:  # noqa: ARG002
        return self.error_type(code=exception.code, message=word(exception.statement, info.context.language))


def words_of(wrong: BadRequest, language: Language) -> str:
    """What is wrong with a request, in the language of whoever sent it."""
    return word(Statement(wrong.complaint.sentence, wrong.values), language)


def shown_in(error: GraphQLError, language: Language) -> dict[str, Any]:
    """An error as it stands in the answer. GraphQL wraps what a resolver raised; it is worded all the same."""
    formatted: dict[str, Any] = dict(error.formatted)
    wrong = error if isinstance(error, BadRequest) else error.original_error
    if isinstance(wrong, BadRequest):
        formatted["message"] = words_of(wrong, language)
    return formatted
