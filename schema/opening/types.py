"""开行: the steps from an empty installation to the first walk."""

import strawberry

from domain.stories.opening import StepName, StepState
from schema.field_classes import c1

strawberry.enum(
    StepName,
    name="OpeningStepName",
    description="开行步骤, in the order in which a bank takes them.",
)
strawberry.enum(
    StepState,
    name="OpeningStepState",
    description="WAITING for another step, OPEN to be begun, BEGUN with something missing, DONE.",
)


@strawberry.type(description="A sentence about a step.")
class OpeningSentence:
    code: str = c1("Stable; OPENING_NO_PLAN and so on.")
    message: str = c1("In the language of `Accept-Language`.")


@strawberry.type(description="开行步骤: where one step stands, what is missing, and what to do next.")
class OpeningStep:
    name: StepName = c1("Which step.")
    state: StepState = c1("Where it stands.")
    imports: list[str] = c1("The kinds of import by which it is taken.")
    told: list[OpeningSentence] = c1("What is there.")
    lacks: list[OpeningSentence] = c1("What is missing.")
    notes: list[OpeningSentence] = c1("What is worth a look and keeps nobody.")
    advice: OpeningSentence | None = c1("What to do next; null where nothing is to be done.")
    after: list[StepName] = c1("Steps that come first and are not done.")
