"""What a dashboard shows of customers."""

import strawberry

from schema.field_classes import c1


@strawberry.type(description="漏斗: one step with its denominator.")
class FunnelStep:
    step: str = c1("名单, 入格, 走访, 建档, 授信, 用信.")
    count: int = c1("Customers who reached the step.")
    denominator: str = c1("What the rate of this step is divided by, in words.")
    denominator_count: int | None = c1(
        "The first denominator as a number; null before a night has counted it."
    )
