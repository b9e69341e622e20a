"""What each feed tells, as facts: the one list from which the night's step, a cut, rules and pages are made."""

from domain.customers.facts import Fact, FactKind, OpenTelling, Telling
from domain.customers.parties import FIRMS, NUMBERS, PERSONS, citizen_or_credit_code, credit_code

_AS_OF = "from_on <= cast(%(on)s as date) and cast(%(on)s as date) < to_on"
_CODE = credit_code("uscc")


def _percent(now: str, before: str) -> str:
    """By how many percent something grew, where it was something; a thousandfold and more is told as that."""
    grown = f"100.0 * (cast({now} as numeric) - {before}) / {before}"
    return f"case when {before} > 0 then round(greatest(least({grown}, 100000), -100000)) end"


# The newest year that has been told; a year to come is a slip of somebody's hand.
_FIRM_YEAR = f"""
select distinct on ({_CODE}) {_CODE} as code, make_date(year, 12, 31) as as_of, staff, revenue_fen, assets_fen,
       case when lead(year) over years = year - 1
            then {_percent("revenue_fen", "lead(revenue_fen) over years")} end as growth
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

# One row a channel; of two of the same channel, as two sources may have them, the first opening and the last use.
_CHANNELS = {"mobileBank": "MB", "weChat": "WX", "quickPay": "QP"}
_CHANNEL_DAYS = ", ".join(
    f"min(opened_on) filter (where channel = '{code}') as {name.lower()}_opened_on,"
    f" max(last_used_on) filter (where channel = '{code}') as {name.lower()}_used_on"
    for name, code in _CHANNELS.items()
)
_CHANNEL = f"""
select cust_no as code, max(from_on) as as_of, {_CHANNEL_DAYS}
  from src_channel where {_AS_OF} and status = '1' group by cust_no"""  # noqa: S608
# Who is paid for by two has the one that paid last, and of these the one that goes on. Where nobody knows until when
# was paid it is not until today, so the day on which it began is the day of what is told.
_INSURED = f"""
select {citizen_or_credit_code("cert_no")} as code, coalesce(paid_to_on, since_on, from_on) as as_of, kind, status,
       payer_name, months, base_fen, since_on, record_no
  from src_social_security where {_AS_OF}"""  # noqa: S608
_PAYERS = f"""
select {credit_code("payer_uscc")} as code, max(coalesce(paid_to_on, from_on)) as as_of,
       count(distinct cert_no) as insured
  from src_social_security where {_AS_OF} and status = '1' and payer_uscc is not null group by 1"""  # noqa: S608
_OWNED = f"""
select {citizen_or_credit_code("owner_cert_no")} as code, max(from_on) as as_of, count(distinct room_no) as rooms,
       count(distinct room_no) filter (where use = '2') as shops,
       count(distinct room_no) filter (where is_mortgaged = 'Y') as mortgaged, max(since_on) as since_on
  from src_property where {_AS_OF} and status = '1' group by 1"""  # noqa: S608

_TOLD = f"""
select {citizen_or_credit_code("about_no")} as code, told_by || '/' || what as name, amount_fen as fen,
       number::bigint as number, said, day as day_on, coalesce(as_of, from_on) as as_of
  from src_facts where {_AS_OF} and about <> 'C'
 union all
