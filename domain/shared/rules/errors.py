"""What is wrong with a rule, and where: refusals with a code and the path of the part."""

from domain.shared.errors import DomainError


class RuleRefused(DomainError):
    """`path` leads through the JSON: `all.0.not`; empty for the whole rule."""

    code = "RULE_REFUSED"

    def __init__(self, path: tuple[str | int, ...], sentence: str) -> None:
        self.path = ".".join(map(str, path))
        super().__init__(f"规则{f'（{self.path}）' if path else ''}：{sentence}")


class RuleUnreadable(RuleRefused):
    """Not of the form that docs/rules.md shows."""

    code = "RULE_UNREADABLE"


class UnknownField(RuleRefused):
    code = "RULE_UNKNOWN_FIELD"


class UnknownOperator(RuleRefused):
    """Unknown, or not one that the field allows."""

    code = "RULE_UNKNOWN_OPERATOR"


class UnknownParameter(RuleRefused):
    code = "RULE_UNKNOWN_PARAMETER"


class WrongValue(RuleRefused):
    """Of another type, outside the closed set, or beyond what a column holds."""

    code = "RULE_WRONG_VALUE"


class RuleTooLarge(RuleRefused):
    code = "RULE_TOO_LARGE"


class FieldForbidden(RuleRefused):
    code = "RULE_FIELD_FORBIDDEN"
