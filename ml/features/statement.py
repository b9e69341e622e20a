"""Put the SQL files of this folder together into the one statement that makes the features of a day."""

import hashlib
from datetime import date
from pathlib import Path

from psycopg import sql

from domain.customers.parties import FIRMS, PERSONS, citizen_or_credit_code, credit_code
from domain.feeds.currencies import IN_YUAN
from domain.products.month_ends import of_a_month_end
from domain.products.on_books import ON_BOOKS
from ml.features.columns import NAMES
from ml.features.dates import Reach, lags

FOLDER = Path(__file__).parent
PARTS = (
    "deposits",
    "loans",
    "lines",
    "merchants",
    "months",
    "channels",
    "insured",
    "registered",
    "firm_years",
    "people",
)
FEED_OF_PART = {
    "deposits": "core_deposit",
    "loans": "loan",
    "merchants": "pos_merchant",
    "channels": "channel",
    "insured": "social_security",
    "registered": "registry",
    "firm_years": "firm_year",
}
_REPORTS_ARE_OUT = 7
"""The month from which on the reports of the year before are out."""

EVERYBODY = sql.SQL("")

_ANY_MONTH_END = date(2000, 1, 31)
"""Always the same one, so that a signature depends on no day."""


def sampled(share: float) -> sql.Composable:
    """A fixed share of all customers, the same ones on every day."""
    return sql.SQL("and hashint8(customer_id) & 1023 < {}").format(sql.Literal(round(share * 1024)))


CHANGED = sql.SQL("and customer_id in (select customer_id from changed_customers)")
"""Those whom the temporary table names."""


def signature() -> str:
    """Changes when a feature or its SQL does, or that of month-ends: features of another signature are made anew."""
    written = [(FOLDER / f"{part}.sql").read_text() for part in (*PARTS, "customer")]
    text = "".join([",".join(NAMES), *written, of_a_month_end(_ANY_MONTH_END)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _reaches(first_on: date | None, day: date) -> bool:
    return first_on is not None and first_on <= day


def _part(name: str, day: date, reach: Reach, who: sql.Composable) -> sql.Composable:
    before = lags(day)
    first_on = getattr(reach, FEED_OF_PART.get(name, "core_deposit"))
    known_people = reach.core_customer or day
    year = day.year - (1 if day.month >= _REPORTS_ARE_OUT else 2)
    fragments: dict[str, sql.Composable] = {
        "day": _day(day),
        "in_yuan": sql.SQL(IN_YUAN),
        "on_books": sql.SQL(ON_BOOKS),
        "people_day": _day(max(day, known_people)),
        "is_people_known": sql.Literal(day >= known_people),
        "is_known": sql.Literal(first_on is not None if name == "firm_years" else _reaches(first_on, day)),
        "known_day": _day(max(day, reach.firm_year or day)),
        "channels_known": sql.Literal(_reaches(reach.channel, day)),
        "year": sql.Literal(year),
        "who": who,
        "citizen": sql.SQL(citizen_or_credit_code("cert_no")),
        "firm": sql.SQL(credit_code("uscc")),
        "persons": sql.SQL(PERSONS.rows()),
        "firms": sql.SQL(FIRMS.rows()),
        "months": sql.Literal(1 + sum(_reaches(first_on, lag) for lag in before)),
    }
    for months, lag in enumerate(before, start=1):
        fragments[f"day_{months}"] = _day(lag)
        fragments[f"reach_{months}"] = sql.Literal(_reaches(first_on, lag))
        fragments[f"pos_reach_{months}"] = sql.Literal(_reaches(reach.pos_merchant, lag))
    if name == "months":
        fragments["month_ends"] = _month_ends(before, reach, who)
    return sql.SQL((FOLDER / f"{name}.sql").read_text()).format(**fragments)


def _month_ends(months: tuple[date, ...], reach: Reach, who: sql.Composable) -> sql.Composable:
    """`customer_id, month_on, deposit_fen, pos_volume_fen`: what the table keeps, and what it would have kept."""
    kept = [month for month in months if month in reach.month_ends]
    older = [
        month
        for month in months
        if month not in reach.month_ends
        and (_reaches(reach.core_deposit, month) or _reaches(reach.pos_merchant, month))
    ]
    columns = "select customer_id, month_on, deposit_fen, pos_volume_fen from"
    table = sql.SQL(columns + " month_ends where month_on = any({kept}::date[]) {who}").format(
        kept=sql.Literal([month.isoformat() for month in kept]), who=who
    )
    snapshots = (
        sql.SQL(columns + " ({of_month}) m where true {who}").format(
            of_month=sql.SQL(of_a_month_end(month)), who=who
        )
        for month in older
    )
    return sql.SQL("\n    union all ").join([table, *snapshots])


def _day(day: date) -> sql.Composable:
    return sql.SQL("date {}").format(sql.Literal(day.isoformat()))


def features(day: date, reach: Reach, who: sql.Composable) -> sql.Composed:
    """`customer_id` and every feature by name, for all whom `who` lets through."""
    parts = [
        sql.SQL("{} as (\n{}\n)").format(sql.Identifier(name), _part(name, day, reach, who)) for name in PARTS
    ]
    return sql.SQL(
        "with core as not materialized (\n"
        "    select key as cust_no, customer_id from source_records\n"
        "    where feed = 'core_customer' and customer_id is not null {who}\n"
        "),\nshop as not materialized (\n"
        "    select key as merchant_no, customer_id from source_records\n"
        "    where feed = 'pos_merchant' and customer_id is not null {who}\n"
        "),\n{parts}\n{customer}"
    ).format(who=who, parts=sql.SQL(",\n").join(parts), customer=_part("customer", day, reach, who))


def packed(day: date, reach: Reach, who: sql.Composable) -> sql.Composed:
    """`data_date, customer_id, packed`: each feature as big-endian float32, unknown as NaN, one after the other."""
    values = [
        sql.SQL("float4send(coalesce(f.{}::float4, 'NaN'))").format(sql.Identifier(name)) for name in NAMES
    ]
    return sql.SQL(
        "select {day} as data_date, f.customer_id, {packed} as packed from (\n{features}\n) f"
    ).format(day=_day(day), packed=sql.SQL("\n    || ").join(values), features=features(day, reach, who))


def outcomes(day: date, later: date) -> sql.Composed:
    """`customer_id, average_fen, later_average_fen` of all who held a deposit on `day`."""
    return sql.SQL(
        "select s.customer_id,\n"
        "    coalesce(sum(d.average_3m_fen) filter (where d.from_on <= {day} and d.to_on > {day}), 0)::bigint,\n"
        "    coalesce(sum(d.average_3m_fen) filter (where d.from_on <= {later} and d.to_on > {later}), 0)::bigint\n"
        "from src_core_deposit d\n"
        "join source_records s on s.feed = 'core_customer' and s.key = d.cust_no and s.customer_id is not null\n"
        "where d.from_on <= {later} and d.to_on > {day} and d.from_on < d.to_on and {in_yuan}\n"
        "group by s.customer_id"
    ).format(day=_day(day), later=_day(later), in_yuan=sql.SQL(IN_YUAN))
