"""What is wrong with a map as an import, and what is told beside its changes."""

from domain.shared.errors import DomainError
from domain.shared.statements import NUMBER, TEXT, Statement, declare


class MapRefused(DomainError):
    """Nothing of the file was taken; the reason is a statement of the readers of maps or of this file."""

    code = "MAP_REFUSED"

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        Exception.__init__(self, str(statement))


# The file as a whole
NO_DATUM = declare("MAP_DATUM_MISSING", file=TEXT)
NO_OUTLINE_YET = declare("ATOMS_BEFORE_OUTLINE")
OUTLINE_SIZE = declare("OUTLINE_SIZE", km2=NUMBER, at=TEXT)
SEVERAL_OUTLINES = declare("OUTLINE_OF_SEVERAL", features=NUMBER, names=TEXT)
LEAVE_MUCH = declare("ATOMS_LEAVE_MUCH", percent=NUMBER, square_metres=NUMBER, at=TEXT)

# One feature
NO_CODE = declare("ATOM_WITHOUT_CODE")
NO_PLACE = declare("ATOM_WITHOUT_PLACE")
OUTSIDE = declare("ATOM_OUTSIDE_OUTLINE", at=TEXT)
SAME_POINT = declare("ATOM_AT_SAME_POINT", other=TEXT)
NO_GROUND = declare("ATOM_WITHOUT_GROUND", at=TEXT)
IN_KEPT = declare("ATOM_POINT_IN_ANOTHER", other=TEXT)

# Beside the changes
OUTLINE_OVERLAP = declare("OUTLINE_OVERLAP", square_metres=NUMBER)
OUTLINE_GAP = declare("OUTLINE_GAP", at=TEXT, square_metres=NUMBER)
OUTLINE_NEEDS_ATOMS = declare("OUTLINE_NEEDS_ATOMS", atoms=NUMBER)
MENDED = declare("MAP_MENDED", place=TEXT, features=NUMBER)
AREAS_OVERLAP = declare("ATOMS_OVERLAP", square_metres=NUMBER, one=TEXT, other=TEXT, at=TEXT)
GAPS_JOINED = declare("ATOMS_GAPS_JOINED", gaps=NUMBER, square_metres=NUMBER, largest=NUMBER, at=TEXT)
CUT_OFF = declare("ATOMS_CUT_OFF", square_metres=NUMBER)
AREAS_DIVIDED = declare("ATOMS_AREAS_DIVIDED", areas=NUMBER, points=NUMBER, example=TEXT)
PROOF = declare("ATOMS_PROOF", atoms=NUMBER, square_metres=NUMBER)

# Towns
TOWNS_BEFORE_ATOMS = declare("TOWNS_BEFORE_ATOMS")
TOWNS_ELSEWHERE = declare("TOWNS_ELSEWHERE", towns=NUMBER)
TOWNS_OUTSIDE = declare("TOWNS_OUTSIDE_OUTLINE", towns=NUMBER)
TOWNS_OVERLAP = declare("TOWNS_OVERLAP", square_metres=NUMBER)
TOWNS_CUT_ATOMS = declare("TOWNS_CUT_ATOMS", atoms=NUMBER, example=TEXT, shares=TEXT)
TOWNS_LEAVE_ATOMS = declare("TOWNS_LEAVE_ATOMS", atoms=NUMBER, example=TEXT)
TOWNS_BY_NEARNESS = declare("TOWNS_BY_NEARNESS", towns=NUMBER)
TOWNS_WITHOUT_ATOMS = declare("TOWNS_WITHOUT_ATOMS", towns=NUMBER, names=TEXT)

# Grids
ATOM_CUT = declare("GRIDS_ATOM_CUT", atom=TEXT, shares=TEXT)
ATOMS_CUT = declare("GRIDS_ATOMS_CUT", atoms=NUMBER)
ATOMS_BARE = declare("GRIDS_ATOMS_BARE", atoms=NUMBER, example=TEXT)
ATOM_TWICE = declare("GRIDS_ATOM_TWICE", atom=TEXT, other=TEXT)
GRID_WITHOUT_OUTLET = declare("GRID_WITHOUT_OUTLET")
GRID_WITHOUT_ATOMS = declare("GRID_WITHOUT_ATOMS")
GRID_WITHOUT_SMALL = declare("GRID_WITHOUT_SMALL")
GRID_PARENT = declare("GRID_PARENT_NOT_LARGE", parent=TEXT)

# Water and roads
GROUND_BEFORE_OUTLINE = declare("GROUND_BEFORE_OUTLINE")
GROUND_ELSEWHERE = declare("GROUND_ELSEWHERE", features=NUMBER, at=TEXT)
GROUND_TOO_MUCH = declare(
    "GROUND_TOO_MUCH", lines=NUMBER, corners=NUMBER, most_lines=NUMBER, most_corners=NUMBER
)
GROUND_LEFT_ASIDE = declare("GROUND_LEFT_ASIDE", features=NUMBER)
GROUND_JOINED = declare("GROUND_JOINED", features=NUMBER, lines=NUMBER)
GROUND_WITHOUT_NAMES = declare("GROUND_WITHOUT_NAMES")
