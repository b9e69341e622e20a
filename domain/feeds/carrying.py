"""What the lines in staging carry: their total, what is skipped, and what bad lines and doubles may stand for."""

from psycopg import sql

from domain.feeds.contracts import DELIMITER, Feed
from domain.feeds.mapping import Mapping
from domain.feeds.moment import Moment, number_of, position_of_amount
from domain.feeds.reading import value_of
from domain.feeds.snapshots import amount_column
from domain.feeds.totals import Carried, amounts_of
from domain.shared.night import Connection

# Further copies of whole lines, looked for only where the file and its control file differ.
_DOUBLES = """
select line, raw from (
    select line, raw, row_number() over (partition by raw order by line) as copy from staging_lines l
     where cardinality(string_to_array(raw, %s)) = %s
       and not exists (select from staging_broken b where b.line = l.line)) copies
 where copy > 1
"""


_AMOUNTS_OF_DOUBLES = f"""
select coalesce({{}}, 0) from (select string_to_array(raw, {{}}) as parts from ({_DOUBLES}) doubles) doubles
"""  # noqa: S608


_UNSURE = f"""
select count(*), coalesce(sum(greatest(1, (columns - 1) / %s)), 0) from (
    select columns from staging_parts where columns <> %s
    union all select array_length(string_to_array(raw, %s), 1) from staging_broken
    union all select %s from ({_DOUBLES}) doubles) bad
"""  # noqa: S608


def unsure(connection: Connection, count: int) -> tuple[int, int]:
    """How many lines may be no row of their own, and for how many rows they may stand: a line break inside of a name
    makes two lines of a row, a lost one makes a line of two rows, and a page printed twice makes two lines of each.
    `count` is how many parts a line has."""
    found = connection.execute(
        _UNSURE,
        [count - 1, count, DELIMITER, count, DELIMITER, count],
    ).fetchone()
    assert found is not None
    return int(found[0]), int(found[1])


def amount_total_fen(connection: Connection, feed: Feed, moment: Moment, mapping: Mapping) -> int:
    """The sum over all lines of the file whose number of columns is right and whose amount can be read."""
    amount = amount_column(feed)
    assert amount is not None
    new = number_of(
        connection,
        sql.SQL("select coalesce(sum({}), 0) from staging_checked where is_whole").format(
            sql.Identifier(amount)
        ),
    )
    if not mapping.has_every_key:
        return new
    held = number_of(
        connection,
        sql.SQL("select coalesce(sum({}), 0) from {} where {}").format(
            sql.Identifier(amount), sql.Identifier(feed.table), moment.state
        ),
    )
    unseen = number_of(
        connection,
        sql.SQL("select coalesce(sum(amount_fen), 0) from staging_difference where line is null"),
    )
    twins = number_of(
        connection,
        sql.SQL(
            "select coalesce(sum({}), 0) from (select string_to_array(raw, {}) as parts from staging_twins) t"
        ).format(_amount_of_twin(feed, mapping), sql.Literal(DELIMITER)),
    )
    return held - unseen + new + twins


def skipped_fen(connection: Connection) -> int:
    return number_of(connection, sql.SQL("select coalesce(sum(amount_fen), 0) from staging_skipped"))


def _amount_of_twin(feed: Feed, mapping: Mapping) -> sql.Composable:
    place = position_of_amount(feed)
    assert place is not None
    return value_of(feed.columns[place], mapping.written[place])


def carried(connection: Connection, feed: Feed, mapping: Mapping) -> Carried:
    """What the lines may carry whose amount is not in the total. They are read one by one and not held."""
    amount = amount_column(feed)
    assert amount is not None
    found = Carried()
    with connection.cursor("carried") as cursor:
        cursor.execute(
            sql.SQL(
                "select line, raw from staging_broken union all"
                " select line, raw from staging_checked where not is_whole or {} is null order by line"
            ).format(sql.Identifier(amount))
        )
        for line, raw in cursor:
            found.add(line, amounts_of(raw, mapping.amount_place, mapping.columns, mapping.amount_factor))
        cursor.execute(
            sql.SQL(_AMOUNTS_OF_DOUBLES).format(_amount_of_twin(feed, mapping), sql.Literal(DELIMITER)),
            [DELIMITER, mapping.columns],
        )
        for (amount_fen,) in cursor:
            found.add_twin(amount_fen)
    return found
