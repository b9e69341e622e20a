"""What the customers' room brings."""

from domain.customers.models import FOLLOWERS
from domain.customers.relations import refresh_relations
from domain.shared.followers import afterwards
from domain.shared.rooms import Room

ROOM = Room("customers", followers=FOLLOWERS, rebuilds=(afterwards(refresh_relations),))