select about_no, told_by || '/' || what, amount_fen, number, said, day, coalesce(as_of, from_on)
  from src_facts where {_AS_OF} and about = 'C'"""  # noqa: S608
_LATEST = f"""
select distinct on (code) code, applied_on as as_of, applied_on, product, amount_fen, state,
       count(*) filter (where state in ('1', '2', '3')) over (partition by code) as waiting
  from (select coalesce(cust_no, {citizen_or_credit_code("cert_no")}) as code, a.* from src_application a
         where {_AS_OF}) a
 where code is not null order by code, applied_on desc, application_no desc"""  # noqa: S608
_STANDS_FOR = f"""
select coalesce(guarantor_no, {citizen_or_credit_code("guarantor_cert_no")}) as code, max(from_on) as as_of,
       count(distinct contract_no) as contracts, sum(amount_fen) as fen
  from src_guarantee where {_AS_OF} and status = '1' and kind = '1'
   and coalesce(end_on, 'infinity') >= cast(%(on)s as date) group by 1"""  # noqa: S608

TELLINGS: tuple[Telling | OpenTelling, ...] = (
    Telling(
        "core_customer",
        (NUMBERS,),
        _CORE,
        (
            Fact("sizeClass", FactKind.TEXT, "s.size_class", "C1", ("CS01", "CS02", "CS03", "CS04")),
            Fact("registeredPlace", FactKind.TEXT, "s.registered_place", "C1", ("R", "U")),
            Fact("runs", FactKind.TEXT, "s.runs", "C2", ("S", "E")),
        ),
    ),
    Telling(
        "firm_year",
        (FIRMS,),
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
        (FIRMS,),
        _REGISTRY,
        (
            Fact("registryState", FactKind.TEXT, "s.state", "C1", ("1", "2", "3", "4")),
            Fact("registryRepresentative", FactKind.TEXT, "s.representative", is_name=True),
            Fact("registryCapitalFen", FactKind.FEN, "s.capital_fen", "C1"),
            Fact("registeredOn", FactKind.DATE, "s.registered_on", "C1"),
        ),
    ),
    Telling(
        "tax_power",
        (FIRMS,),
        _TAX_POWER,
        (
            Fact("taxGrade", FactKind.TEXT, "s.tax_grade", "C2", ("A", "B", "M", "C", "D")),
            Fact("powerKwh", FactKind.NUMBER, "s.power_kwh"),
            Fact("powerChangePercent", FactKind.NUMBER, "s.change"),
        ),
    ),
    Telling(
        "channel",
        (NUMBERS,),
        _CHANNEL,
        tuple(
            fact
            for name in _CHANNELS
            for fact in (
                Fact(f"{name}OpenedOn", FactKind.DATE, f"s.{name.lower()}_opened_on"),
                Fact(f"{name}UsedOn", FactKind.DATE, f"s.{name.lower()}_used_on"),
            )
        ),
    ),
    Telling(
        "social_security",
        (PERSONS,),
        _INSURED,
        (
            Fact("insuredAs", FactKind.TEXT, "s.kind", "C2", ("1", "2", "3")),
            Fact("insuredState", FactKind.TEXT, "s.status", "C2", ("1", "2", "3")),
            Fact("insuredBy", FactKind.TEXT, "s.payer_name"),
            Fact("insuredMonths", FactKind.NUMBER, "s.months"),
            Fact("insuredBaseFen", FactKind.FEN, "s.base_fen"),
            Fact("insuredSince", FactKind.DATE, "s.since_on"),
        ),
        among="s.status, s.record_no",
    ),
    Telling(
        "social_security",
        (FIRMS,),
        _PAYERS,
        (Fact("insuredStaff", FactKind.NUMBER, "s.insured"),),
    ),
    Telling(
        "property",
        (PERSONS, FIRMS),
        _OWNED,
        (
            Fact("propertyRooms", FactKind.NUMBER, "s.rooms"),
            Fact("propertyShops", FactKind.NUMBER, "nullif(s.shops, 0)"),
            Fact("propertyMortgaged", FactKind.NUMBER, "nullif(s.mortgaged, 0)"),
            Fact("propertySince", FactKind.DATE, "s.since_on"),
        ),
    ),
    OpenTelling("facts", (NUMBERS, PERSONS, FIRMS), _TOLD),
    Telling(
        "application",
        (NUMBERS, PERSONS, FIRMS),
        _LATEST,
        (
            Fact("appliedOn", FactKind.DATE, "s.applied_on"),
            Fact("appliedFor", FactKind.TEXT, "s.product"),
            Fact("appliedFen", FactKind.FEN, "s.amount_fen"),
            Fact("applicationState", FactKind.TEXT, "s.state", "C2", ("1", "2", "3", "4", "5", "6")),
            Fact("applicationsWaiting", FactKind.NUMBER, "nullif(s.waiting, 0)"),
        ),
    ),
    Telling(
        "guarantee",
        (NUMBERS, PERSONS, FIRMS),
        _STANDS_FOR,
        (
            Fact("standsForContracts", FactKind.NUMBER, "s.contracts"),
            Fact("standsForFen", FactKind.FEN, "s.fen"),
        ),
    ),
)
