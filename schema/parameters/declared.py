"""Every parameter of the product: those of the domain's rooms and those of the models."""

from typing import Any

from domain.parameters import PARAMETERS as DOMAIN
from domain.shared.parameters import Parameter
from ml.parameters import PARAMETERS as MODELS

PARAMETERS: tuple[Parameter[Any], ...] = (*DOMAIN, *MODELS)
