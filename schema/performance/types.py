"""What a dashboard shows."""

from datetime import date

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
