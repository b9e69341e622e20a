"""What the organisation brings: grants carry customers, and what is kept has its days."""

from domain.shared.files.kinds import MAPS, MIB, SHEETS, FilePurpose
from domain.shared.imports.staff import STAFF_KIND
from domain.shared.models import FOLLOWERS
from domain.shared.permissions import SEND_FILES
from domain.shared.retention import PARAMETERS
from domain.shared.rooms import Room

IMPORTS = FilePurpose("import", SEND_FILES, SHEETS | MAPS, 64 * MIB)
"""Sheets and maps that a bank is set up with; reading them is the import's, with its own permission."""

ROOM = Room(
    "organisation", followers=FOLLOWERS, parameters=PARAMETERS, files=(IMPORTS,), imports=(STAFF_KIND,)
)
