"""Due visits: whom cadence, risk, a loan or a promise asks somebody to see, with the strongest reason.

The rules of `domain.tasks.cadence`, set-wise: at night over all customers, because the passing of a day makes visits
due; at a cut over those who came of it. Only rows that come out different are written.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from domain.products.fields import OPEN_LOANS
from domain.shared.data_date import DATA_DATE
from domain.shared.dated import EVERYBODY, Whom, these
from domain.shared.night import DOING, Connection, Night, Report, StepResult, silent
from domain.shared.parameters import Values, parameters_in_force
from domain.shared.rows import NightRows, Rows
from domain.shared.rules.fields import Beside
from domain.shared.rules.language import Language
from domain.shared.rules.predicate import AsOf
from domain.tasks import due_statements as written
from domain.tasks import statements as said
from domain.tasks.cadence import VALID_OUTCOMES
from domain.tasks.fields import AGREEMENTS
from domain.tasks.parameters import LOAN_ENDS_WITHIN_DAYS
from domain.tasks.reasons import as_of, beside_sql, next_sql, reason_sql


def find_due_visits(
    connection: Connection, night: Night, report: Report, *, language: Language
) -> StepResult:
    """Replace the due visits by those of the day after the data date, and each customer's day with them.

    `language` knows every field that the rules of `cadence` ask, also those of rooms above this one.
    """
    rows = NightRows(connection)
    changed, reasons = _judge(rows, language, night.data_date, night.parameters, EVERYBODY, report)
    return StepResult(
        changed,
        said.DUE_DONE(due=sum(reasons.values()), changed=changed),
        {f"due_{reason.lower()}": count for reason, count in reasons.items()},
    )


def judge_again(rows: Rows, customer_ids: Sequence[int], *, language: Language) -> None:
    """After a cut: the same for the customers who came of it, as of the data date in force, so that the list of who is
    due is right at once, and the walk that is planned. Before the first night nobody is due."""
    whom = these(list(customer_ids))
    data_date = rows.execute(f"select {DATA_DATE}")[0][0]
    if data_date is None:
        given = {**(whom.parameters or {}), "valid": list(VALID_OUTCOMES)}
        rows.execute(written.LAST_VISITS.format(whom=whom.of("c.id")), given)
    else:
        _judge(rows, language, data_date, parameters_in_force(rows), whom, silent)
        rows.execute(written.STAY_AWAY.format(data_date=DATA_DATE, whom=whom.of("c.id")), whom.parameters)


def _judge(
    rows: Rows, language: Language, data_date: date, decided: Values, whom: Whom, report: Report
) -> tuple[int, dict[str, int]]:
    """Gives how many due visits came out different, and how many there are of each reason."""
    day = as_of(data_date, decided)
    given: dict[str, Any] = {
        **(whom.parameters or {}),
        "today": data_date + timedelta(days=1),
        "ends_within": LOAN_ENDS_WITHIN_DAYS.of(decided),
        "valid": list(VALID_OUTCOMES),
    }
    rows.execute(written.LAST_VISITS_THEN.format(whom=whom.of("c.id")), given)
    for beside in (OPEN_LOANS, AGREEMENTS):
        _lay_beside(rows, beside, day, whom)
    report(0.2, DOING(doing="JUDGE_REASONS"))
    reason, next_on = reason_sql(language, day), next_sql(language, day)
    judging = written.DUE.format(reason=reason.text, next_on=next_on.text, whom=whom.of("c.id"))
    rows.execute(judging, {**given, **reason.parameters, **next_on.parameters})
    rows.execute(written.KEEP_DAY, given)
    rows.execute("analyze due_now")
    report(0.6, DOING(doing="DUE_DAYS"))
    # Customers before due visits, in the night as at a cut: whoever holds the one does not wait for the other.
    rows.execute(written.NEXT_DAYS.format(whom=whom.of("c.id")), given)
    report(0.8, DOING(doing="WRITE_DUE"))
    gone = rows.execute(written.GONE.format(whom=whom.of("d.customer_id")), given)[0][0]
    changed = rows.execute(written.WRITE)[0][0]
    rows.execute(written.LAST_VISITS_SINCE.format(whom=whom.of("c.id")), given)
    reasons = {str(reason): int(count) for reason, count in rows.execute(written.REASONS)}
    rows.execute(written.DROP)
    return gone + changed, reasons


def _lay_beside(rows: Rows, beside: Beside, day: AsOf, whom: Whom) -> None:
    """A table of what the rules know of loans or visits: one row a customer, with statistics."""
    found = beside_sql(beside, day)
    making = written.BESIDE.format(name=beside.name, rows=found.text, whom=whom.of("b.customer_id"))
    rows.execute(making, {**(whom.parameters or {}), **found.parameters})
    rows.execute(f"analyze {beside.name}")
