"""What feeds tell of a customer besides who he is, as one shape: whose it is, its name, its value, its day.

A firm is found by its credit code, where exactly one customer has it; a customer of the core by his number. A fact
about somebody whom the bank does not know stays in its snapshot and makes no customer: that is not what it was given
for (docs/decisions/facts-have-one-shape.md).
"""

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What a value is, and in which column of `customer_facts` it stands."""

    FEN = "fen"
    NUMBER = "number"
    TEXT = "said"
    DATE = "day_on"


_SQL_TYPES = {FactKind.FEN: "bigint", FactKind.NUMBER: "bigint", FactKind.TEXT: "text", FactKind.DATE: "date"}


@dataclass(frozen=True)
class Fact:
    """`value` is SQL over `s`, a row of the feed's statement; `level` the class of JR/T 0171."""

    name: str
    kind: FactKind
    value: str
    level: str = "C2"
    values: tuple[str, ...] = ()

    @property
    def as_row(self) -> str:
        parts = (
            f"cast({self.value if kind is self.kind else 'null'} as {_SQL_TYPES[kind]})" for kind in FactKind
        )
        return f"('{self.name}', {', '.join(parts)})"


@dataclass(frozen=True)
class Telling:
    """What one feed tells. `rows` is a statement of `code` (whose it is), `as_of` and what the facts ask for, as of
    `%(on)s`; `parties` one of `code` and `customer_id`."""

    feed: str
    parties: str
    rows: str
    facts: tuple[Fact, ...]

    def wanted(self, whom: str = "true") -> str:
        """The statement of all facts as of `%(on)s`; of two rows about one customer the later one tells.

        `whom` is a condition over the parties `p`.
        """
        facts = ", ".join(fact.as_row for fact in self.facts)
        return f"""
            select distinct on (p.customer_id, v.name) p.customer_id, v.name, '{self.feed}' as feed, v.fen, v.number,
                   v.said, v.day_on, s.as_of
              from ({self.rows}) s join ({self.parties}) p on p.code = s.code
             cross join lateral (values {facts}) v (name, fen, number, said, day_on)
             where num_nonnulls(v.fen, v.number, v.said, v.day_on) = 1 and {whom}
             order by p.customer_id, v.name, s.as_of desc, s.code"""  # noqa: S608


_AS_OF = "from_on <= cast(%(on)s as date) and cast(%(on)s as date) < to_on"
_CODE = "upper(regexp_replace(normalize(uscc, NFKC), '[^0-9A-Za-z]', '', 'g'))"
_FIRMS = """
select uscc_norm as code, min(customer_id) as customer_id from source_records
 where uscc_norm is not null and customer_id is not null and status <> 'GONE' and kind not in ('PERSON', 'HOUSEHOLD')
 group by uscc_norm having count(distinct customer_id) = 1"""
_NUMBERS = """
select key as code, customer_id from source_records where feed = 'core_customer' and customer_id is not null"""


def _percent(now: str, before: str) -> str:
    """By how many percent something grew, where it was something; a thousandfold and more is told as that."""
    grown = f"100.0 * (cast({now} as numeric) - {before}) / {before}"
    return f"case when {before} > 0 then round(least({grown}, 100000)) end"


# The newest year that has been told; a year to come is a slip of somebody's hand.
_FIRM_YEAR = f"""
select distinct on ({_CODE}) {_CODE} as code, make_date(year, 12, 31) as as_of, staff, revenue_fen, assets_fen,
       {_percent("revenue_fen", "lead(revenue_fen) over years")} as growth
  from src_firm_year where {_AS_OF} and year between 1978 and extract(year from cast(%(on)s as date))
window years as (partition by {_CODE} order by year desc)
 order by {_CODE}, year desc"""  # noqa: S608
_REGISTRY = f"""
select {_CODE} as code, coalesce(updated_on, from_on) as as_of, state, representative, capital_fen, registered_on
  from src_registry where {_AS_OF}"""  # noqa: S608
_TAX_POWER = f"""
select {_CODE} as code, coalesce(month_on, from_on) as as_of, tax_grade, power_kwh,
       {_percent("power_kwh", "power_kwh_year_before")} as change
  from src_tax_power where {_AS_OF}"""  # noqa: S608
_CORE = f"""
select cust_no as code, from_on as as_of, size_class, registered_place, runs from src_core_customer where {_AS_OF}"""  # noqa: S608

TELLINGS = (
    Telling(
        "core_customer",
        _NUMBERS,
        _CORE,
        (
            Fact("sizeClass", FactKind.TEXT, "s.size_class", "C1", ("CS01", "CS02", "CS03", "CS04")),
            Fact("registeredPlace", FactKind.TEXT, "s.registered_place", "C1", ("R", "U")),
            Fact("runs", FactKind.TEXT, "s.runs", "C2", ("S", "E")),
        ),
    ),
    Telling(
        "firm_year",
        _FIRMS,
        _FIRM_YEAR,
        (
            Fact("firmStaff", FactKind.NUMBER, "s.staff"),
            Fact("firmRevenueFen", FactKind.FEN, "s.revenue_fen"),
            Fact("firmAssetsFen", FactKind.FEN, "s.assets_fen"),
            Fact("firmRevenueChangePercent", FactKind.NUMBER, "s.growth"),
        ),
    ),
    Telling(
        "registry",
        _FIRMS,
        _REGISTRY,
        (
            Fact("registryState", FactKind.TEXT, "s.state", "C1", ("1", "2", "3", "4")),
            Fact("registryRepresentative", FactKind.TEXT, "s.representative"),
            Fact("registryCapitalFen", FactKind.FEN, "s.capital_fen", "C1"),
            Fact("registeredOn", FactKind.DATE, "s.registered_on", "C1"),
        ),
    ),
    Telling(
        "tax_power",
        _FIRMS,
        _TAX_POWER,
        (
            Fact("taxGrade", FactKind.TEXT, "s.tax_grade", "C2", ("A", "B", "M", "C", "D")),
            Fact("powerKwh", FactKind.NUMBER, "s.power_kwh"),
            Fact("powerChangePercent", FactKind.NUMBER, "s.change"),
        ),
    ),
)
