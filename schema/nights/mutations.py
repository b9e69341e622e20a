"""Starting a night."""

import strawberry

from domain.shared.permissions import Permission
from schema.context import Info
from schema.nights.types import StartNightInput, StartNightResult
from schema.permissions import write


@strawberry.type
class NightMutations:
    @write(Permission.START_NIGHT, "Starts a night; one at a time.")
    async def start_night(self, info: Info, input: StartNightInput) -> StartNightResult:
        raise AssertionError
