"""Imports, the latest first; of one, what it changes and what is wrong, a hundred at a time."""

import strawberry
from strawberry import UNSET

from domain.shared.permissions import VIEW_IMPORTS
from schema.context import Info
from schema.imports.kinds import kind_in
from schema.imports.types import ImportChange, ImportConnection, ImportKind, ImportProblem
from schema.lists import read_by_the_engine
from schema.permissions import read


@strawberry.type
class ImportQueries:
    @read(VIEW_IMPORTS, "清单种类: what can be imported, with the columns of its lists.")
    async def import_kinds(self, info: Info) -> list[ImportKind]:
        return [kind_in(info.context.language, one) for one in info.context.house.imports]

    @read(VIEW_IMPORTS, "导入, the latest first.")
    def imports(self, first: int = 50, after: str | None = UNSET) -> ImportConnection:
        read_by_the_engine(first, after)

    @read(VIEW_IMPORTS, "What an import changes: page 0 are the first hundred.")
    def import_changes(self, import_id: strawberry.ID, page: int = 0) -> list[ImportChange]:
        read_by_the_engine(import_id, page)

    @read(VIEW_IMPORTS, "What is wrong with its file: page 0 are the first hundred.")
    def import_problems(self, import_id: strawberry.ID, page: int = 0) -> list[ImportProblem]:
        read_by_the_engine(import_id, page)
