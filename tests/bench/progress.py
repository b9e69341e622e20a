"""Says what a benchmark is doing while it does it, so that a long one is not taken for one that hangs."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from domain.shared.night import Report

EVERY_S = 10.0


def _say(line: str) -> None:
    print(f"  … {line}", file=sys.stderr, flush=True)


@contextmanager
def told(stage: str) -> Iterator[Report]:
    """A report that speaks every ten seconds at most, and the seconds of the stage when it is over."""
    began = last = time.monotonic()

    def report(fraction: float, message: object = None) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY_S:
            last = now
            _say(f"{stage}, {now - began:.0f} s: {fraction:.0%} {message or ''}".rstrip())

    _say(stage)
    yield report
    _say(f"{stage}: {time.monotonic() - began:.1f} s")
