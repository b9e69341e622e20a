"""Lines set aside: which, why, and where they are kept. Of a refused file a sample is kept."""

import json
from collections.abc import Sequence

from psycopg import sql
from psycopg.types.json import Jsonb

from domain.feeds import statements as said
from domain.feeds.batch_files import Line
from domain.feeds.contracts import Feed
from domain.feeds.judging import reason_of_line
from domain.shared.night import Connection
from domain.shared.statements import Statement

SAMPLE_LINES = 100
ASIDE, BROKEN = "staging_aside", "staging_broken"


def set_aside(connection: Connection, feed: Feed) -> int:
    """`staging_aside`: broken, bad and repeated lines with their reasons. Returns how many."""
    key = sql.SQL(" || '/' || ").join(sql.Identifier(part) for part in feed.key)
    return connection.execute(
        sql.SQL(
            "create temp table staging_aside on commit drop as"
            " select line, raw, reason, {key} as key from staging_checked where reason is not null"
            " union all select line, raw, reason, null from staging_broken"
            " union all select line, raw, {twin}, null from staging_twins"
        ).format(key=key, twin=reason_of_line(said.ROW_TWIN))
    ).rowcount


def keep(connection: Connection, batch_id: int) -> None:
    """Nothing of a taken file is lost: every line that was set aside stays readable."""
    connection.execute(
        "insert into quarantined_rows (batch_id, line, raw, reasons, key)"
        " select %s, line, raw, ('[' || reason || ']')::jsonb, key from staging_aside order by line",
        [batch_id],
    )


def sample(connection: Connection) -> list[Line]:
    """The first lines that speak against a file, before what was staged of it goes."""
    staged = {
        name
        for (name,) in connection.execute(
            "select relname from pg_class where relnamespace = pg_my_temp_schema() and relname = any(%s)",
            [[ASIDE, BROKEN]],
        )
    }
    if not staged:
        return []
    table, key = (ASIDE, "key") if ASIDE in staged else (BROKEN, "null")
    rows = connection.execute(
        sql.SQL("select line, raw, reason, {} from {} order by line limit {}").format(
            sql.SQL(key), sql.Identifier(table), sql.Literal(SAMPLE_LINES)
        )
    )
    return [Line(*row) for row in rows]


def keep_sample(connection: Connection, batch_id: int, lines: Sequence[Line]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into quarantined_rows (batch_id, line, raw, reasons, key) values (%s, %s, %s, %s, %s)",
            [
                (batch_id, one.number, one.raw, Jsonb(json.loads(f"[{one.reasons}]")), one.key)
                for one in lines
            ],
        )


_REASONS = """
with every as (
    select r ->> 'code' as code, (r -> 'values') - 'first_line'::text as said, line
      from {table}, jsonb_array_elements(('[' || reason || ']')::jsonb) r
), placed as (
    select *, row_number() over (partition by code, said order by line) as place from every
)
select jsonb_build_object('code', code, 'values', said || jsonb_build_object('lines', count(*), 'first_lines',
       string_agg(line::text, ', ' order by line) filter (where place <= 3)
       || case when count(*) > 3 then ' …' else '' end))
  from placed group by code, said order by count(*) desc, code, said limit {most}
"""


def reasons(connection: Connection, *, most: int = 5, table: str = ASIDE) -> list[Statement]:
    """What a batch's page says of its quarantined lines: the commonest reasons, each with its number of lines and the
    first of them.

    No statement holds the value that is wrong: where columns are shifted it is somebody's name or certificate, and the
    page is read by people who see no customers. The line itself stays in `quarantined_rows`.
    """
    found = connection.execute(
        sql.SQL(_REASONS).format(table=sql.Identifier(table), most=sql.Literal(most))
    ).fetchall()
    return [Statement(kept["code"], kept["values"]) for (kept,) in found]
