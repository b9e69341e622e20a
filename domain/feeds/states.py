"""What becomes of a batch."""

from enum import StrEnum


class BatchState(StrEnum):
    """A batch waits, is taken or sent back. A HELD one waits for a person's word, a READY one was let through by it."""

    WAITING = "WAITING"
    READY = "READY"
    LOADED = "LOADED"
    REFUSED = "REFUSED"
    HELD = "HELD"
