"""Why a night or a step of it does not go on."""

from domain.shared.statements import TEXT, declare

STEP_FAILED = declare("NIGHT_STEP_FAILED", step=TEXT)
"""Of the run; the step's own message says why."""
PROGRAM_ERROR = declare("PROGRAM_ERROR", error=TEXT, where=TEXT)
WORKER_VANISHED = declare("WORKER_VANISHED")
FAILED_BEFORE = declare("WORKER_FAILED_BEFORE", error=TEXT)
DISK_FULL = declare("DISK_FULL")
