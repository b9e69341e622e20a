"""What the models bring."""

from domain.shared.rooms import Room
from ml.fields import FIELDS
from ml.parameters import PARAMETERS
from ml.tables import FOLLOWERS

ROOM = Room("models", followers=FOLLOWERS, fields=FIELDS, parameters=PARAMETERS)
