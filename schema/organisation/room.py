"""The organisation: who works where, who is signed in, and the dashboard to which every context adds its figures."""

from domain.performance.permissions import PERMISSIONS
from domain.shared.permissions import ACCOUNTS
from schema.organisation.accounts import ACCOUNT_TYPES, ACCOUNTS_ROOT, CodeNotHandedOut
from schema.organisation.mapping import ROOT, TYPES
from schema.organisation.mutations import SessionMutations
from schema.organisation.queries import OrganisationQueries
from schema.organisation.types import OrgUnit, SignInRefused, Staff
from schema.rooms import SchemaRoom

ORGANISATION = SchemaRoom(
    "organisation",
    types=(*TYPES, *ACCOUNT_TYPES),
    queries=OrganisationQueries,
    root={**ROOT, **ACCOUNTS_ROOT},
    mutations=SessionMutations,
    nodes=(OrgUnit, Staff),
    refusals=(SignInRefused, CodeNotHandedOut),
    permissions=(*PERMISSIONS, *ACCOUNTS),
)
