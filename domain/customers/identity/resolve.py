"""The night's step from snapshots to golden customers."""

from datetime import timedelta

from domain.customers.dated import IN_SCOPE, KINDS, LINKS
from domain.customers.identity import linking
from domain.customers.identity import statements as said
from domain.customers.identity.crowded import find_crowded_points
from domain.customers.identity.golden import remove_customers, surroundings, write_customers
from domain.customers.identity.one_at_a_time import wait_for_identity
from domain.customers.identity.refresh import refresh_records
from domain.customers.ports import ToWgs84
from domain.customers.relations import refresh_relations
from domain.shared.dated import EVERYBODY, Cause, Whom, keep
from domain.shared.followers import Followers, follow_records
from domain.shared.night import DOING, Connection, Night, Report, StepResult
from domain.shared.rows import NightRows, Rows
from domain.shared.statistics import note_written


def resolve_identity(
    connection: Connection,
    night: Night,
    report: Report,
    *,
    followers: Followers,
    to_wgs84: ToWgs84 | None = None,
) -> StepResult:
    """Refreshes source records from what changed, judges the keys around them, and writes their customers.

    Without `to_wgs84` points of other datums than WGS 84 are left out.
    """
    wait_for_identity(connection)
    connection.execute("set local work_mem = '256MB'")
    changed = refresh_records(connection, night, report, to_wgs84)
    rows = NightRows(connection)
    report(0.4, DOING(doing="COMPARE_KEYS"))
    if night.is_full:
        linking.everything(rows)
    else:
        linking.around_touched(rows)
    resolved = linking.resolve_scope(rows, is_full=night.is_full)
    crowded = find_crowded_points(rows)
    made = sorted({*resolved.customers, *crowded})
    note_written(connection, "source_records", resolved.moved_records)
    report(0.6, said.MAKES(customers=len(made)))
    remove_customers(rows, resolved.vanished, followers)
    around = surroundings(rows, to_wgs84)
    touched = set(resolved.vanished)
    done = 0
    for written in write_customers(rows, made, around):
        touched.update(written)
        done += len(written)
        report(0.6 + 0.3 * done / max(len(made), 1), said.MADE(customers=done))
    follow_records(rows, followers)
    report(0.9, DOING(doing="RELATIONS"))
    note_written(connection, "customers", len(touched))
    refresh_relations(rows, resolved.customers)
    note_changes(rows, night.run_id, touched)
    _note_changed_records(rows, night.run_id)
    report(0.95, DOING(doing="DAYS"))
    _keep_days(rows, night)
    return StepResult(
        rows=changed,
        message=said.DONE(records=changed, customers=len(made), merged=len(resolved.vanished)),
        figures={"customers": float(len(made)), "merged": float(len(resolved.vanished))},
    )


def _keep_days(rows: Rows, night: Night) -> None:
    """From the day after the data date on, of those on whom the later steps work as well."""
    day = night.data_date + timedelta(days=1)
    tonight = Whom(
        "{key} in (select customer_id from night_changes where night_run_id = %(run)s)", {"run": night.run_id}
    )
    keep(rows, KINDS, day, EVERYBODY if night.is_full else tonight, cause=Cause.FILES)
    keep(rows, LINKS, day, EVERYBODY if night.is_full else IN_SCOPE, cause=Cause.FILES)


def note_changes(rows: Rows, run_id: int, customer_ids: set[int]) -> None:
    """The later steps of the night work on these."""
    rows.execute(
        "insert into night_changes (night_run_id, customer_id) select %(run)s, id"
        " from unnest(cast(%(ids)s as bigint[])) id on conflict do nothing",
        {"run": run_id, "ids": sorted(customer_ids)},
    )


def _note_changed_records(rows: Rows, run_id: int) -> None:
    """A row may matter to features (a shop's turnover) though it says nothing new of who the customer is.

    So may a customer that a cut or its mending touched since the last night: it has an atom and is not on the map. He
    whose place lies outside the county has neither, and nothing is to be done for him night after night.
    """
    rows.execute(
        "insert into night_changes (night_run_id, customer_id) select cast(%(run)s as bigint), id from customers"
        " where atom_id is not null and not exists"
        " (select from customer_points p where p.customer_id = customers.id) on conflict do nothing",
        {"run": run_id},
    )
    rows.execute(
        "insert into night_changes (night_run_id, customer_id) select distinct cast(%(run)s as bigint), r.customer_id"
        " from changed_records c join source_records r on r.id = c.id on conflict do nothing",
        {"run": run_id},
    )
