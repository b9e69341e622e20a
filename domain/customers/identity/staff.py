"""The telephones of the bank's own people, who type them where a customer's is not known."""

from domain.customers.identity.telephones import line, telephones
from domain.shared.rows import Rows


def staff_lines(rows: Rows) -> frozenset[str]:
    """In the form in which telephones are compared."""
    found = rows.execute("select phone from staff where phone is not null")
    return frozenset(line(number) for (given,) in found for number in telephones(given))
