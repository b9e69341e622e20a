"""What the tasks' room brings."""

from functools import partial

from domain.shared.followers import afterwards
from domain.shared.rooms import InLanguage, Room
from domain.tasks.due import judge_again
from domain.tasks.fields import FIELDS
from domain.tasks.models import FOLLOWERS
from domain.tasks.old_visits import OLD_VISITS_KIND
from domain.tasks.parameters import PARAMETERS

ROOM = Room(
    "tasks",
    followers=FOLLOWERS,
    rebuilds=(InLanguage(lambda language: afterwards(partial(judge_again, language=language))),),
    fields=FIELDS,
    parameters=PARAMETERS,
    imports=(OLD_VISITS_KIND,),
)
