"""A rule before it counts: asked of last night's customers, as if it stood among the rules of its day.

Nothing is written. Who owns whom is worked out by the statements of the night, over the same tables.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, literal, select

from domain.grids.claiming import claim, conditions_of, ready
from domain.grids.ownership import CLEAR, IN_FORCE, WOULD_BE, ground
from domain.grids.ownership_rules import RuleInForce, rules_on, with_another
from domain.shared.dated import EVERYBODY
from domain.shared.rows import Rows
from domain.shared.rules.language import Language
from domain.shared.rules.rendering import rendered

SHOWN = 50
"""Pairs of former and new owners that a trial names, the most customers first."""


@dataclass(frozen=True)
class Handover:
    """Customers who would go from somebody (none without an owner) to somebody."""

    from_id: int | None
    to_id: int | None
    customers: int


@dataclass(frozen=True)
class RuleCount:
    """Of one rule: whom it holds for, and whom it has after exceptions, lists and earlier rules took theirs."""

    code: str
    name: str
    holds: int
    has: int


@dataclass(frozen=True)
class Trial:
    """`overlaps` are customers of the tried rule whom an earlier claim has: a rule by its code, EXCEPTION, LIST.

    `without_owner` counts active customers of the bank who would have nobody, which no rule can bring about.
    """

    day: date
    rules: tuple[RuleCount, ...]
    overlaps: tuple[tuple[str, int], ...]
    handovers: tuple[Handover, ...]
    change_hands: int
    without_owner: int
    gives_to_nobody: bool
    """The tried rule has nobody in service to give to, so its customers fall through."""


def try_rule(rows: Rows, language: Language, tried: RuleInForce | None, ended: str | None = None) -> Trial:
    """What the next night would make of a rule (or of the end of one, by its code); without either, of the rules as
    they are. Raises RuleRefused and OwnershipRuleCircular for what is no condition."""
    found = rows.execute(IN_FORCE)
    if not found:
        return Trial(date.min, (), (), (), 0, 0, tried is not None)
    plan, day = found[0]
    rules = [one for one in rules_on(rows, day) if one.code != ended]
    rules = rules if tried is None else with_another(rules, tried)
    ground(rows, day, plan, EVERYBODY)
    claim(rows, day, EVERYBODY, language, rules)
    counts, overlaps, readable = _counted(rows, day, language, rules, tried)
    handovers = _handovers(rows)
    without = rows.execute(_WITHOUT)[0][0]
    rows.execute(CLEAR)
    return Trial(
        day,
        counts,
        overlaps,
        tuple(handovers[:SHOWN]),
        sum(one.customers for one in handovers),
        int(without),
        tried is not None and tried.code not in readable,
    )


_HANDOVERS = f"""{WOULD_BE.format(whom="true")}
select assigned.owner_before, assigned.owner_id, count(*)
  from assigned join customers c on c.id = assigned.id and c.status = 'ACTIVE'
 where assigned.owner_before is distinct from assigned.owner_id
   and (exists (select from claimed where claimed.customer_id = assigned.id)
        or exists (select from ownership_claims k where k.customer_id = assigned.id))
 group by 1, 2 order by 3 desc, 1, 2
"""  # noqa: S608
_WITHOUT = f"""{WOULD_BE.format(whom="c.status = 'ACTIVE'")}
select count(*) from found where owner_id is null
"""  # noqa: S608


_BY_CLAIM = """
select coalesce(case claimed.cause when 'RULE' then cast(claimed.source_id as text) else claimed.cause end, ''),
       asked.held, count(*)
  from ({asked}) asked left join claimed on claimed.customer_id = asked.id
 group by 1, 2
"""


def _handovers(rows: Rows) -> list[Handover]:
    return [Handover(before, after, int(many)) for before, after, many in rows.execute(_HANDOVERS)]


Counted = tuple[tuple[RuleCount, ...], tuple[tuple[str, int], ...], frozenset[str]]


def _counted(
    rows: Rows, day: date, language: Language, rules: list[RuleInForce], tried: RuleInForce | None
) -> Counted:
    """Active customers by who has them and for which rules they are: one pass, grouped by both."""
    readable = ready(rows, day, language, rules)
    rows.execute("drop table rule_target")
    if not readable:
        return (), (), frozenset()
    row, source, conditions = conditions_of(day, readable)
    held = func.concat(*(case((holding, literal("1")), else_=literal("0")) for _, holding in conditions))
    part = rendered(select(row.c.id, held.label("held")).select_from(source).where(row.c.status == "ACTIVE"))
    asked = _BY_CLAIM.format(asked=part.text)
    by_id: dict[str, str] = {str(one.id): one.code for one, _, _ in readable}
    holds: Counter[str] = Counter()
    has: Counter[str] = Counter()
    overlaps: Counter[str] = Counter()
    for who, bits, many in rows.execute(asked, part.parameters):
        claimed_by = by_id.get(str(who), str(who))
        has[claimed_by] += many
        for (one, _, _), bit in zip(readable, bits, strict=True):
            if bit == "1":
                holds[one.code] += many
                if tried is not None and one.code == tried.code and claimed_by != one.code:
                    overlaps[claimed_by] += many
    counts = tuple(RuleCount(one.code, one.name, holds[one.code], has[one.code]) for one, _, _ in readable)
    return counts, tuple(overlaps.most_common()), frozenset(by_id.values())
