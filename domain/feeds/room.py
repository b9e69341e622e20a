"""What the feeds' room brings."""

from domain.feeds.adapters.trials import PURPOSE
from domain.feeds.parameters import PARAMETERS
from domain.shared.rooms import Room

ROOM = Room("feeds", parameters=PARAMETERS, files=(PURPOSE,))
