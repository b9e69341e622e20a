"""Models with their versions."""

import strawberry

from ml.permissions import VIEW_MODELS
from schema.lists import read_by_the_engine
from schema.models.types import Model
from schema.permissions import read


@strawberry.type
class ModelQueries:
    @read(VIEW_MODELS, "Models, by name.")
    def models(self) -> list[Model]:
        read_by_the_engine()
