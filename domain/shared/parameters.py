"""Parameters (参数): figures that the bank decides, each a fact with a day from which it holds.

A room declares its parameters beside its rules (`domain/<context>/parameters.py`); which of them a process knows is a
list given as an argument. What was decided is in `parameter_versions`; where nothing was, the declared default holds.
Night, cut and reads ask for the value of the data date, so that a figure of any day can be had again as it was.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar, cast

from domain.shared.data_date import DATA_DATE, Execute
from domain.shared.errors import DomainError
from domain.shared.statements import NUMBER, TEXT, Statement, declare

T = TypeVar("T")

Values = Mapping[str, Any]
"""Values by name, as of one day."""


class ParameterType(StrEnum):
    """What kind of value; amounts are whole numbers of the unit."""

    INTEGER = "INTEGER"
    FEN = "FEN"
    DAYS = "DAYS"
    MONTHS = "MONTHS"
    BPS = "BPS"
    TEXT = "TEXT"
    LIST = "LIST"
    RULE = "RULE"


WHOLE_NUMBERS = frozenset(
    {ParameterType.INTEGER, ParameterType.FEN, ParameterType.DAYS, ParameterType.MONTHS, ParameterType.BPS}
)
LONGEST_TEXT = 500
LONGEST_LIST = 50


class ParameterNotFound(DomainError):
    code = "PARAMETER_NOT_FOUND"
    takes: ClassVar = {"name": TEXT}

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class ParameterNotValid(DomainError):
    """One code, whatever is wrong with the value; the statement says what."""

    code = "PARAMETER_NOT_VALID"

    def __init__(self, wrong: Statement) -> None:
        super().__init__(str(wrong))
        self.statement = wrong


NOT_WHOLE = declare("PARAMETER_NOT_WHOLE")
OUT_OF_BOUNDS = declare("PARAMETER_OUT_OF_BOUNDS", lowest=NUMBER, highest=NUMBER)
TOO_SMALL = declare("PARAMETER_TOO_SMALL", lowest=NUMBER)
TOO_LARGE = declare("PARAMETER_TOO_LARGE", highest=NUMBER)
NO_TEXT = declare("PARAMETER_NO_TEXT", longest=NUMBER)
NOT_ALLOWED = declare("PARAMETER_NOT_ALLOWED", allowed=TEXT)
NO_LIST = declare("PARAMETER_NO_LIST", longest=NUMBER)
NO_RULE = declare("PARAMETER_NO_RULE")


def _anything(_value: Any) -> Statement | None:
    return None


@dataclass(frozen=True)
class Parameter(Generic[T]):
    """One parameter. `name` is `<room>.<what>` and the code under which the reader's catalogue words it.

    `lowest` and `highest` bound whole numbers, also those in a list; `allowed` are the only texts that may stand.
    `complaint` says what bounds cannot: a statement of what is wrong, None where the value may stand. `readers` are the
    steps and pages whose figures move with it.
    """

    name: str
    type: ParameterType
    default: T
    unit: str
    readers: tuple[str, ...]
    lowest: int | None = None
    highest: int | None = None
    allowed: tuple[str, ...] = ()
    complaint: Callable[[Any], Statement | None] = _anything

    def of(self, values: Values) -> T:
        """Its value among those of a day; the default where none was decided."""
        return cast(T, values.get(self.name, self.default))

    def check(self, value: Any) -> None:
        """Raise ParameterNotValid unless the value may stand."""
        wrong = self._wrong(value)
        if wrong is not None:
            raise ParameterNotValid(wrong)

    def _wrong(self, value: Any) -> Statement | None:
        if self.type in WHOLE_NUMBERS:
            return self._wrong_number(value) or self.complaint(value)
        if self.type is ParameterType.TEXT:
            return self._wrong_text(value) or self.complaint(value)
        if self.type is ParameterType.RULE:
            return self.complaint(value) if isinstance(value, dict) else NO_RULE()
        if not isinstance(value, list) or not 0 < len(value) <= LONGEST_LIST:
            return NO_LIST(longest=LONGEST_LIST)
        one = self._wrong_text if self.allowed else self._wrong_number
        return next((wrong for item in value if (wrong := one(item))), None) or self.complaint(value)

    def _wrong_number(self, value: Any) -> Statement | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return NOT_WHOLE()
        lowest, highest = self.lowest, self.highest
        if (lowest is None or value >= lowest) and (highest is None or value <= highest):
            return None
        if lowest is None:
            return TOO_LARGE(highest=cast(int, highest))
        return TOO_SMALL(lowest=lowest) if highest is None else OUT_OF_BOUNDS(lowest=lowest, highest=highest)

    def _wrong_text(self, value: Any) -> Statement | None:
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT:
            return NO_TEXT(longest=LONGEST_TEXT)
        if self.allowed and value not in self.allowed:
            return NOT_ALLOWED(allowed=", ".join(self.allowed))
        return None


Declared = Iterable[Parameter[Any]]


def named(declared: Declared, name: str) -> Parameter[Any]:
    """The declared parameter of a name."""
    for parameter in declared:
        if parameter.name == name:
            return parameter
    raise ParameterNotFound(name)


def defaults_of(declared: Declared) -> dict[str, Any]:
    """What holds where nothing was decided. Two of one name are a mistake of the rooms."""
    values: dict[str, Any] = {}
    for parameter in declared:
        if parameter.name in values:
            raise ValueError(f"the parameter {parameter.name} is declared twice")
        values[parameter.name] = parameter.default
    return values


# A later version of the same day takes the place of the earlier one whole, also where it ends sooner. Of those that
# hold on the day the one that began last wins, so that a version with an end gives way to what held before it.
_ON = """
select distinct on (v.name) v.name, v.value, v.id, v.from_on
  from (select distinct on (name, from_on) name, from_on, to_on, value, id
          from {versions} where from_on <= {day} order by name, from_on, id desc) v
 where v.to_on is null or v.to_on > {day}
 order by v.name, v.from_on desc
