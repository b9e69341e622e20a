"""What all rooms stand on: the days of retention."""

from domain.shared.retention import PARAMETERS
from domain.shared.rooms import Room

ROOM = Room("shared", parameters=PARAMETERS)
