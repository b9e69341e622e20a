"""What the grids' room brings."""

from functools import partial

from domain.grids import ownership_models
from domain.grids.fields import FIELDS
from domain.grids.grid_lists import tell_draft_made
from domain.grids.importing import POSTS_KIND, tell_grids_without_anybody
from domain.grids.member_importing import MEMBERS_KIND
from domain.grids.models import FOLLOWERS
from domain.grids.ownership import assign_again
from domain.grids.parameters import PARAMETERS
from domain.grids.placements import PLACEMENTS
from domain.grids.successors import SUCCESSORS_KIND
from domain.shared.dated import kept_at_a_cut
from domain.shared.followers import afterwards
from domain.shared.rooms import InLanguage, Room

ROOM = Room(
    "grids",
    followers=(*FOLLOWERS, *ownership_models.FOLLOWERS),
    rebuilds=(
        InLanguage(lambda language: afterwards(partial(assign_again, language=language))),
        kept_at_a_cut(PLACEMENTS),
    ),
    fields=FIELDS,
    parameters=PARAMETERS,
    imports=(POSTS_KIND, MEMBERS_KIND, SUCCESSORS_KIND),
    import_notes=(tell_grids_without_anybody, tell_draft_made),
)
