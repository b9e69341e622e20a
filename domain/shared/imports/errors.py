"""What an import as a whole is refused for. Nothing was changed then."""

from typing import ClassVar

from domain.shared.errors import DomainError
from domain.shared.statements import NUMBER, TEXT


class ImportKindNotKnown(DomainError):
    code = "IMPORT_KIND_NOT_KNOWN"
    takes: ClassVar = {"import_kind": TEXT, "known": TEXT}

    def __init__(self, kind: str, known: str) -> None:
        super().__init__(import_kind=kind, known=known)


class ImportNotFound(DomainError):
    code = "IMPORT_NOT_FOUND"


class ImportNotTried(DomainError):
    """It was carried out, taken back or dropped meanwhile."""

    code = "IMPORT_NOT_TRIED"
    takes: ClassVar = {"import_state": TEXT}

    def __init__(self, state: str) -> None:
        super().__init__(import_state=state)


class ImportNotApplied(DomainError):
    code = "IMPORT_NOT_APPLIED"
    takes: ClassVar = {"import_state": TEXT}

    def __init__(self, state: str) -> None:
        super().__init__(import_state=state)


class ImportNotWaiting(DomainError):
    """Only what waits for a second person is withdrawn: it was carried out, or dropped, meanwhile."""

    code = "IMPORT_NOT_WAITING"
    takes: ClassVar = {"import_state": TEXT}

    def __init__(self, state: str) -> None:
        super().__init__(import_state=state)


class ImportOfNight(DomainError):
    """A night brought it, and the next would bring it again."""

    code = "IMPORT_OF_NIGHT"


class ImportOfAnother(DomainError):
    """Somebody else brought it."""

    code = "IMPORT_OF_ANOTHER"


class ImportStale(DomainError):
    """What is there is no longer what the dry run saw."""

    code = "IMPORT_STALE"
    takes: ClassVar = {"key": TEXT, "rows": NUMBER}

    def __init__(self, key: str, rows: int) -> None:
        super().__init__(key=key, rows=rows)


class ImportTidied(DomainError):
    """What it changed is no longer kept, row by row."""

    code = "IMPORT_TIDIED"


class ImportEndsMany(DomainError):
    """A file that leaves out much of what is there wants a word."""

    code = "IMPORT_ENDS_MANY"
    takes: ClassVar = {"ended": NUMBER, "present": NUMBER}

    def __init__(self, ended: int, present: int) -> None:
        super().__init__(ended=ended, present=present)


class ImportLeavesNoDecider(DomainError):
    """Nobody would be left to decide on rights, or nobody else to propose them."""

    code = "IMPORT_LEAVES_NO_DECIDER"


class ImportLeavesNoFeedDecider(DomainError):
    """Nobody would be left to agree to descriptions of files, or nobody else to write them."""

    code = "IMPORT_LEAVES_NO_FEED_DECIDER"


class ImportChangedSince(DomainError):
    """What it wrote was changed by somebody else."""

    code = "IMPORT_CHANGED_SINCE"
    takes: ClassVar = {"key": TEXT, "rows": NUMBER}

    def __init__(self, key: str, rows: int) -> None:
        super().__init__(key=key, rows=rows)


class ImportStoodOn(DomainError):
    """Something else refers to what it made."""

    code = "IMPORT_STOOD_ON"
    takes: ClassVar = {"key": TEXT, "referring": TEXT, "rows": NUMBER}

    def __init__(self, key: str, table: str, rows: int) -> None:
        super().__init__(key=key, referring=table, rows=rows)


class ImportNotAllowed(DomainError):
    code = "IMPORT_NOT_ALLOWED"


class ImportNeedsAnother(DomainError):
    """Rights are brought by one and agreed to by another, who does not gain by it."""

    code = "IMPORT_NEEDS_ANOTHER"
