"""What can be asked in rules, and why a rule holds for one customer."""

from datetime import date as Day  # noqa: N812  (RuleValue has a field of that name)
from enum import Enum
from typing import Any, NewType

import strawberry

from schema.field_classes import ClassLevel, c1, c2
from schema.scalars import Fen

RuleText = NewType("RuleText", dict)  # type: ignore[type-arg]


def _rule(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


RULE_SCALAR = strawberry.scalar(
    name="Rule",
    description="规则: a tree of `all`, `any`, `not`, `some` and leaves {field, operator, value}, as a JSON object.",
    serialize=_rule,
    parse_value=_rule,
)
RULE_SAMPLE: dict[str, Any] = {"all": []}


@strawberry.enum(description="规则对象: what a rule is about.")
class RuleSubject(Enum):
    CUSTOMER = "customer"
    LOAN = "loan"


@strawberry.enum(
    description="规则比较, as a rule writes them: `begins` takes beginnings of a text, `known` asks for any value."
)
class RuleOperator(Enum):
    EQ = strawberry.enum_value("eq", name="eq")
    IN = strawberry.enum_value("in", name="in")
    GTE = strawberry.enum_value("gte", name="gte")
    GT = strawberry.enum_value("gt", name="gt")
    LTE = strawberry.enum_value("lte", name="lte")
    LT = strawberry.enum_value("lt", name="lt")
    BEGINS = strawberry.enum_value("begins", name="begins")
    KNOWN = strawberry.enum_value("known", name="known")


@strawberry.enum(
    description="规则字段类型: the type of a field's values; a KEY is the number of a row, a FLAG is true or false."
)
class RuleFieldType(Enum):
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FEN = "fen"
    DATE = "date"
    FLAG = "flag"
    KEY = "key"


@strawberry.type(description="规则字段: something that a rule can ask of its subject.")
class RuleField:
    name: str = c1("The name in a rule.")
    code: str = c1("The code under which the reader words it.")
    type: RuleFieldType = c1("The type of its values.")
    operators: list[RuleOperator] = c1("What it can be compared by.")
    values: list[str] = c1("The closed set of its values; empty where any may stand.")
    level: ClassLevel = c1("The class of its values (JR/T 0171).")


@strawberry.type(description="规则取值: one value; the field's type says which of these it is.")
class RuleValue:
    text: str | None = c2("A text.")
    number: float | None = c2("A number, or the number of a row.")
    fen: Fen | None = c2("An amount.")
    date: Day | None = c2("A bank day.")
    flag: bool | None = c2("True or false.")


@strawberry.type(description="规则条件: one leaf of a rule with what was found for the customer.")
class RuleLeaf:
    path: str = c1("Where it stands in the rule: `all.0.not`; empty where the leaf is the whole rule.")
    field: str = c1("The name of the field; of a `some`, that of the link.")
    operator: RuleOperator | None = c1("What is compared by; null of a `some`.")
    wanted: list[RuleValue] = c1("What it is compared with, parameters and days filled in.")
    parameter: str | None = c1("The parameter from which that came.")
    value: RuleValue | None = c2(
        "The value used, masked as the field is; null where unknown. Of a `some`, how many there are."
    )
    source: str = c1("The feed whose value survived, else the table and column.")
    known_on: Day = c1("The day of the value.")
    holds: bool = c1("Whether the leaf holds.")


@strawberry.type(description="规则解释: why a rule holds for a customer, or does not.")
class RuleExplanation:
    data_date: Day = c1("The data date as of which it was asked.")
    holds: bool = c1("Whether the rule holds.")
    leaves: list[RuleLeaf] = c1("Its leaves, in the order of the rule.")
