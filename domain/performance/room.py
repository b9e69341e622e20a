"""What the performance room brings: sums carry no customer, and are counted anew where customers part."""

from domain.performance.parameters import PARAMETERS
from domain.performance.sums import sum_again
from domain.shared.rooms import Room

ROOM = Room("performance", rebuilds=(sum_again,), parameters=PARAMETERS)
