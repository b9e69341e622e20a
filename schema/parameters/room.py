"""Parameters and proposals. Which there are is given, so that a list with one more makes a room with one more."""

from collections.abc import Sequence
from typing import Any

from domain.shared.parameters import Parameter
from domain.shared.permissions import PARAMETERS as PERMISSIONS
from domain.shared.proposals import ProposalKind
from schema.parameters.mapping import ROOT, types_of
from schema.parameters.mutations import mutations_of
from schema.parameters.queries import ParameterQueries
from schema.parameters.types import JSON_SAMPLE, JSON_SCALAR, JsonValue, Proposal, ProposalNotDone
from schema.rooms import SchemaRoom


def parameters_room(declared: Sequence[Parameter[Any]], kinds: Sequence[ProposalKind]) -> SchemaRoom:
    """The room of a list of parameters, and of everything that is decided by two persons."""
    return SchemaRoom(
        "parameters",
        types=types_of(declared, kinds),
        queries=ParameterQueries,
        root=ROOT,
        mutations=mutations_of(kinds),
        nodes=(Proposal,),
        refusals=(ProposalNotDone,),
        permissions=PERMISSIONS,
        scalars={JsonValue: JSON_SCALAR},
        samples={"JSON": JSON_SAMPLE},
    )
