"""The organisation: who works where, who is signed in, and the dashboard to which every context adds its figures."""

from domain.performance.permissions import PERMISSIONS
from schema.organisation.mapping import ROOT, TYPES
from schema.organisation.mutations import SessionMutations
from schema.organisation.queries import OrganisationQueries
from schema.organisation.types import OrgUnit, SignInRefused, Staff
from schema.rooms import SchemaRoom

ORGANISATION = SchemaRoom(
    "organisation",
    types=TYPES,
    queries=OrganisationQueries,
    root=ROOT,
    mutations=SessionMutations,
    nodes=(OrgUnit, Staff),
    refusals=(SignInRefused,),
    permissions=PERMISSIONS,
)
