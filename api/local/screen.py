"""What the launcher prints: one line when a step begins, one when it ends, and signs of life in between."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from api.local.words import t

HEARTBEAT_SECONDS = 10.0


class Screen:
    """Plain lines on standard error: the same on a terminal, in a log and in CI. Standard output is for answers."""

    def __init__(self) -> None:
        self._pen = threading.Lock()

    def line(self, text: str) -> None:
        with self._pen:
            print(text, file=sys.stderr, flush=True)

    @contextmanager
    def step(self, name: str) -> Iterator["Step"]:
        """A step that is worth a line; it says so every ten seconds while it goes on."""
        self.line(f"› {name}")
        step = Step(self, name)
        try:
            yield step
        except BaseException:
            step.end()
            self.line(t("local_screen.did_not_end", name=name))
            raise
        step.end()
        self.line(
            f"✓ {name} ({step.seconds:.1f} s)"
            if not step.note
            else f"✓ {name}: {step.note} ({step.seconds:.1f} s)"
        )


class Step:
    def __init__(self, screen: Screen, name: str) -> None:
        self._screen, self._name = screen, name
        self._began = time.monotonic()
        self._over = threading.Event()
        self._progress = ""
        self.note = ""
        threading.Thread(target=self._beat, daemon=True).start()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def report(self, fraction: float, message: str | None = None) -> None:
        """How far it is; printed with the next heartbeat."""
        self._progress = f" {fraction:.0%} {message or ''}".rstrip()

    def end(self) -> None:
        self._over.set()

    def _beat(self) -> None:
        while not self._over.wait(HEARTBEAT_SECONDS):
            self._screen.line(f"  … {self._name}{self._progress} ({self.seconds:.0f} s)")
