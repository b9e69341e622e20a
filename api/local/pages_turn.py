"""When the pages are built beside the first night: not while it reads its files, which takes every processor; the step
after that takes one."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager


class PagesTurn:
    """Comes once; never, where the data failed or somebody pressed Ctrl-C."""

    def __init__(self) -> None:
        self._has_come: Future[bool] = Future()

    def comes(self) -> None:
        self._is(True)

    def is_awaited(self) -> bool:
        """Wait for it; whether it came."""
        return self._has_come.result()

    @contextmanager
    def over_if_this_fails(self) -> Iterator[None]:
        """What goes on before the pages. It ends well with their turn, if that did not come before."""
        try:
            yield
        except BaseException:
            self._is(False)
            raise
        self._is(True)

    def _is(self, has_come: bool) -> None:
        if not self._has_come.done():
            self._has_come.set_result(has_come)
