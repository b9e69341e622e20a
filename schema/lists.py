"""Fields with arguments inside types that come out of one statement.

Their rows are already in the answer under the response key; the decorated function only declares the arguments.
The engine reads them (schema/engine/executor.py) and never calls the function.
"""

from typing import Any, NoReturn


def read_by_the_engine(*_arguments: Any) -> NoReturn:
    raise AssertionError("a mapped field is read by the engine, not resolved")
