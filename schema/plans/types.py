"""Plans of grids as those see them who draw them up, and what they do to drafts."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import UNSET

from domain.grids.acts import ActKind
from schema.field_classes import c1
from schema.grids.types import GridLevel, PostRole
from schema.nodes import Refusal
from schema.scalars import Fen


@strawberry.enum(description="方案状态.")
class PlanState(Enum):
    DRAFT = "DRAFT"
    CHECKED = "CHECKED"
    APPROVED = "APPROVED"
    IN_FORCE = "IN_FORCE"
    RETIRED = "RETIRED"
    DISCARDED = "DISCARDED"


strawberry.enum(ActKind, name="PlanAct", description="改动: what was done to a draft.")


@strawberry.type(description="问题: what keeps a draft from being proposed.")
class PlanFinding:
    code: str = c1("Stable; PLAN_GAP, PLAN_GRID_IN_PIECES, PLAN_GRID_ACROSS_TOWNS and so on.")
    message: str = c1("In the language of `Accept-Language`.")
    grid_code: str | None = c1("The grid it is about; null where it is about atoms without one.")


@strawberry.type(description="检查结果: what was found when a plan was checked.")
class PlanProof:
    version: int = c1("The version that was checked.")
    atoms: int = c1("Atoms of the county.")
    atoms_without_grid: int = c1("0: no gap.")
    small_grids: int = c1("小网格.")
    large_grids: int = c1("大网格.")
    grids_in_pieces: int = c1("0: every grid hangs together.")
    overlap_m2: float = c1("The area that two atoms share; 0 in an exact coverage.", name="overlapM2")


@strawberry.type(description="网格方案.")
class GridPlan:
    id: strawberry.ID = c1("Such as Plan:12.")
    name: str = c1("The name people use.")
    number: int = c1("The plans in the order in which they were made.")
    state: PlanState = c1("Where it stands.")
    from_on: date | None = c1("The first day; null until it is approved.")
    to_on: date | None = c1("The day from which on another is in force.")
    may_begin_on: date = c1("The first day from which it might be in force, as things are.")
    version: int = c1("The last act on it; a client sends the version that it stands on.")
    may_cross: str | None = c1("Why grids may lie across limits of towns and outlets; null where none may.")
    findings: list[PlanFinding] = c1("What keeps it from being proposed.")
    proof: PlanProof | None = c1("What was found when it was checked; null after the next change.")
    based_on_id: strawberry.ID | None = c1("The plan that it was made of.")
    based_on: str | None = c1("The name of that plan.")
    made_by: str | None = c1("Who made it.")
    made_at: datetime | None = c1("When.")


@strawberry.type(description="方案指标: of an atom or a grid under a plan, of a data date.")
class PlanFigures:
    customers: int = c1("Active customers.")
    key_customers: int = c1("重点客户 among them.")
    households: int = c1("户 among them.")
    merchants: int = c1("个体工商户 among them.")
    deposit_fen: Fen = c1("Deposits.")
    loan_fen: Fen = c1("Loans.")
    due_visits: int = c1("应访.")
    minutes: float = c1("Work in minutes a month, by tiers, cadence and distance.")
    changes_hands: int = c1("Customers whom another member of staff would own.")
    changes_outlet: int = c1("Customers who would go to another outlet.")


@strawberry.type(description="岗位人员.")
class PlanPerson:
    number: str = c1("The number of the member of staff.")
    name: str = c1("The name.")
    full_time_percent: int = c1(
        "How much of full time he works, in percents: work is compared by full-time post."
    )


@strawberry.type(description="方案网格.")
class PlanGrid:
    code: str = c1("The code, which names it in acts.")
    name: str = c1("The name.")
    level: GridLevel = c1("大网格 or 小网格.")
    parent_code: str | None = c1("The large grid.")
    outlet_code: str = c1("The number of the outlet that works it.")
    outlet: str = c1("The outlet's name.")
    town_code: str = c1("A town in which it lies.")
    atoms: int = c1("How many atoms it has.")
    area_m2: float = c1("The area.", name="areaM2")
    origin_code: str | None = c1("The grid of the plan in force whose posts go on here.")
    a: PlanPerson | None = c1("Who sits on A, or is to when the plan begins.")
    b: PlanPerson | None = c1("Who sits on B, or is to.")
    figures: PlanFigures = c1("Its figures.")


@strawberry.type(description="方案原子: an atom with the grid that a plan gives it.")
class PlanAtom:
    id: strawberry.ID = c1("Such as Atom:7.")
    code: str = c1("The code.")
    name: str = c1("The name.")
    village: str = c1("村居.")
    town: str = c1("乡镇.")
    town_code: str = c1("The code of the town.")
    grid_code: str | None = c1("The small grid; null where it has none.")
    lon_deg: float = c1("The middle, WGS 84.")
    lat_deg: float = c1("The middle, WGS 84.")
    now_grid_code: str | None = c1("Its grid under the plan in force.")
    now_outlet_code: str | None = c1("The outlet that works it now.")
    now_staff_number: str | None = c1("Whoever works it now: on A, or on B where nobody is on A.")
    neighbour_ids: list[strawberry.ID] = c1("The atoms with which it shares border; a corner is none.")
    figures: PlanFigures = c1("Its figures.")


@strawberry.type(description="方案改动: one act on a draft.")
class PlanChange:
    version: int = c1("The version that it made.")
    act: ActKind = c1("What was done.")
    what: str = c1("The grids that it was done to, by their codes.")
    of_version: int | None = c1("The act that was taken back or done again.")
    who: str = c1("Who did it.")
    mine: bool = c1("Whether it was the viewer.")
    at: datetime = c1("When.")


@strawberry.input(
    description="Grids for a bank that has none yet: an outlet's by its customer managers, or as many as are given."
)
class FirstPlan:
    grids_per_outlet: int | None = UNSET


@strawberry.input(description="A new draft: as another plan is, empty, or with a first plan proposed.")
class MakePlanInput:
    idempotency_key: UUID
    name: str
    based_on_id: strawberry.ID | None = UNSET
    first: FirstPlan | None = UNSET


@strawberry.input(description="Atoms to a small grid; to none without a code.")
class AssignAtoms:
    atom_ids: list[strawberry.ID]
    grid_code: str | None = UNSET


@strawberry.input(description="A new grid: a small one of atoms, a large one of small grids.")
class MakeGrid:
    code: str
    name: str
    level: GridLevel
    outlet_code: str
    atom_ids: list[strawberry.ID] | None = UNSET
    grid_codes: list[str] | None = UNSET


@strawberry.input(description="Some atoms of a grid become a grid of their own.")
class SplitGrid:
    grid_code: str
    code: str
    name: str
    atom_ids: list[strawberry.ID]


@strawberry.input(description="Grids of one level become one of them.")
class MergeGrids:
    into_code: str
    grid_codes: list[str]


@strawberry.input(description="Another name.")
class RenameGrid:
    grid_code: str
    name: str


@strawberry.input(description="A grid, a large one with its small ones, to another outlet.")
class GiveGrid:
    grid_code: str
    outlet_code: str


@strawberry.input(description="Small grids into a large one; out of all without a code.")
class PutGrids:
    grid_codes: list[str]
    large_code: str | None = UNSET


@strawberry.input(
    description="Who is to sit on a post when the plan begins; whoever sits there then without a number."
)
class SeatPost:
    grid_code: str
    role: PostRole
    staff_number: str | None = UNSET


@strawberry.input(description="Whether grids may lie across limits; they may not without a reason.")
class AllowCrossing:
    reason: str | None = UNSET


@strawberry.input(
    description="One act on a draft by somebody who stands on a version: exactly one of the acts."
)
class ChangePlanInput:
    idempotency_key: UUID
    plan_id: strawberry.ID
    version: int
    assign: AssignAtoms | None = UNSET
    make: MakeGrid | None = UNSET
    split: SplitGrid | None = UNSET
    merge: MergeGrids | None = UNSET
    remove: str | None = strawberry.field(default=UNSET, description="The code of a grid that goes.")
    rename: RenameGrid | None = UNSET
    give: GiveGrid | None = UNSET
    put: PutGrids | None = UNSET
    seat: SeatPost | None = UNSET
    limits: AllowCrossing | None = UNSET


@strawberry.input(description="Takes back, does again or checks as somebody sees the draft at a version.")
class PlanVersionInput:
    idempotency_key: UUID
    plan_id: strawberry.ID
    version: int


@strawberry.input(description="Gives a draft up, or recalls an approved plan.")
class EndPlanInput:
    idempotency_key: UUID
    plan_id: strawberry.ID


@strawberry.input(description="Proposes that a checked plan be in force from a day on.")
class ProposePlanInput:
    idempotency_key: UUID
    plan_id: strawberry.ID
    version: int
    from_on: date
    reason: str
    until: datetime | None = UNSET


@strawberry.type(description="The plan as it stands now.")
class PlanSuccess:
    plan: GridPlan = strawberry.field(description="The plan.")


@strawberry.type(
    description=(
        "PLAN_NOT_FOUND, PLAN_NOT_A_DRAFT, PLAN_CHANGED_MEANWHILE, PLAN_VERSION_UNKNOWN, PLAN_ACT_CHANGES_NOTHING, "
        "PLAN_ACT_NOT_ONE, NOTHING_TO_UNDO, GRID_NOT_IN_PLAN, GRID_CODE_TAKEN, GRID_CODE_NOT_VALID, "
        "PLAN_NAME_NOT_VALID, GRID_LEVEL_WRONG, GRID_NEEDS_PARTS, ATOMS_NOT_IN_GRID, ATOM_NOT_FOUND, "
        "OUTLET_NOT_FOUND, POST_HOLDER_NOT_FOUND, GRID_CROSSES_TOWN, GRID_CROSSES_OUTLET, PLAN_REASON_MISSING, "
        "PLAN_HAS_FINDINGS, PLAN_STATE_WRONG, FIRST_PLAN_NOT_FIRST, FIRST_PLAN_WITHOUT_ATOMS, "
        "FIRST_PLAN_WITHOUT_OUTLETS, FIRST_PLAN_OF_ANOTHER, OUTLETS_WITHOUT_PLACE, GRIDS_PER_OUTLET_NOT_VALID, "
        "IDEMPOTENCY_KEY_REUSED."
    )
)
class PlanNotChanged(Refusal):
    pass


PlanResult = Annotated[PlanSuccess | PlanNotChanged, strawberry.union("PlanResult")]
