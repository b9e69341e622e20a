"""What stops the launcher: always a sentence with what is wrong, what was kept, and what to do."""


class CannotGoOn(Exception):
    """The message is printed as it is, without a traceback."""
