"""How far the making of a county is, for the command line: a fraction from 0 to 1 and a word for people."""

from collections.abc import Callable

Telling = Callable[[float, str | None], None]
