"""What the grids' room brings."""

from domain.grids.ownership import assign_new
from domain.shared.followers import afterwards
from domain.shared.rooms import Room

ROOM = Room("grids", rebuilds=(afterwards(assign_new),))
