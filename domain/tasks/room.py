"""What the tasks' room brings."""

from domain.shared.followers import afterwards
from domain.shared.rooms import Room
from domain.tasks.after_a_cut import see_again
from domain.tasks.fields import FIELDS
from domain.tasks.models import FOLLOWERS
from domain.tasks.parameters import PARAMETERS

ROOM = Room(
    "tasks",
    followers=FOLLOWERS,
    rebuilds=(afterwards(see_again),),
    fields=FIELDS,
    parameters=PARAMETERS,
)
