"""What the tasks' room brings."""

from domain.shared.rooms import Room
from domain.tasks.fields import FIELDS
from domain.tasks.models import FOLLOWERS
from domain.tasks.parameters import PARAMETERS

ROOM = Room("tasks", followers=FOLLOWERS, fields=FIELDS, parameters=PARAMETERS)
