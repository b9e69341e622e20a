"""What drafts of plans, and their way into force, are refused for."""

from datetime import date
from typing import ClassVar

from domain.shared.errors import DomainError
from domain.shared.statements import DATE, NUMBER, TEXT

LONGEST_NAME = 40


class PlanNotFound(DomainError):
    code = "PLAN_NOT_FOUND"


class PlanNotAllowed(DomainError):
    """Without the permission to draw plans up, or to decide on them."""

    code = "PLAN_NOT_ALLOWED"


class PlanNotADraft(DomainError):
    """Approved plans and those that were in force are not edited: a draft is made of them."""

    code = "PLAN_NOT_A_DRAFT"
    takes: ClassVar = {"plan_state": TEXT}

    def __init__(self, state: str) -> None:
        super().__init__(plan_state=state)


class PlanChangedMeanwhile(DomainError):
    """Somebody changed the same atoms or grids since the version that the caller stands on."""

    code = "PLAN_CHANGED_MEANWHILE"
    takes: ClassVar = {"version": NUMBER, "changes": NUMBER, "who": TEXT, "plan_act": TEXT, "what": TEXT}

    def __init__(self, version: int, changes: int, who: str, act: str, what: str) -> None:
        super().__init__(version=version, changes=changes, who=who, plan_act=act, what=what)


class PlanVersionUnknown(DomainError):
    """A version that the draft does not have yet."""

    code = "PLAN_VERSION_UNKNOWN"
    takes: ClassVar = {"version": NUMBER}

    def __init__(self, version: int) -> None:
        super().__init__(version=version)


class PlanActChangesNothing(DomainError):
    code = "PLAN_ACT_CHANGES_NOTHING"


class PlanActNotOne(DomainError):
    """A request with no act, or with several."""

    code = "PLAN_ACT_NOT_ONE"


class NothingToUndo(DomainError):
    """Nothing of one's own is left to take back, or to do again."""

    code = "NOTHING_TO_UNDO"


class GridNotInPlan(DomainError):
    code = "GRID_NOT_IN_PLAN"
    takes: ClassVar = {"grid_code": TEXT}

    def __init__(self, code: str) -> None:
        super().__init__(grid_code=code)


class GridCodeTaken(DomainError):
    code = "GRID_CODE_TAKEN"
    takes: ClassVar = {"grid_code": TEXT}

    def __init__(self, code: str) -> None:
        super().__init__(grid_code=code)


class GridCodeNotValid(DomainError):
    """Letters, digits, hyphens, dots and underscores, of any script."""

    code = "GRID_CODE_NOT_VALID"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self) -> None:
        super().__init__(most=LONGEST_NAME)


class PlanNameNotValid(DomainError):
    """Of a plan or of a grid."""

    code = "PLAN_NAME_NOT_VALID"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self) -> None:
        super().__init__(most=LONGEST_NAME)


class GridLevelWrong(DomainError):
    """Atoms belong to small grids, small grids to large ones; only grids of one level are joined."""

    code = "GRID_LEVEL_WRONG"
    takes: ClassVar = {"grid_code": TEXT}

    def __init__(self, code: str) -> None:
        super().__init__(grid_code=code)


class GridNeedsParts(DomainError):
    """A grid without anything in it: a small one without atoms, a large one without small ones."""

    code = "GRID_NEEDS_PARTS"


class AtomsNotInGrid(DomainError):
    """A part of a grid is split off by atoms of that grid, and not by all of them."""

    code = "ATOMS_NOT_IN_GRID"
    takes: ClassVar = {"grid_code": TEXT}

    def __init__(self, code: str) -> None:
        super().__init__(grid_code=code)


class AtomNotFound(DomainError):
    code = "ATOM_NOT_FOUND"
    takes: ClassVar = {"atom": TEXT}

    def __init__(self, atom: str) -> None:
        super().__init__(atom=atom)


class OutletNotFound(DomainError):
    """A grid is worked by a unit that is there."""

    code = "OUTLET_NOT_FOUND"
    takes: ClassVar = {"unit_code": TEXT}

    def __init__(self, unit: str) -> None:
        super().__init__(unit_code=unit)


class PostHolderNotFound(DomainError):
    code = "POST_HOLDER_NOT_FOUND"
    takes: ClassVar = {"staff_number": TEXT}

    def __init__(self, number: str) -> None:
        super().__init__(staff_number=number)


class GridCrossesTown(DomainError):
    """The act would put atoms of several towns into one grid."""

    code = "GRID_CROSSES_TOWN"
    takes: ClassVar = {"grid_code": TEXT, "towns": TEXT}

    def __init__(self, code: str, towns: str) -> None:
        super().__init__(grid_code=code, towns=towns)


class GridCrossesOutlet(DomainError):
    """The act would put atoms that several outlets work into one grid."""

    code = "GRID_CROSSES_OUTLET"
    takes: ClassVar = {"grid_code": TEXT}

    def __init__(self, code: str) -> None:
        super().__init__(grid_code=code)


class PlanReasonMissing(DomainError):
    """Crossing limits is allowed for a reason that is written down."""

    code = "PLAN_REASON_MISSING"


class PlanHasFindings(DomainError):
    """The proof does not hold."""

    code = "PLAN_HAS_FINDINGS"
    takes: ClassVar = {"findings": NUMBER}

    def __init__(self, findings: int) -> None:
        super().__init__(findings=findings)


class PlanNotChecked(DomainError):
    code = "PLAN_NOT_CHECKED"


class PlanDayNotPossible(DomainError):
    """A day that a night has prepared, or before the plan in force began."""

    code = "PLAN_DAY_NOT_POSSIBLE"
    takes: ClassVar = {"first_on": DATE}

    def __init__(self, first: date) -> None:
        super().__init__(first_on=first)


class PlanDayTaken(DomainError):
    """Another plan is approved for the day."""

    code = "PLAN_DAY_TAKEN"
    takes: ClassVar = {"name": TEXT}

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class PlanStateWrong(DomainError):
    """What is asked for does not follow from the state that the plan is in."""

    code = "PLAN_STATE_WRONG"
    takes: ClassVar = {"plan_state": TEXT}

    def __init__(self, state: str) -> None:
        super().__init__(plan_state=state)


class FirstPlanNotFirst(DomainError):
    """A plan is in force: drafts are made of it, and balanced."""

    code = "FIRST_PLAN_NOT_FIRST"


class FirstPlanWithoutAtoms(DomainError):
    code = "FIRST_PLAN_WITHOUT_ATOMS"


class FirstPlanWithoutOutlets(DomainError):
    """No unit that works customers is there with a place or a town."""

    code = "FIRST_PLAN_WITHOUT_OUTLETS"


class OutletsWithoutPlace(DomainError):
    """Outlets with customer managers of which neither a point nor a town with atoms is known."""

    code = "OUTLETS_WITHOUT_PLACE"
    takes: ClassVar = {"outlets": NUMBER, "what": TEXT}

    def __init__(self, outlets: int, codes: str) -> None:
        super().__init__(outlets=outlets, what=codes)


class GridsPerOutletNotValid(DomainError):
    code = "GRIDS_PER_OUTLET_NOT_VALID"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class FirstPlanOfAnother(DomainError):
    """A first plan begins with nothing, so it is made of no other plan."""

    code = "FIRST_PLAN_OF_ANOTHER"
