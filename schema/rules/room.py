"""What can be asked in rules. Its fields are resolved in Python, so nothing is mapped."""

from schema.rooms import SchemaRoom
from schema.rules.queries import RuleQueries
from schema.rules.types import RULE_SAMPLE, RULE_SCALAR, RuleText

RULES = SchemaRoom(
    "rules", queries=RuleQueries, scalars={RuleText: RULE_SCALAR}, samples={"Rule": RULE_SAMPLE}
)
