"""Keep the files that an outer scheduler watches in step with the nights, by whichever worker looks."""

from pathlib import Path

import structlog

from api.jobs.kept import Kept
from api.night.state_files import last_nights, publish

log = structlog.get_logger()


class StateFiles:
    """The look of one worker, called every few seconds. A folder that cannot be written stops no night."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self._kept = Kept(database_url)
        self._folder = folder
        self._complaint: str | None = None

    def __call__(self) -> None:
        nights = last_nights(self._kept())
        try:
            publish(self._folder, nights)
        except OSError as failure:
            if self._complaint != str(failure):
                log.warning("night.state_file_not_written", folder=str(self._folder), error=str(failure))
            self._complaint = str(failure)
        else:
            self._complaint = None

    def close(self) -> None:
        self._kept.close()
