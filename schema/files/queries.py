"""A file of the viewer's own: where it stands."""

import strawberry

from domain.shared.permissions import SEND_FILES
from schema.files.types import StoredFile
from schema.lists import read_by_the_engine
from schema.permissions import read


@strawberry.type
class FileQueries:
    @read(SEND_FILES, "A file that the viewer sent; null where there is none of his.")
    def stored_file(self, id: strawberry.ID) -> StoredFile | None:
        read_by_the_engine(id)
