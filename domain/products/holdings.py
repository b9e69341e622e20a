"""Holdings of golden customers as of the data date, and what follows from them: totals and tier.

The holdings are set beside what the snapshots say and only what differs is written, so that a night, a repeated night
and a full one end in the same rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from psycopg import sql
from sqlalchemy import Date, literal, literal_column

from domain.feeds.currencies import IN_YUAN, YUAN
from domain.feeds.newest_day import NEWEST_DAY
from domain.products.on_books import ON_BOOKS, STANDING
from domain.products.statements import HOLDINGS_DONE
from domain.products.tier_days import TIERS
from domain.products.tiers import tier_sql
from domain.shared.data_date import DATA_DATE
from domain.shared.dated import EVERYBODY, Cause, Whom, keep
from domain.shared.night import DOING, Connection, Night, Report, StepResult
from domain.shared.parameters import parameters_in_force
from domain.shared.rows import NightRows, Rows
from domain.shared.rules.language import Language
from domain.shared.rules.rendering import Rendered
from domain.shared.statistics import note_written

_SAID = "(select * from {table} where from_on <= %(on)s and %(on)s < to_on and status = '1'{only}) s"
_OWNER = "join source_records r on r.feed = 'core_customer' and r.key = s.cust_no"


@dataclass(frozen=True)
class _Held:
    """What is held by one table of holdings: the columns in its order, and where they come from.

    `only` narrows the rows of the snapshot as of a day, `%(on)s`.
    """

    snapshot: str
    columns: dict[str, str]
    only: str = ""

    def wanted(self, whom: str = "true") -> str:
        """The statement of all rows as of `%(on)s`, of whom a condition over the records `r` lets through."""
        said = _SAID.format(table=self.snapshot, only=self.only)
        values = ", ".join(f"{value} as {name}" for name, value in self.columns.items())
        return f"select r.customer_id, {values} from {said} {_OWNER} where {whom}"  # noqa: S608

    @property
    def names(self) -> tuple[str, ...]:
        return ("customer_id", *self.columns)


OLDEST_RATE_DAYS = 10
"""Rates stand still over the longest holidays; one that is older tells nothing of today."""

OPENED_SOME_DAY = "1900-01-01"
"""Of an account whose day of opening nobody knows: what cores write there, and no fact. Pages show a dash."""


def _yes(flag: str) -> str:
    """What a flag says; null where the file says nothing."""
    return f"s.{flag} = 'Y'"


_SECURING = (
    "(select g.*, l.loan_no, l.cust_no from src_guarantee g join src_loan l on l.contract_no = g.contract_no"
    " and l.status = '1' and l.from_on <= %(on)s and %(on)s < l.to_on) g"
)
"""Guarantees beside each open loan of the contract that they secure."""

_WORTH = "round({amount}::numeric * x.rate_fen / (100 * x.units::numeric))"
IN_YUAN_BY_RATE = f"case when abs({_WORTH}) < 1e18 then {_WORTH}::bigint end"
_RATE_OF_THE_DAY = (
    "(select {what} from src_fx x where x.from_on <= %(on)s and %(on)s < x.to_on and x.currency = s.currency"  # noqa: S608
    f" and x.units > 0 and x.rate_fen > 0 and cast(%(on)s as date) - x.rate_on between 0 and {OLDEST_RATE_DAYS})"
)
"""What a rate makes of a foreign amount; null where there is none of these days. Nothing is made up."""

# Open accounts and loans, and lines that have not run out. Foreign money, and loans that are not on the bank's books,
# stand by themselves and are in no total.
HELD = {
    "deposits": _Held(
        "src_core_deposit",
        {
            "account_no": "s.acct_no",
            "product": "s.product",
            "balance_fen": "s.balance_fen",
            "average_3m_fen": "coalesce(s.average_3m_fen, s.balance_fen)",
            "opened_on": f"coalesce(s.opened_on, '{OPENED_SOME_DAY}')",
            "matures_on": "nullif(s.matures_on, '9999-12-31')",
        },
        only=f" and {IN_YUAN}",
    ),
    "foreign_deposits": _Held(
        "src_core_deposit",
        {
            "account_no": "s.acct_no",
            "product": "s.product",
            "currency": "s.currency",
            "balance_hundredths": "s.balance_fen",
            "opened_on": "s.opened_on",
            "matures_on": "nullif(s.matures_on, '9999-12-31')",
            "worth_fen": _RATE_OF_THE_DAY.format(what=IN_YUAN_BY_RATE.format(amount="s.balance_fen")),
            "rate_on": _RATE_OF_THE_DAY.format(what="x.rate_on"),
        },
        only=f" and not {IN_YUAN}",
    ),
    "loans": _Held(
        "src_loan",
        {
            "number": "s.loan_no",
            "product": "s.product",
            "balance_fen": "s.balance_fen",
            "rate_bps": "s.rate_bps",
            "start_on": "s.start_on",
            "end_on": "s.end_on",
            "overdue_days": "s.overdue_days",
            "is_business": "s.purpose = 'B'",
            "industry": "s.industry",
            "guarantee": "s.guarantee",
            "five_class": "s.five_class",
            "farm_use": "s.farm_use",
            "policy": "s.policy",
            "was_farmer": _yes("farmer_at_drawdown"),
            "reported_farm": _yes("reported_farm"),
            "reported_inclusive_farm": _yes("reported_inclusive_farm"),
            "reported_inclusive_small": _yes("reported_inclusive_small"),
        },
        only=f" and {ON_BOOKS}",
    ),
    "loans_apart": _Held(
        "src_loan",
        {
            "number": "s.loan_no",
            "product": "s.product",
            "standing": f"({STANDING})",
            "currency": f"coalesce(s.currency, '{YUAN}')",
            "balance_hundredths": "s.balance_fen",
            "start_on": "s.start_on",
            "end_on": "s.end_on",
            "overdue_days": "s.overdue_days",
        },
        only=f" and not {ON_BOOKS}",
    ),
    "loan_guarantees": _Held(
        _SECURING,
        {
            "guarantee_no": "s.guarantee_no",
            "loan_number": "s.loan_no",
            "kind": "s.kind",
            "amount_fen": "s.amount_fen",
            "guarantor_name": "s.guarantor_name",
            "collateral": "s.collateral",
            "value_fen": "s.value_fen",
            "valued_on": "s.valued_on",
            "end_on": "nullif(s.end_on, '9999-12-31')",
        },
        only=" and coalesce(end_on, 'infinity') >= %(on)s",
    ),
    "credit_lines": _Held(
        "src_credit_line",
        {
            "contract_no": "s.contract_no",
            "line_fen": "s.line_fen",
            "used_fen": "s.used_fen",
            "start_on": "s.start_on",
            "end_on": "s.end_on",
            "is_business": "s.purpose = 'B'",
        },
        only=f" and end_on >= %(on)s and {IN_YUAN}",
    ),
    "foreign_credit_lines": _Held(
        "src_credit_line",
        {
            "contract_no": "s.contract_no",
            "currency": "s.currency",
            "line_hundredths": "s.line_fen",
            "used_hundredths": "s.used_fen",
            "end_on": "s.end_on",
        },
        only=f" and end_on >= %(on)s and not {IN_YUAN}",
    ),
}


def refresh_holdings(
    connection: Connection, night: Night, report: Report, *, language: Language
) -> StepResult:
    """Brings deposits, loans and credit lines to the data date, then totals and tier of whom they concern."""
    tier = tier_sql(language, "c", literal(night.data_date, Date), night.parameters)
    connection.execute("set local work_mem = '256MB'")
    connection.execute("create temp table held_by (customer_id bigint) on commit drop")
    rows = 0
    for position, table in enumerate(HELD):
        report(0.75 * position / len(HELD), DOING(doing=table.upper()))
        rows += _refresh(connection, night, table)
    report(0.75, DOING(doing="TOTALS"))
    connection.execute(
        "insert into held_by select customer_id from night_changes where night_run_id = %s", [night.run_id]
    )
    if not night.is_full:
        _add_those_of_another_tier(connection, tier)
    changed = _total(connection, tier, is_full=night.is_full)
    _note_changes(connection, night)
    keep(
        NightRows(connection),
        TIERS,
        night.data_date + timedelta(days=1),
        EVERYBODY if night.is_full else Whom("{key} in (select customer_id from held_by)"),
        cause=Cause.FILES,
    )
    return StepResult(rows=rows, message=HOLDINGS_DONE(rows=rows, customers=changed))


def _refresh(connection: Connection, night: Night, table: str) -> int:
    """Deletes what is held no longer or differently, inserts what is missing; notes the customers of both."""
    held = HELD[table]
    columns = sql.SQL(", ").join(map(sql.Identifier, held.names))
    parts = {"table": sql.Identifier(table), "columns": columns, "wanted": sql.SQL(held.wanted())}
    connection.execute("drop table if exists holdings_wanted")
    connection.execute(
        sql.SQL("create temp table holdings_wanted on commit drop as {wanted}").format(**parts),
        {"on": night.data_date},
    )
    connection.execute("analyze holdings_wanted")
    ended = connection.execute(
        sql.SQL(
            "with gone as (delete from {table} h using (select {columns} from {table} except select {columns}"
            " from holdings_wanted) d where h.customer_id = d.customer_id and h.{key} = d.{key}"
            " returning h.customer_id) insert into held_by select customer_id from gone"
        ).format(**parts, key=sql.Identifier(held.names[1]))
    ).rowcount
    added = connection.execute(
        sql.SQL(
            "with new as (insert into {table} ({columns}) select {columns} from holdings_wanted except"
            " select {columns} from {table} returning customer_id) insert into held_by select customer_id from new"
        ).format(**parts)
    ).rowcount
    note_written(connection, table, added)
    return max(ended, added)


def _add_those_of_another_tier(connection: Connection, tier: Rendered) -> None:
    """Whoever has another tier by the parameters of the data date than he was given: no file touched him."""
    connection.execute(
        sql.SQL(
            "insert into held_by select c.id from customers c where c.tier is distinct from ({tier})"
        ).format(tier=sql.SQL(tier.text)),
        tier.parameters,
    )


def _total(connection: Connection, tier: Rendered, *, is_full: bool) -> int:
    """Totals and tier of the customers concerned, where they changed."""
    whom = "true" if is_full else "c.id in (select customer_id from held_by)"
    written = connection.execute(
        sql.SQL(
            "with t as (select c.id, c.kind, coalesce(d.fen, 0) as deposit_fen, coalesce(l.fen, 0) as loan_fen,"
            " coalesce(v.fen, 0) as line_fen from customers c"
            " left join (select customer_id, sum(balance_fen)::bigint as fen from deposits group by 1) d"
            " on d.customer_id = c.id"
            " left join (select customer_id, sum(balance_fen)::bigint as fen from loans group by 1) l"
            " on l.customer_id = c.id"
            " left join (select customer_id, sum(line_fen)::bigint as fen from credit_lines group by 1) v"
            " on v.customer_id = c.id where {whom}),"
            " tiered as (select c.*, {tier} as tier from t c),"
            " done as (update customers c set deposit_fen = t.deposit_fen, loan_fen = t.loan_fen,"
            " line_fen = t.line_fen, tier = t.tier from tiered t where c.id = t.id and"
            " (c.deposit_fen, c.loan_fen, c.line_fen, c.tier) is distinct from"
            " (t.deposit_fen, t.loan_fen, t.line_fen, t.tier) returning c.id)"
            " select count(*) from done"
        ).format(whom=sql.SQL(whom), tier=sql.SQL(tier.text)),
        tier.parameters,
    ).fetchone()
    assert written is not None
    return int(written[0])


def _note_changes(connection: Connection, night: Night) -> None:
    connection.execute(
        "insert into night_changes (night_run_id, customer_id) select distinct %s::bigint, h.customer_id from held_by h"
        " on conflict do nothing",
        [night.run_id],
    )


_OF_SOME = "r.customer_id = any(cast(%(ids)s as bigint[]))"


def move_holdings(rows: Rows, customer_ids: Sequence[int], *, language: Language) -> None:
    """Holdings, totals and tier of a few customers whose records moved between them, by the statements of the night."""
    ((newest,),) = rows.execute(NEWEST_DAY)
    parameters = {"ids": list(customer_ids)}
    for table, held in HELD.items():
        columns = ", ".join(held.names)
        rows.execute(f"delete from {table} where customer_id = any(cast(%(ids)s as bigint[]))", parameters)  # noqa: S608
        rows.execute(f"insert into {table} ({columns}) {held.wanted(_OF_SOME)}", {**parameters, "on": newest})
    rows.execute(
        "update customers c set deposit_fen = (select coalesce(sum(balance_fen), 0) from deposits where customer_id ="
        " c.id), loan_fen = (select coalesce(sum(balance_fen), 0) from loans where customer_id = c.id), line_fen ="
        " (select coalesce(sum(line_fen), 0) from credit_lines where customer_id = c.id)"
        " where id = any(cast(%(ids)s as bigint[]))",
        parameters,
    )
    tier = tier_sql(language, "c", literal_column(DATA_DATE, Date), parameters_in_force(rows))
    rows.execute(
        f"update customers c set tier = {tier.text} where id = any(cast(%(ids)s as bigint[]))",  # noqa: S608
        {**parameters, **tier.parameters},
    )
