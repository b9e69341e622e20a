"""The list of everything a worker can do. A name that is not here is never run, whoever queued it."""

from api.jobs.context import Handler, OnDead
from api.night import run

NIGHT_JOBS = ["night.begin", "night.step"]
"""Long and heavy: one at a time in a worker."""

HANDLERS: dict[str, Handler] = {
    "night.begin": run.begin_night,
    "night.step": run.run_step,
}

OTHER_JOBS = [name for name in HANDLERS if name not in NIGHT_JOBS]
"""Short: they do not wait behind a step of the night."""

ON_DEAD: dict[str, OnDead] = {
    "night.begin": run.fail_night,
    "night.step": run.fail_night,
}
