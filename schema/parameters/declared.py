"""Every parameter of the product: those of its rooms."""

from domain.shared.rooms import parameters_of
from schema.house import ROOMS

PARAMETERS = parameters_of(ROOMS)
