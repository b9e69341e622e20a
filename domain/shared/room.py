"""What the organisation brings: grants carry customers, and what is kept has its days."""

from domain.shared.models import FOLLOWERS
from domain.shared.retention import PARAMETERS
from domain.shared.rooms import Room

ROOM = Room("organisation", followers=FOLLOWERS, parameters=PARAMETERS)
