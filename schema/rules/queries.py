"""What rules can ask, and one rule explained for one customer."""

import strawberry

from domain.customers.permissions import VIEW_CUSTOMERS
from schema.context import Info
from schema.global_ids import key_named
from schema.permissions import read
from schema.rules.answers import field_of
from schema.rules.explaining import explain
from schema.rules.language import SUBJECTS
from schema.rules.types import RuleExplanation, RuleField, RuleSubject, RuleText


@strawberry.type
class RuleQueries:
    @read(VIEW_CUSTOMERS, "What the viewer may ask in rules about a subject, by name.")
    def rule_fields(self, info: Info, subject: RuleSubject = RuleSubject.CUSTOMER) -> list[RuleField]:
        about = next(one for one in SUBJECTS if one.name == subject.value)
        permissions = info.context.who().permissions
        return [field_of(one) for one in info.context.house.language.askable(about, permissions)]

    @read(
        VIEW_CUSTOMERS,
        "Why a rule holds for a customer as of the data date, or does not; null outside the viewer's scope.",
    )
    async def explain_rule(
        self, info: Info, customer_id: strawberry.ID, rule: RuleText
    ) -> RuleExplanation | None:
        key = key_named(customer_id, "Customer")
        return None if key is None else await explain(info.context, key, rule)
