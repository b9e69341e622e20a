"""Work by person under a plan, and how even it is within an outlet: by full-time post, so that half a post is half."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.grids.plan_reading import GridRead
from domain.performance.plan_figures import Figures
from domain.shared.models import FULL_TIME

_SMALL = "SMALL"


@dataclass(frozen=True)
class PersonsWork:
    """What somebody does of an outlet's small grids: minutes are those of a month."""

    number: str
    name: str
    full_time_percent: int
    grids: int
    minutes: float

    @property
    def minutes_full_time(self) -> float:
        """What it would be for somebody who works all of full time."""
        return self.minutes * FULL_TIME / self.full_time_percent


def work_of_people(grids: Iterable[GridRead], figures: Mapping[str, Figures]) -> dict[str, list[PersonsWork]]:
    """By the outlet's number, the heaviest first: who sits on A, or on B where nobody is on A."""
    found: dict[str, dict[str, PersonsWork]] = {}
    for grid in grids:
        holder = grid.a or grid.b
        if grid.level != _SMALL or holder is None:
            continue
        of_outlet = found.setdefault(grid.outlet_code, {})
        so_far = of_outlet.get(holder.number)
        many, minutes = (so_far.grids, so_far.minutes) if so_far else (0, 0.0)
        more = figures[grid.code].minutes if grid.code in figures else 0.0
        of_outlet[holder.number] = PersonsWork(*holder, grids=many + 1, minutes=minutes + more)
    return {
        outlet: sorted(people.values(), key=lambda one: (-one.minutes_full_time, one.number))
        for outlet, people in found.items()
    }


def heaviest_to_lightest(people: Iterable[PersonsWork]) -> float | None:
    """By full-time post; 1 of one person or of no work at all, None where somebody has none beside others who have."""
    loads = [one.minutes_full_time for one in people]
    if not loads or max(loads) <= 0:
        return 1.0
    return max(loads) / min(loads) if min(loads) > 0 else None
