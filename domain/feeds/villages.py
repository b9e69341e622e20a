"""Codes of villages change with the year's list. One that the list in force does not have is kept and told.

It stays on the record as it was written; it is neither evidence nor contradiction, and the address places the customer.
"""

from psycopg import sql

from domain.feeds import statements as said
from domain.feeds.contracts import Feed
from domain.shared.night import Connection
from domain.shared.statements import Statement

IN_FORCE = "select village_code from atoms"
_LEADS_ON = "select old_code from code_successors"

_UNKNOWN = """
select count(*), string_agg(line::text, ', ' order by line) filter (where place <= 3)
  from (select line, row_number() over (order by line) as place from staging_checked
         where reason is null and village_code is not null and village_code not in ({in_force})
           and village_code not in ({leads_on})) unknown
 where exists ({in_force})
"""


def tell_unknown(connection: Connection, feed: Feed) -> list[Statement]:
    """What is said of the new lines of a file whose village is on no list in force; without a list, nothing."""
    if "village_code" not in {column.name for column in feed.columns}:
        return []
    found = connection.execute(
        sql.SQL(_UNKNOWN).format(in_force=sql.SQL(IN_FORCE), leads_on=sql.SQL(_LEADS_ON))
    ).fetchone()
    assert found is not None
    lines, first = found
    if not lines:
        return []
    return [said.VILLAGES_UNKNOWN(lines=lines, first_lines=first + (" …" if lines > 3 else ""))]
