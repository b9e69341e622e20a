"""The door for files, whatever they are for."""

from domain.shared.permissions import FILES as PERMISSIONS
from schema.files.mapping import ROOT, TYPES
from schema.files.mutations import FileMutations
from schema.files.queries import FileQueries
from schema.files.types import StoredFile, UploadNotGiven
from schema.rooms import SchemaRoom

FILES = SchemaRoom(
    "files",
    types=TYPES,
    queries=FileQueries,
    root=ROOT,
    mutations=FileMutations,
    nodes=(StoredFile,),
    refusals=(UploadNotGiven,),
    permissions=PERMISSIONS,
)
