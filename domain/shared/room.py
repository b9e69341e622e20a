"""What the organisation brings: grants carry customers."""

from domain.shared.models import FOLLOWERS
from domain.shared.rooms import Room

ROOM = Room("organisation", followers=FOLLOWERS)
