"""Whose a fact is: evidence that holds by itself, where exactly one customer has it.

A code of the core, a credit code, the number of a citizen's certificate. No name, address or telephone; and nobody
becomes a customer by what others tell of him (docs/decisions/facts-have-one-shape.md).
"""

from dataclasses import dataclass

from domain.customers.identity.certificates import CITIZEN


@dataclass(frozen=True)
class Parties:
    """`code` is SQL over a row of `source_records`, `only` which of them state it."""

    code: str
    only: str
    is_unique: bool = False
    """Whether a code stands in one record alone."""

    def rows(self, whom: str = "") -> str:
        """A statement of `code` and `customer_id`; `whom`, a comparison of a customer's id (`in (…)`), narrows it to
        the codes of some customers."""
        stated = f"from source_records where {self.only}"
        some = f" and {self.code} in (select {self.code} {stated} and customer_id {whom})" if whom else ""
        if self.is_unique:
            return f"select {self.code} as code, customer_id {stated} and customer_id {whom or 'is not null'}"
        return (
            f"select {self.code} as code, min(customer_id) as customer_id {stated}{some} and customer_id is not null"
            " group by 1 having count(distinct customer_id) = 1"
        )


NUMBERS = Parties("key", "feed = 'core_customer'", is_unique=True)
FIRMS = Parties(
    "uscc_norm", "uscc_norm is not null and status <> 'GONE' and kind not in ('PERSON', 'HOUSEHOLD')"
)
PERSONS = Parties("cert_norm", f"cert_type = '{CITIZEN}' and status <> 'GONE' and kind = 'PERSON'")

_WEIGHTS = "array[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]"
"""Of the check digit of GB 11643, as `identity/certificates.py` works it out."""


def credit_code(column: str) -> str:
    """A credit code as other offices write it, in the form of `source_records.uscc_norm`."""
    return f"upper(regexp_replace(normalize({column}, NFKC), '[^0-9A-Za-z]', '', 'g'))"


def citizen_or_credit_code(column: str) -> str:
    """A number in the form of `cert_norm` or `uscc_norm`; a citizen's fifteen digits get their century and check."""
    plain = credit_code(column)
    body = f"substr({plain}, 1, 6) || '19' || substr({plain}, 7)"
    total = (
        f"(select sum(w * substr({body}, i::int, 1)::int) from unnest({_WEIGHTS}) with ordinality u (w, i))"  # noqa: S608
    )
    check = f"substr('10X98765432', mod({total}, 11)::int + 1, 1)"
    return f"case when {plain} ~ '^[0-9]{{15}}$' then {body} || {check} else {plain} end"
