"""Today's walk."""

from datetime import date
from typing import Annotated

import strawberry
from strawberry import UNSET

from domain.tasks.permissions import VIEW_WALK
from schema.lists import read_by_the_engine
from schema.permissions import read
from schema.tasks.types import Walk


@strawberry.type
class TaskQueries:
    @read(
        VIEW_WALK,
        "The viewer's walk, or that of somebody within the viewer's scope; null where nothing is planned.",
    )
    def today(
        self,
        day: Annotated[date | None, strawberry.argument(name="date")] = UNSET,
        staff_id: strawberry.ID | None = UNSET,
    ) -> Walk | None:
        read_by_the_engine(day, staff_id)
