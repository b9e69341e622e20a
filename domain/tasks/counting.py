"""When a visit counts. The clock of a phone is a statement, never a reason to lose work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

TAKEN_FOR = timedelta(days=30)
"""How long a visit may wait in a phone; a contact that is older says nothing of the clock any more."""


@dataclass(frozen=True)
class Contact:
    """The device's last contact with the server before or at the start of a visit: both clocks at that moment."""

    device_at: datetime
    server_at: datetime


def counted_at(started_at: datetime, contact: Contact | None, received_at: datetime) -> datetime:
    """The instant at which a visit counts, by the server's clock; all instants are aware.

    As long after the contact as the device says that it began after it: never before the contact, in which the device
    was set right, nor after the receipt. Without a contact that can be believed nothing bounds it: the receipt. Order,
    bank day, month, cadence and last visit go by this alone; `started_at` is kept beside it as it was said.
    """
    if contact is None or not timedelta() <= received_at - contact.server_at <= TAKEN_FOR:
        return received_at
    # Bounded as lengths of time: instants of the year 1 or 9999 have no room for an offset.
    since_contact = max(started_at - contact.device_at, timedelta())
    return contact.server_at + min(since_contact, received_at - contact.server_at)
