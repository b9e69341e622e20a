"""Marks that nobody sees: padding of fields that had a fixed length, and what comes along when a name is copied."""

PADDING = ("   ", "\u3000", "\u3000\u3000", "\u00a0", " \u3000 ")
INVISIBLE = ("\u200b", "\u00a0", "\ufeff", "\u00ad", "\u200e")
_ALL = {ord(mark): None for mark in "".join(PADDING + INVISIBLE)}


def pad(text: str, draw: float) -> str:
    """The text with blanks behind it, now and then before it."""
    padding = PADDING[int(draw * 97) % len(PADDING)]
    return padding + text if draw > 0.8 else text + padding


def hide_in(text: str, draw: float) -> str:
    """The text with an invisible mark before, in or behind it."""
    place = int(draw * (len(text) + 1))
    return text[:place] + INVISIBLE[int(draw * 97) % len(INVISIBLE)] + text[place:]


def without_marks(text: str) -> str:
    """The text as it was meant, without any blank."""
    return text.translate(_ALL)
