"""Plans in the contract's types."""

from datetime import date

import strawberry

from domain.grids.acts import ActKind
from domain.grids.plan_reading import ChangeRead, GridRead, Holder, PlanRead
from domain.performance.plan_figures import AtomFigures, Figures
from schema.grids.types import GridLevel
from schema.plans.types import (
    GridPlan,
    PlanAtom,
    PlanChange,
    PlanFigures,
    PlanFinding,
    PlanGrid,
    PlanPerson,
    PlanProof,
    PlanState,
)
from schema.words.wording import Language, word


def plan_of(plan: PlanRead, language: Language, may_begin_on: date) -> GridPlan:
    return GridPlan(
        id=strawberry.ID(f"Plan:{plan.id}"),
        name=plan.name,
        number=plan.number,
        state=PlanState(plan.state),
        from_on=plan.from_on,
        to_on=plan.to_on,
        may_begin_on=may_begin_on,
        version=plan.version,
        may_cross=plan.may_cross,
        findings=[
            PlanFinding(
                code=one.code, message=word(one, language), grid_code=_text(one.values.get("grid_code"))
            )
            for one in plan.findings
        ],
        proof=None if plan.proof is None else _proof(plan.proof),
        based_on_id=None if plan.based_on_id is None else strawberry.ID(f"Plan:{plan.based_on_id}"),
        based_on=plan.based_on,
        made_by=plan.made_by,
        made_at=plan.made_at,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _proof(kept: dict[str, object]) -> PlanProof:
    shown = {name: kept[name] for name in PlanProof.__annotations__}
    return PlanProof(**shown)  # type: ignore[arg-type]


def figures_of(found: Figures) -> PlanFigures:
    return PlanFigures(**vars(found))


NOBODY = Figures()


def grid_of(grid: GridRead, figures: dict[str, Figures]) -> PlanGrid:
    return PlanGrid(
        code=grid.code,
        name=grid.name,
        level=GridLevel(grid.level),
        parent_code=grid.parent,
        outlet_code=grid.outlet_code,
        outlet=grid.outlet,
        town_code=grid.town_code,
        atoms=grid.atoms,
        area_m2=grid.area_m2,
        origin_code=grid.origin,
        a=person_of(grid.a),
        b=person_of(grid.b),
        figures=figures_of(figures.get(grid.code, NOBODY)),
    )


def person_of(holder: Holder | None) -> PlanPerson | None:
    return None if holder is None else PlanPerson(**holder._asdict())


def atom_of(atom: AtomFigures) -> PlanAtom:
    return PlanAtom(
        id=strawberry.ID(f"Atom:{atom.id}"),
        code=atom.code,
        name=atom.name,
        village=atom.village,
        town=atom.town,
        town_code=atom.town_code,
        grid_code=atom.grid,
        lon_deg=atom.lon_deg,
        lat_deg=atom.lat_deg,
        now_grid_code=atom.now_grid,
        now_outlet_code=atom.now_outlet,
        now_staff_number=atom.now_staff,
        neighbour_ids=[strawberry.ID(f"Atom:{other}") for other in atom.neighbours],
        figures=figures_of(atom.figures),
    )


def change_of(change: ChangeRead, staff_id: int) -> PlanChange:
    return PlanChange(
        version=change.version,
        act=ActKind(change.act),
        what=change.what,
        of_version=change.of_version,
        who=change.who,
        mine=change.by_id == staff_id,
        at=change.at,
    )
