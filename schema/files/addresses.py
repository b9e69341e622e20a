"""One-time addresses: which file, until when, and a signature over both. Everything else is in the file's row."""

import base64
import hmac
import re
from datetime import UTC, datetime
from uuid import UUID

from schema.context import Sign

PREFIX = "/uploads/"
_TOKEN = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{8,12})\.([A-Za-z0-9_-]{43})")


def address_of(sign: Sign, file_id: UUID, expires_at: datetime) -> str:
    """Where the bytes of a file are sent; relative to the product's own origin."""
    until = int(expires_at.timestamp())
    return f"{PREFIX}{file_id.hex}.{until:08x}.{_signature(sign, file_id, until)}"


def file_named(sign: Sign, token: str, now: datetime) -> UUID | None:
    """The file of an address that was given here and is not over; looked at before any row is."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        return None
    file_id, until = UUID(match[1]), int(match[2], 16)
    is_ours = hmac.compare_digest(match[3], _signature(sign, file_id, until))
    return file_id if is_ours and now.astimezone(UTC).timestamp() < until else None


def _signature(sign: Sign, file_id: UUID, until: int) -> str:
    signed = sign("upload address", f"{file_id.hex}.{until}")
    return base64.urlsafe_b64encode(signed).rstrip(b"=").decode()
