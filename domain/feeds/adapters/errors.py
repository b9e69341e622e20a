"""What a change of a description is refused for. What is wrong with its text is in `problems`."""

from domain.shared.errors import DomainError


class AdapterNotFound(DomainError):
    code = "ADAPTER_NOT_FOUND"


class AdapterUnchanged(DomainError):
    """It is the one in force to the letter."""

    code = "ADAPTER_UNCHANGED"


class AdapterNotAllowed(DomainError):
    code = "ADAPTER_NOT_ALLOWED"


class AdapterReasonMissing(DomainError):
    code = "ADAPTER_REASON_MISSING"
