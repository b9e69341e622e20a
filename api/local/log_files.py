"""Which logs `./yunge logs` follows, and whether there is anything to wait for."""

from pathlib import Path

from api.local.place import Place
from api.local.state import is_at_work
from api.local.supervisor import Supervisor

OF_PROCESSES = ("api", "worker-*", "supervisord")


def worth_following(place: Place) -> list[Path]:
    """Those of the processes; while a launcher is at work also those of its long steps, which say how far it is."""
    names = ["*"] if is_at_work(place) else OF_PROCESSES
    return sorted(path for name in names for path in place.logs.glob(f"{name}.log"))


def is_written(place: Place) -> bool:
    """Whether anybody is there to write another line."""
    return is_at_work(place) or Supervisor(place).is_running()
