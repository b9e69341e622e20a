"""What an actor may do at all. Which rows he may do it to is his scope."""

from enum import StrEnum


class Permission(StrEnum):
    VIEW_CUSTOMERS = "customers.view"
    VIEW_GRIDS = "grids.view"
    VIEW_DASHBOARD = "performance.view"
    VIEW_WALK = "tasks.view_walk"
    RECORD_VISIT = "tasks.record_visit"
    VIEW_NIGHTS = "nights.view"
    START_NIGHT = "nights.start"
    VIEW_MODELS = "models.view"
    EXPLAIN_SCORE = "models.explain"
    CUT_LINK = "customers.cut_link"
    VIEW_PARAMETERS = "parameters.view"
    PROPOSE_PARAMETERS = "parameters.propose"
    DECIDE_PARAMETERS = "parameters.decide"
    VIEW_PROPOSALS = "proposals.view"


class Role(StrEnum):
    HEAD_OFFICE = "HEAD_OFFICE"
    ADMINISTRATOR = "ADMINISTRATOR"
    OUTLET_MANAGER = "OUTLET_MANAGER"
    CUSTOMER_MANAGER = "CUSTOMER_MANAGER"


_EVERYBODY = frozenset(
    {
        Permission.VIEW_CUSTOMERS,
        Permission.VIEW_GRIDS,
        Permission.VIEW_DASHBOARD,
        Permission.VIEW_WALK,
        Permission.EXPLAIN_SCORE,
    }
)

_PROPOSES = frozenset({Permission.VIEW_PARAMETERS, Permission.PROPOSE_PARAMETERS, Permission.VIEW_PROPOSALS})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.HEAD_OFFICE: _EVERYBODY
    | _PROPOSES
    | {Permission.VIEW_NIGHTS, Permission.VIEW_MODELS, Permission.DECIDE_PARAMETERS},
    Role.ADMINISTRATOR: _PROPOSES
    | frozenset(
        {
            Permission.VIEW_GRIDS,
            Permission.VIEW_NIGHTS,
            Permission.START_NIGHT,
            Permission.VIEW_MODELS,
            Permission.VIEW_DASHBOARD,
        }
    ),
    Role.OUTLET_MANAGER: _EVERYBODY
    | {Permission.RECORD_VISIT, Permission.CUT_LINK, Permission.VIEW_NIGHTS, Permission.VIEW_MODELS},
    Role.CUSTOMER_MANAGER: _EVERYBODY | {Permission.RECORD_VISIT},
}
"""An administrator keeps the machine running and sees no customer."""
