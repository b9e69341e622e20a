"""Refusals: what the business says no to. Anything that is not a DomainError is a bug and is masked."""


class DomainError(Exception):
    """A refusal with a stable `code`; the message is a sentence for people (what is wrong, what to do)."""

    code = "REFUSED"
