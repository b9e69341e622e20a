"""Whether a staged file agrees with its contract and its control file, its bad lines counted in.

One bad row never sends back the other thousands. A difference that the lines set aside can stand for is told and let
pass; any other refuses the file.
"""

from domain.feeds import carrying, quarantine
from domain.feeds import statements as said
from domain.feeds.batch_files import FileRefused
from domain.feeds.contracts import Feed
from domain.feeds.mapping import Mapping
from domain.feeds.moment import Moment
from domain.shared.night import Connection
from domain.shared.statements import Statement

# More broken lines than this share say that the file as a whole is not what it claims to be.
BROKEN_SHARE = 0.01
BROKEN_ALLOWED = 20


def check_readable(connection: Connection, encoding: str, broken: int, rows: int) -> None:
    if broken > max(BROKEN_ALLOWED, BROKEN_SHARE * rows):
        raise FileRefused(
            said.BROKEN(declared=encoding.upper(), rows=rows, broken=broken),
            *quarantine.reasons(connection, table=quarantine.BROKEN),
        )


def check_rows(
    connection: Connection, mapping: Mapping, rows: int, control_rows: int | None, skipped: int = 0
) -> list[Statement]:
    """A line break inside of a name makes two bad lines of a row, a lost one makes one of two, and a page printed twice
    may have been counted once. Rows that the description leaves out are counted or not."""
    if control_rows is None or control_rows in (rows, rows - skipped):
        return []
    bad, stand_for = carrying.unsure(connection, mapping.columns)
    is_explained = rows - bad <= control_rows <= rows - bad + stand_for
    if not is_explained or 2 * abs(rows - control_rows) > rows:
        raise FileRefused(said.ROWS_DIFFER(file_rows=rows, control_rows=control_rows))
    return [said.ROWS_AGREE(file_rows=rows, control_rows=control_rows)]


def check_columns(connection: Connection, mapping: Mapping, rows: int) -> None:
    """Most lines with another number of columns mean another layout, not bad lines."""
    found = connection.execute(
        "select columns, count(*) from staging_parts group by columns order by count(*) desc limit 1"
    ).fetchone()
    if found is None or found[0] == mapping.columns or found[1] * 2 <= rows:
        return
    raise FileRefused(said.COLUMNS_DIFFER(agreed=mapping.columns, found=found[0], rows=found[1]))


def check_set_aside(
    connection: Connection, feed: Feed, bad: int, rows: int, *, allowed: int, allowed_share: float
) -> None:
    if bad > max(allowed, allowed_share * rows):
        said_of_all = said.TOO_MANY_BAD(feed=feed.name, rows=rows, bad=bad, allowed_share=allowed_share)
        raise FileRefused(said_of_all, *quarantine.reasons(connection, most=3))


def check_amount(
    connection: Connection,
    feed: Feed,
    moment: Moment,
    mapping: Mapping,
    control_fen: int | None,
    skipped: int = 0,
) -> list[Statement]:
    """The sum of the control file is that of the lines that can be read, with some of the others or without them."""
    if feed.amount is None or control_fen is None:
        return []
    total_fen = carrying.amount_total_fen(connection, feed, moment, mapping)
    difference_fen = control_fen - total_fen
    if difference_fen == 0 or (skipped and difference_fen == carrying.skipped_fen(connection)):
        return []
    carried = carrying.carried(connection, feed, mapping)
    if carried.explain(difference_fen):
        return [said.AMOUNT_AGREES(column=feed.amount, difference_exact_fen=difference_fen)]
    if carried.open_lines:
        return [
            said.AMOUNT_OPEN(
                column=feed.amount, difference_exact_fen=difference_fen, first_lines=carried.first_lines
            )
        ]
    reasons = [
        said.AMOUNT_DIFFERS(column=feed.amount, file_exact_fen=total_fen, control_exact_fen=control_fen)
    ]
    if carried.lines:
        reasons.append(
            said.AMOUNT_SET_ASIDE(
                lines=carried.lines,
                first_lines=carried.first_lines,
                carried_exact_fen=int(carried.likeliest),
            )
        )
    raise FileRefused(*reasons, *quarantine.reasons(connection, most=3))
