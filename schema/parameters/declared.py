"""Every parameter of the product: those of its rooms, what the business decides before what the machine keeps."""

from domain.shared.rooms import parameters_of
from schema.house import ROOMS

PARAMETERS = tuple(sorted(parameters_of(ROOMS), key=lambda one: one.name.startswith("retention.")))
