"""Why a visit is not recorded."""

from domain.shared.errors import DomainError


class CustomerNotFound(DomainError):
    """The same for a customer who does not exist and for one outside the actor's scope."""

    code = "CUSTOMER_NOT_FOUND"

    def __init__(self) -> None:
        super().__init__("没有找到这位客户，或客户不在您的数据范围内。走访未保存，请核对客户后重试。")


class VisitInFuture(DomainError):
    code = "VISIT_IN_FUTURE"

    def __init__(self) -> None:
        super().__init__("走访时间晚于现在。走访未保存，请检查手机时间后重试。")


class VisitEndsBeforeStart(DomainError):
    code = "VISIT_ENDS_BEFORE_START"

    def __init__(self) -> None:
        super().__init__("走访的结束时间早于开始时间。走访未保存，请更正后重试。")


class VisitTooOld(DomainError):
    code = "VISIT_TOO_OLD"

    def __init__(self, days: int) -> None:
        super().__init__(f"走访发生在 {days} 天以前，不能再补录。走访未保存，请联系网点主任。")


class NextDateInPast(DomainError):
    code = "NEXT_DATE_IN_PAST"

    def __init__(self) -> None:
        super().__init__("下次走访日期早于本次走访。走访未保存，请更正日期后重试。")


class NoteTooLong(DomainError):
    code = "NOTE_TOO_LONG"

    def __init__(self, most: int) -> None:
        super().__init__(f"备注超过 {most} 个字。走访未保存，请缩短后重试。")


class PointNotValid(DomainError):
    code = "POINT_NOT_VALID"

    def __init__(self) -> None:
        super().__init__("定位的经纬度或精度不合理。走访未保存，请重新定位，或不带定位提交。")
