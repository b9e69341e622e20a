"""Refusals of the domain become the refusal of the mutation's own union. Anything else is a bug and is masked."""

from typing import Any

import strawberry

from domain.shared.errors import DomainError
from schema.words.wording import word


class AsRefusal(strawberry.ExceptionHandler[DomainError, Any]):
    """Answers a refusal by the type that the field's union holds; the code is the contract, the message for people,
    in the caller's language."""

    exception_type = DomainError

    def __init__(self, error_type: type[Any]) -> None:
        self.error_type = error_type

    def handle(self, exception: DomainError, *, field: Any, info: Any) -> Any:  # noqa: ARG002
        return self.error_type(code=exception.code, message=word(exception.statement, info.context.language))
