"""Every parameter of the product: those of the domain's rooms and those of the models."""

from domain.parameters import PARAMETERS as DOMAIN
from ml.parameters import PARAMETERS as MODELS

PARAMETERS = (*DOMAIN, *MODELS)
