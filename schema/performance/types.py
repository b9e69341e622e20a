"""What a dashboard shows."""

from datetime import date

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


@strawberry.type(description="How far a feed has come.")
class FeedState:
    feed: str = c1("The feed.")
    data_date: date | None = c1("The latest data date loaded; null before the first.")
    late: bool = c1("Whether it lags behind the data date in force.")


@strawberry.type(description="经营看板 within the viewer's scope.")
class Dashboard:
    data_date: date = c1("The data date in force.")
    customers: int = c1("Active customers within the scope.")
    grid_coverage: float = c1("入格率: the share of customers who are in a grid; 0 without customers.")
    visits_due: int = c1("应访客户: active customers whom last night found a reason to see.")
    visits_done: int = c1("Visits of the current month within the scope.")
    funnel: list[FunnelStep] = c1("漏斗.")
    feeds: list[FeedState] = c1("数据源.")
