"""A first plan as one act on an empty draft."""

from collections import Counter

from domain.grids.acts import Act, rearrange
from domain.grids.drafts import LARGE, SMALL, DraftGrid
from domain.grids.plan_errors import LONGEST_NAME, GridsPerOutletNotValid
from domain.shared.rows import Rows
from geo.first_plan.cutting import CutGrid, cut
from geo.first_plan.ground import FirstGround
from geo.first_plan.outlets import share_among_outlets
from geo.first_plan.reading import read_first_ground

MOST_GRIDS_PER_OUTLET = 200


def first_plan(rows: Rows, grids_per_outlet: int | None = None) -> Act:
    """Grids of all atoms by outlet and town, with the customer managers on their A posts; the same for the same bank.

    `grids_per_outlet` stands for the number of an outlet's customer managers.
    """
    if grids_per_outlet is not None and not 1 <= grids_per_outlet <= MOST_GRIDS_PER_OUTLET:
        raise GridsPerOutletNotValid(MOST_GRIDS_PER_OUTLET)
    ground = read_first_ground(rows)
    return drawn_up(ground, cut(ground, share_among_outlets(ground), grids_per_outlet))


def drawn_up(ground: FirstGround, small: list[CutGrid]) -> Act:
    """The grids with codes and names: small ones after the village that most of their work lies in."""
    grids: dict[str, DraftGrid] = {}
    atoms: dict[int, str] = {}
    used: Counter[str] = Counter()
    parts_of_town = Counter(town for town, _ in {(_town(ground, one), one.part) for one in small})
    for number, one in enumerate(small, start=1):
        first = ground.atoms[one.atoms[0]]
        large, code = f"L{one.part + 1:02d}", f"S{number:03d}"
        unit = ground.outlets[one.outlet].id
        if large not in grids:
            is_only = parts_of_town[first.town_code] == 1
            name = _named(first.town or first.town_code, "大网格", used, is_numbered=not is_only)
            grids[large] = DraftGrid(name, LARGE, unit, first.town_code)
        name = _named(_village(ground, one), "网格", used, is_numbered=True)
        grids[code] = DraftGrid(name, SMALL, unit, first.town_code, parent=large, a_id=one.a_id)
        atoms |= {ground.atoms[atom].id: code for atom in one.atoms}
    return rearrange(atoms, grids=grids)


def _town(ground: FirstGround, grid: CutGrid) -> str:
    return ground.atoms[grid.atoms[0]].town_code


def _village(ground: FirstGround, grid: CutGrid) -> str:
    weights: Counter[str] = Counter()
    for i in grid.atoms:
        atom = ground.atoms[i]
        weights[atom.village or atom.name] += float(ground.weights[i])  # type: ignore[assignment]
    return max(sorted(weights), key=lambda village: weights[village])


def _named(place: str, kind: str, used: Counter[str], *, is_numbered: bool) -> str:
    used[place + kind] += 1
    end = f"{used[place + kind]}号{kind}" if is_numbered else kind
    return f"{place[: LONGEST_NAME - len(end)]}{end}"
