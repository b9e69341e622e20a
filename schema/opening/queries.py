"""The steps, counted and judged when somebody looks."""

import strawberry
from sqlalchemy.orm import Session

from domain.shared.permissions import VIEW_IMPORTS
from domain.shared.rows import SessionRows
from domain.shared.statements import Statement
from domain.stories.opening import Facts, Step, opening_steps
from domain.stories.opening_facts import opening_facts
from schema.context import Info
from schema.opening.types import OpeningSentence, OpeningStep
from schema.permissions import read
from schema.words.wording import Language, word


@strawberry.type
class OpeningQueries:
    @read(VIEW_IMPORTS, "开行: the steps from an empty installation to the first walk.")
    async def opening(self, info: Info) -> list[OpeningStep]:
        context = info.context

        def count(session: Session) -> Facts:
            return opening_facts(SessionRows(session), context.today)

        async with context.open_unit_of_work() as uow:
            facts = await uow.session.run_sync(count)
        kinds = frozenset(kind.name for kind in context.house.imports)
        return [_step(one, context.language) for one in opening_steps(facts, kinds)]


def _step(step: Step, language: Language) -> OpeningStep:
    def said(one: Statement) -> OpeningSentence:
        return OpeningSentence(code=one.code, message=word(one, language))

    return OpeningStep(
        name=step.name,
        state=step.state,
        imports=list(step.imports),
        told=[said(one) for one in step.told],
        lacks=[said(one) for one in step.lacks],
        notes=[said(one) for one in step.notes],
        advice=None if step.advice is None else said(step.advice),
        after=list(step.after),
    )
