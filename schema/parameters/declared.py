"""Every parameter of the product: those of its rooms, what the business decides before what the machine keeps."""

from schema.house import HOUSE

PARAMETERS = tuple(sorted(HOUSE.parameters, key=lambda one: one.name.startswith("retention.")))
