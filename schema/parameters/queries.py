"""Parameters, and proposals of the kinds that the viewer may see."""

import strawberry
from strawberry import UNSET

from domain.shared.permissions import VIEW_PARAMETERS, VIEW_PROPOSALS
from schema.lists import read_by_the_engine
from schema.parameters.types import Parameter, ProposalConnection, ProposalState
from schema.permissions import read


@strawberry.type
class ParameterQueries:
    @read(VIEW_PARAMETERS, "参数, in the order of the rooms.")
    def parameters(self) -> list[Parameter]:
        read_by_the_engine()

    @read(VIEW_PROPOSALS, "提案, the latest first.")
    def proposals(
        self, first: int | None = UNSET, after: str | None = UNSET, state: ProposalState | None = UNSET
    ) -> ProposalConnection:
        read_by_the_engine(first, after, state)
