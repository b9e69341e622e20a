"""Why a file is not taken. What was sent is not kept then; the sentence says what to do instead."""

from enum import StrEnum
from typing import ClassVar

from domain.shared.errors import DomainError
from domain.shared.files.kinds import FileKind
from domain.shared.statements import NUMBER, TEXT


class PurposeNotKnown(DomainError):
    """No room takes files for this, or not from this person: one answer for both."""

    code = "FILE_PURPOSE_NOT_KNOWN"


class FileNameNotValid(DomainError):
    code = "FILE_NAME_NOT_VALID"
    takes: ClassVar = {"most": NUMBER}


class FileSizeNotValid(DomainError):
    """Empty, or more than the purpose takes."""

    code = "FILE_SIZE_NOT_VALID"
    takes: ClassVar = {"most_mib": NUMBER}

    def __init__(self, most_bytes: int) -> None:
        super().__init__(most_mib=most_bytes // 2**20)


class TooManyFiles(DomainError):
    """Of this person for this purpose, used by nothing yet."""

    code = "TOO_MANY_FILES"
    takes: ClassVar = {"most": NUMBER}

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class FilesOfDayUsedUp(DomainError):
    """Of this person, on this bank day."""

    code = "FILES_OF_DAY_USED_UP"
    takes: ClassVar = {"most": NUMBER, "most_mib": NUMBER}

    def __init__(self, most: int, most_bytes: int) -> None:
        super().__init__(most=most, most_mib=most_bytes // 2**20)


class FileIsAnother(DomainError):
    """The id was used for another file."""

    code = "FILE_IS_ANOTHER"


class FileNotFound(DomainError):
    """There is none, or it is somebody else's: one answer for both."""

    code = "STORED_FILE_NOT_FOUND"


class FileNotReady(DomainError):
    """Not all of it is here, or nobody has looked at it."""

    code = "FILE_NOT_READY"


class FileWasRefused(DomainError):
    code = "FILE_WAS_REFUSED"


class Looks(StrEnum):
    """What a file is that nobody wants, as far as its bytes tell."""

    EMPTY = "EMPTY"
    PROGRAM = "PROGRAM"
    SCRIPT = "SCRIPT"
    WEB_PAGE = "WEB_PAGE"
    SVG = "SVG"
    XML = "XML"
    JSON = "JSON"
    PDF = "PDF"
    OLD_OFFICE = "OLD_OFFICE"
    DOCUMENT = "DOCUMENT"
    MACROS = "MACROS"
    HEIC = "HEIC"
    OTHER_PICTURE = "OTHER_PICTURE"
    DATABASE = "DATABASE"
    ARCHIVE = "ARCHIVE"
    UTF_16 = "UTF_16"
    BINARY = "BINARY"


class FileNotWanted(DomainError):
    """Nothing that anybody here reads."""

    code = "FILE_NOT_WANTED"
    takes: ClassVar = {"file_looks": TEXT}

    def __init__(self, looks: Looks) -> None:
        super().__init__(file_looks=looks.value)


class FileKindNotWanted(DomainError):
    """It is sound, and of another kind than the purpose takes."""

    code = "FILE_KIND_NOT_WANTED"
    takes: ClassVar = {"file_kind": TEXT, "file_kinds": TEXT}

    def __init__(self, kind: FileKind, wanted: frozenset[FileKind]) -> None:
        super().__init__(file_kind=kind.value, file_kinds=",".join(sorted(wanted)))


class FilePartNotWanted(DomainError):
    """One part of an archive is none that belongs there."""

    code = "FILE_PART_NOT_WANTED"
    takes: ClassVar = {"part": TEXT}

    def __init__(self, part: str) -> None:
        super().__init__(part=part[:80])


class FilePartMissing(DomainError):
    """A Shapefile without one of its parts."""

    code = "FILE_PART_MISSING"
    takes: ClassVar = {"part": TEXT}

    def __init__(self, part: str) -> None:
        super().__init__(part=part[:80])


class FileHasEntities(DomainError):
    """XML that declares a document type: the way of bombs, and of reading other files."""

    code = "FILE_HAS_ENTITIES"
    takes: ClassVar = {"part": TEXT}

    def __init__(self, part: str) -> None:
        super().__init__(part=part[:80])


class PictureTooLarge(DomainError):
    """As it says itself, before it is decoded."""

    code = "PICTURE_TOO_LARGE"
    takes: ClassVar = {"megapixels": NUMBER, "most": NUMBER}

    def __init__(self, pixels: int, most_pixels: int) -> None:
        super().__init__(megapixels=-(-pixels // 1_000_000), most=most_pixels // 1_000_000)


class FileNotReadable(DomainError):
    """Damaged, cut off, or it asked for more than looking at a file may take."""

    code = "FILE_NOT_READABLE"


class FileLost(DomainError):
    """Its bytes are not where they were put."""

    code = "FILE_LOST"
