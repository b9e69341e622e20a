"""What is wrong with a rule, and where: refusals with a code, the place in the rule, and what was expected there."""

from collections.abc import Iterable
from typing import ClassVar

from domain.shared.errors import DomainError
from domain.shared.statements import TEXT, Value


class RuleRefused(DomainError):
    """`path` leads through the JSON: `all.0.not`; empty for the whole rule."""

    code = "RULE_REFUSED"

    def __init__(self, path: tuple[str | int, ...], **values: Value) -> None:
        self.path = ".".join(map(str, path))
        super().__init__(None, place=self.path or "WHOLE", **values)


class RuleUnreadable(RuleRefused):
    """Not of the form that docs/rules.md shows: OBJECT or LIST is expected, or the parts named."""

    code = "RULE_UNREADABLE"
    takes: ClassVar = {"place": TEXT, "expected": TEXT}

    def __init__(self, path: tuple[str | int, ...], expected: str | Iterable[str]) -> None:
        parts = expected if isinstance(expected, str) else ",".join(sorted(expected))
        super().__init__(path, expected=parts)


class UnknownField(RuleRefused):
    code = "RULE_UNKNOWN_FIELD"
    takes: ClassVar = {"place": TEXT, "name": TEXT}


class UnknownOperator(RuleRefused):
    """Unknown, or not one that the field allows."""

    code = "RULE_UNKNOWN_OPERATOR"
    takes: ClassVar = {"place": TEXT, "name": TEXT, "allowed": TEXT}


class UnknownParameter(RuleRefused):
    code = "RULE_UNKNOWN_PARAMETER"
    takes: ClassVar = {"place": TEXT, "name": TEXT}


class WrongValue(RuleRefused):
    """Of another type, outside the closed set (which is named), or beyond what a column holds."""

    code = "RULE_WRONG_VALUE"
    takes: ClassVar = {"place": TEXT, "expected": TEXT}


class RuleTooLarge(RuleRefused):
    code = "RULE_TOO_LARGE"
    takes: ClassVar = {"place": TEXT}


class FieldForbidden(RuleRefused):
    code = "RULE_FIELD_FORBIDDEN"
    takes: ClassVar = {"place": TEXT, "name": TEXT}
