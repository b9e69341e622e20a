"""What the models bring."""

from domain.shared.rooms import Room
from ml.fields import FIELDS
from ml.tables import FOLLOWERS

ROOM = Room("models", followers=FOLLOWERS, fields=FIELDS)
