"""Fields with arguments that the engine reads, at the root and inside types.

The decorated function only declares the arguments; neither of the engine's executors (`schema/engine/plain`,
`schema/engine/compiled`) calls it.
"""

from typing import Any, NoReturn


def read_by_the_engine(*_arguments: Any) -> NoReturn:
    raise AssertionError("a mapped field is read by the engine, not resolved")
