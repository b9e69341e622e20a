"""网格内统计 in the contract."""

import strawberry

from domain.performance.inside import FEWEST_SHOWN, Question
from schema.field_classes import c1

strawberry.enum(
    Question,
    name="InsideQuestion",
    description="统计问题: by what customers inside of a place are told apart.",
)


@strawberry.type(description="统计格: customers with the same answer.")
class InsideCell:
    answer: str = c1(
        "A kind; a decade of age; a section of GB/T 4754; a band of turnover (NONE, FROM_ and 10,000s of yuan); "
        "YES or NO; UNKNOWN."
    )
    customers: int = c1("How many.")


@strawberry.type(description="统计项: one question with its answers.")
class InsideAnswers:
    question: Question = c1("The question.")
    cells: list[InsideCell] = c1("Answers that somebody gave, in their order.")
    withheld: int = c1("Customers whose answer is not shown to a masked role; 0 for others.")


@strawberry.type(
    description="网格内统计: active customers inside of a grid or an area, within the viewer's scope."
)
class InsideStatistics:
    customers: int = c1("All of them.")
    is_guarded: bool = c1(
        f"Whether answers of fewer than {FEWEST_SHOWN} are withheld, with what would betray them."
    )
    answers: list[InsideAnswers] = c1("By kind, age, industry, turnover and product.")
