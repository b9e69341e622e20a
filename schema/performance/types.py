"""What a dashboard shows of customers."""

import strawberry

from domain.performance.funnel import FunnelStepName
from schema.field_classes import c1

strawberry.enum(FunnelStepName, description="漏斗: 名单, 入格, 走访, 建档, 授信, 用信.")


@strawberry.type(description="What a rate is divided by: the customers who reached another step.")
class Denominator:
    of: FunnelStepName = c1("The other step.")
    count: int = c1("Its customers.")


@strawberry.type(description="漏斗: one step with its denominators.")
class FunnelStep:
    step: FunnelStepName = c1("The step.")
    count: int = c1("Customers who reached the step.")
    denominators: list[Denominator] = c1("What the rate of this step may be divided by, the usual first.")
