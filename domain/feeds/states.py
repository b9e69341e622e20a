"""What becomes of a batch."""

from enum import StrEnum


class BatchState(StrEnum):
    """A batch waits, is taken or sent back. READY and HELD are for batches that people let through or keep back."""

    WAITING = "WAITING"
    READY = "READY"
    LOADED = "LOADED"
    REFUSED = "REFUSED"
    HELD = "HELD"
