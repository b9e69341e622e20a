"""管护规则 as values: which are in force on a day, and what a condition may ask.

A rule is about what the night knows before it asks whose a customer is. So it cannot ask for his grid, unit or owner,
which follow from it; and it names its thresholds itself, for a parameter would change it without a second person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.customers.fields import CUSTOMER
from domain.grids import fields
from domain.grids.ownership_errors import OwnershipRuleCircular
from domain.shared.rows import Rows
from domain.shared.rules.language import Language
from domain.shared.rules.tree import Leaf, Rule, leaves

FOLLOWS_FROM_IT = frozenset(one.name for one in fields.FIELDS)


@dataclass(frozen=True)
class RuleInForce:
    """One rule on a day. `id` is its version; 0 for one that is only proposed."""

    id: int
    code: str
    name: str
    position: int
    org_unit_id: int | None
    condition: Mapping[str, Any]
    to_kind: str
    to_code: str


def read_condition(language: Language, condition: Any) -> Rule:
    """Raises RuleRefused for what is no rule of customers, OwnershipRuleCircular where it asks what follows from it."""
    rule = language.read(condition, CUSTOMER)
    for leaf in leaves(rule.root):
        if isinstance(leaf, Leaf) and leaf.field.name in FOLLOWS_FROM_IT:
            raise OwnershipRuleCircular(leaf.field.name)
    return rule


_IN_FORCE = """
select id, code, name, position, org_unit_id, condition, to_kind, to_code
  from (select distinct on (code) * from ownership_rules
         where from_on <= %(day)s order by code, from_on desc, id desc) latest
 where to_on is null or to_on > %(day)s
 order by position, code
"""


def rules_on(rows: Rows, day: date) -> list[RuleInForce]:
    """The rules of a day in their order."""
    return [RuleInForce(*row) for row in rows.execute(_IN_FORCE, {"day": day})]


def with_another(rules: list[RuleInForce], proposed: RuleInForce) -> list[RuleInForce]:
    """The rules as they would be with one that is proposed in the place of its code."""
    others = [one for one in rules if one.code != proposed.code]
    return sorted([*others, proposed], key=lambda one: (one.position, one.code))
