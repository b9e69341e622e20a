"""The day of the last visit after a cut: visits followed their records, and the day follows the visits."""

from collections.abc import Sequence

from domain.shared.rows import Rows
from domain.tasks.cadence import VALID_OUTCOMES

_LAST_VISITS = """
update customers c
   set last_visit_on = (select cast(max(v.started_at) at time zone 'Asia/Shanghai' as date) from visits v
                         where v.customer_id = c.id and v.outcome = any(cast(%(valid)s as text[])))
 where c.id = any(cast(%(ids)s as bigint[]))
"""


def see_again(rows: Rows, customer_ids: Sequence[int]) -> None:
    """Whom somebody is to see, and why, the next night says."""
    rows.execute(_LAST_VISITS, {"ids": list(customer_ids), "valid": list(VALID_OUTCOMES)})