"""
VERSIONS_ON = _ON.replace("{versions}", "parameter_versions")
"""The versions that hold on `{day}`: name, value, id, from_on."""
VERSIONS_IN_FORCE = VERSIONS_ON.format(day=DATA_DATE)
"""The versions that hold on the data date in force; none before the first night."""

CHANGES = f"""
with decided as (select name, from_on, to_on, value, id from parameter_versions where name = :name),
     proposed as (select * from decided
                  union all select :name, cast(:from_on as date), cast(:to_on as date), cast(:value as jsonb),
                                   {2**63 - 1}),
     days as (select from_on as day from proposed union select to_on from proposed)
select exists (select from days
                 left join lateral ({_ON.format(day="days.day", versions="decided")}) held on true
                 left join lateral ({_ON.format(day="days.day", versions="proposed")}) then_held on true
                where days.day >= cast(:from_on as date)
                  and coalesce(held.value, cast(:otherwise as jsonb))
                      is distinct from coalesce(then_held.value, cast(:otherwise as jsonb)))
"""  # noqa: S608
"""Whether a version would change the value of any day: on each day on which something begins or ends, what would hold
is set beside what holds. `otherwise` is the declared default."""


def parameters_on(connection: Execute, day: date, declared: Declared = ()) -> dict[str, Any]:
    """Every value that holds on a day, by one statement: what was decided, over the defaults of what is declared."""
    text = VERSIONS_ON.format(day="cast(%(day)s as date)")
    decided = {name: value for name, value, *_ in connection.execute(text, {"day": day})}
    return {**defaults_of(declared), **decided}


def parameters_in_force(connection: Execute, declared: Declared = ()) -> dict[str, Any]:
    """The same as of the data date in force, for what changes between two nights (a cut)."""
    decided = {name: value for name, value, *_ in connection.execute(VERSIONS_IN_FORCE, {})}
    return {**defaults_of(declared), **decided}
