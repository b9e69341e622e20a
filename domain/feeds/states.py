"""What becomes of a batch, and of a trial."""

from enum import StrEnum


class BatchState(StrEnum):
    """A batch waits, is taken or sent back. A HELD one waits for a person's word, a READY one was let through by it."""

    WAITING = "WAITING"
    READY = "READY"
    LOADED = "LOADED"
    REFUSED = "REFUSED"
    HELD = "HELD"


class TrialState(StrEnum):
    """A description that is tried on a file waits for a worker, was read, or could not be."""

    WAITING = "WAITING"
    READ = "READ"
    REFUSED = "REFUSED"
