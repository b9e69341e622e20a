"""When a visit counts: the device's clock corrected by its last contact, between that contact and the receipt."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.tasks.counting import TAKEN_FOR, Contact, counted_at

RECEIVED = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
BEGAN = RECEIVED - timedelta(hours=2)
HEARD = RECEIVED - timedelta(hours=3)


def ahead(by: timedelta) -> Contact:
    """A phone whose clock runs ahead (or, below nought, behind), and heard of the server an hour before the visit."""
    return Contact(device_at=HEARD + by, server_at=HEARD)


@pytest.mark.parametrize(
    "by",
    [
        timedelta(),
        timedelta(minutes=6),
        timedelta(minutes=-6),
        timedelta(hours=8),
        timedelta(days=366),
        timedelta(days=-20_000),
    ],
)
def test_a_clock_that_is_wrong_by_as_much_all_along_is_corrected(by: timedelta) -> None:
    assert counted_at(BEGAN + by, ahead(by), RECEIVED) == BEGAN


@pytest.mark.parametrize(
    ("began", "counted"),
    [
        (RECEIVED + timedelta(days=5), RECEIVED),
        (HEARD - timedelta(days=5), HEARD),
        (datetime(1970, 1, 1, tzinfo=UTC), HEARD),
        (datetime.min.replace(tzinfo=UTC), HEARD),
        (datetime.max.replace(tzinfo=UTC), RECEIVED),
    ],
)
def test_a_clock_that_was_set_in_between_counts_within_contact_and_receipt(
    began: datetime, counted: datetime
) -> None:
    assert counted_at(began, ahead(timedelta()), RECEIVED) == counted


@pytest.mark.parametrize(
    "contact",
    [
        None,
        Contact(RECEIVED, RECEIVED + timedelta(seconds=1)),
        Contact(HEARD, RECEIVED - TAKEN_FOR - timedelta(seconds=1)),
        Contact(HEARD, datetime.min.replace(tzinfo=UTC)),
        Contact(HEARD, datetime.max.replace(tzinfo=UTC)),
    ],
    ids=["none", "after the receipt", "older than visits are taken for", "the year 1", "the year 9999"],
)
def test_without_a_contact_to_believe_it_counts_at_the_receipt(contact: Contact | None) -> None:
    assert counted_at(BEGAN, contact, RECEIVED) == RECEIVED


def test_a_visit_that_waited_three_weeks_without_a_net_counts_on_its_day() -> None:
    heard = RECEIVED - timedelta(days=21)
    began = heard + timedelta(hours=5)
    assert counted_at(began, Contact(heard, heard), RECEIVED) == began


@pytest.mark.parametrize("at", [timedelta(), TAKEN_FOR], ids=["the receipt", "as old as may be"])
def test_a_contact_at_the_bounds_is_believed(at: timedelta) -> None:
    heard = RECEIVED - at
    assert counted_at(heard, Contact(heard, heard), RECEIVED) == heard
