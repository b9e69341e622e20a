"""Brings `source_records` and `match_keys` to what the feeds say on the data date; notes what was touched.

Leaves two temporary tables for the steps after it: `touched_records(id)` whose content changed, and
`touched_keys(rule, key_hash)` with the keys that came, stayed or went with them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from psycopg import sql
from psycopg.rows import dict_row

from domain.customers.identity import statements as said
from domain.customers.identity.records import SOURCES, Record, Row, records_of
from domain.customers.identity.staff import staff_lines
from domain.customers.models import SourceRecord
from domain.customers.ports import ToWgs84
from domain.shared.night import Connection, Night, Report
from domain.shared.rows import NightRows
from domain.shared.statistics import note_written

CHUNK_ROWS = 20_000
CONTENT = tuple(
    column.name
    for column in SourceRecord.__table__.columns  # type: ignore[attr-defined]
    if column.name not in ("id", "feed", "key", "data_date", "row_hash", "customer_id", "evidence")
)
"""What a record says of its party, in the table's order; the rest is about the record itself."""


def refresh_records(connection: Connection, night: Night, report: Report, to_wgs84: ToWgs84 | None) -> int:
    """Every kind of record in turn. Returns how many rows differed from what was known."""
    for statement in (
        "create temp table touched_records (id bigint primary key) on commit drop",
        "create temp table changed_records (id bigint primary key) on commit drop",
        "create temp table touched_keys (rule text, key_hash bigint) on commit drop",
    ):
        connection.execute(statement)
    lines = staff_lines(NightRows(connection))
    rows = 0
    for position, feed in enumerate(SOURCES):
        report(0.4 * position / len(SOURCES), said.RECORDS(feed=feed))
        rows += _refresh(connection, night, feed, lines, to_wgs84)
    for statement in _LED_ANEW:
        connection.execute(statement)
    connection.execute("analyze touched_records")
    return rows


_LED_ANEW = (
    """
    insert into touched_records select r.id from source_records r
     where exists (select from settings where name = 'codes_led_anew')
       and r.village_code in (select jsonb_array_elements_text(value) from settings where name = 'codes_led_anew')
        on conflict do nothing
    """,
    "delete from settings where name = 'codes_led_anew'",
)
"""Codes that lead elsewhere since a list of successors came or went: whoever has them is looked at again."""


def _refresh(
    connection: Connection, night: Night, feed: str, lines: frozenset[str], to_wgs84: ToWgs84 | None
) -> int:
    _stage(connection)
    parameters = {"on": night.data_date, "feed": feed}
    source = sql.SQL(SOURCES[feed])
    differing = sql.SQL(
        "select s.* from ({source}) s left join source_records r on r.feed = %(feed)s and r.key = s.key"
        " where %(is_full)s or r.id is null or r.row_hash <> s.row_hash or r.status = 'GONE' order by s.key"
    ).format(source=source)
    rows = 0
    for chunk in _chunks(connection, differing, parameters | {"is_full": night.is_full}):
        _copy(connection, [_columns(record, row) for row in chunk for record in _read(feed, row, lines)])
        _convert(connection, to_wgs84)
        rows += len(chunk)
    connection.execute("analyze staging_records")
    written = _update_known(connection, feed) + _insert_new(connection, feed)
    note_written(connection, "source_records", written)
    _touch_those_of_other_keys(connection, feed)
    _mark_gone(connection, source, parameters)
    _replace_keys(connection, feed)
    return rows


def _stage(connection: Connection) -> None:
    connection.execute("drop table if exists staging_records")
    connection.execute(
        "create temp table staging_records on commit drop as"
        " select *, null::text[] as rules, null::bigint[] as hashes from source_records limit 0"
    )


def _chunks(connection: Connection, query: sql.Composed, parameters: dict[str, Any]) -> Iterator[list[Row]]:
    with connection.cursor(name="identity_rows", row_factory=dict_row) as cursor:
        cursor.execute(query, parameters)
        while chunk := cursor.fetchmany(CHUNK_ROWS):
            yield list(chunk)


def _read(feed: str, row: Row, lines: frozenset[str]) -> Iterator[Record]:
    for record in records_of(feed, row):
        record.find_keys(lines)
        yield record


_STAGED = ["feed", "key", "data_date", "row_hash", *CONTENT, "evidence", "rules", "hashes"]


def _columns(record: Record, row: Row) -> Sequence[Any]:
    certificate = record.certificate or (None, None)
    point = record.point or (None, None)
    return (
        record.feed,
        record.key,
        row["from_on"],
        row["row_hash"],
        record.kind,
        record.name,
        record.name_norm,
        *certificate,
        record.credit_code,
        record.representative,
        record.phone,
        record.other_phone,
        record.birth_on,
        record.gender,
        record.cust_no,
        record.village_code,
        record.address,
        record.industry,
        record.org_code,
        record.manager_number,
        *point,
        record.source_datum,
        record.location_method,
        record.status,
        "",
        "{" + ",".join(rule for rule, _ in record.keys) + "}",
        "{" + ",".join(str(hash_) for _, hash_ in record.keys) + "}",
    )


def _copy(connection: Connection, rows: list[Sequence[Any]]) -> None:
    with connection.cursor().copy(
        sql.SQL("copy staging_records ({}) from stdin").format(
            sql.SQL(", ").join(map(sql.Identifier, _STAGED))
        )
    ) as copy:
        for row in rows:
            copy.write_row(row)


def _convert(connection: Connection, to_wgs84: ToWgs84 | None) -> None:
    """Points that came in another datum. They are staged as they came; `customer_id` marks those already converted."""
    for datum in ("GCJ02", "BD09"):
        found = connection.execute(
            "select key, lon_deg_wgs84, lat_deg_wgs84 from staging_records"
            " where source_datum = %s and lon_deg_wgs84 is not null and customer_id is null",
            [datum],
        ).fetchall()
        if not found:
            continue
        if to_wgs84 is None:
            connection.execute(
                "update staging_records set lon_deg_wgs84 = null, lat_deg_wgs84 = null, source_datum = null,"
                " location_method = null where source_datum = %s",
                [datum],
            )
            continue
        lon, lat = to_wgs84([row[1] for row in found], [row[2] for row in found], datum)
        connection.execute(
            "update staging_records s set lon_deg_wgs84 = c.lon, lat_deg_wgs84 = c.lat, customer_id = 0"
            " from unnest(%s::text[], %s::float8[], %s::float8[]) c (key, lon, lat) where s.key = c.key",
            [[row[0] for row in found], [float(x) for x in lon], [float(y) for y in lat]],
        )


_SAME = sql.SQL(", ").join(sql.Identifier(column) for column in CONTENT)
_OF_R = sql.SQL(", ").join(sql.SQL("r.") + sql.Identifier(column) for column in CONTENT)
_OF_S = sql.SQL(", ").join(sql.SQL("s.") + sql.Identifier(column) for column in CONTENT)


def _update_known(connection: Connection, feed: str) -> int:
    """Known records whose row differs, and how many; only those whose content differs are touched."""
    connection.execute(
        sql.SQL(
            "with content as (select r.id from source_records r join staging_records s on s.feed = r.feed"
            " and s.key = r.key where r.feed = {feed} and ({of_r}) is distinct from ({of_s}))"
            " insert into touched_records select id from content"
        ).format(feed=sql.Literal(feed), of_r=_OF_R, of_s=_OF_S)
    )
    done = connection.execute(
        sql.SQL(
            "with done as (update source_records r set ({same}) = ({of_s}), data_date = s.data_date,"
            " row_hash = s.row_hash from staging_records s where r.feed = {feed} and s.feed = r.feed and s.key = r.key"
            " and (r.row_hash <> s.row_hash or r.id in (select id from touched_records)) returning r.id)"
            " insert into changed_records select id from done"
        ).format(feed=sql.Literal(feed), same=_SAME, of_s=_OF_S)
    )
    return done.rowcount


def _insert_new(connection: Connection, feed: str) -> int:
    new = connection.execute(
        sql.SQL(
            "with new as (insert into source_records (feed, key, data_date, row_hash, {same}, evidence)"
            " select s.feed, s.key, s.data_date, s.row_hash, {of_s}, '' from staging_records s where not exists"
            " (select from source_records r where r.feed = {feed} and r.key = s.key) order by s.key returning id),"
            " noted as (insert into changed_records select id from new)"
            " insert into touched_records select id from new"
        ).format(feed=sql.Literal(feed), same=_SAME, of_s=_OF_S)
    )
    return new.rowcount


def _touch_those_of_other_keys(connection: Connection, feed: str) -> None:
    """Records whose content is as it was and whose keys are not: what is evidence was decided otherwise since."""
    connection.execute(
        "insert into touched_records select r.id from staging_records s join source_records r on r.feed = s.feed"
        " and r.key = s.key where s.feed = %s and not exists (select from touched_records t where t.id = r.id)"
        " and (cardinality(s.rules) <> (select count(*) from match_keys m where m.record_id = r.id)"
        " or exists (select from unnest(s.rules, s.hashes) k (rule, key_hash) where not exists (select"
        " from match_keys m where (m.record_id, m.rule, m.key_hash) = (r.id, k.rule, k.key_hash))))",
        [feed],
    )


def _mark_gone(connection: Connection, source: sql.SQL, parameters: dict[str, Any]) -> None:
    """Records whose row is no longer in the feed stay, as evidence and for what hangs on their ids, marked GONE."""
    connection.execute(
        sql.SQL(
            "with gone as (update source_records r set status = 'GONE' where r.feed = %(feed)s and r.status <> 'GONE'"
            " and not exists (select from ({}) s where s.key = r.key) returning id),"
            " noted as (insert into changed_records select id from gone on conflict do nothing)"
            " insert into touched_records select id from gone on conflict do nothing"
        ).format(source),
        parameters,
    )


def _replace_keys(connection: Connection, feed: str) -> None:
    """New keys in place of old ones; both are touched, since both groups of records may be judged otherwise now."""
    connection.execute(
        "create temp table if not exists new_keys (record_id bigint, rule text, key_hash bigint) on commit drop"
    )
    connection.execute("truncate new_keys")
    connection.execute(
        "insert into new_keys select r.id, k.rule, k.key_hash from staging_records s"
        " join source_records r on r.feed = s.feed and r.key = s.key"
        " join touched_records t on t.id = r.id, unnest(s.rules, s.hashes) k (rule, key_hash) where s.feed = %s",
        [feed],
    )
    connection.execute(
        "with old as (delete from match_keys m using touched_records t, source_records r where m.record_id = t.id"
        " and r.id = t.id and r.feed = %s and r.status <> 'GONE' returning m.rule, m.key_hash)"
        " insert into touched_keys select rule, key_hash from old",
        [feed],
    )
    written = connection.execute(
        "insert into match_keys (record_id, rule, key_hash) select record_id, rule, key_hash from new_keys"
    ).rowcount
    note_written(connection, "match_keys", written)
    connection.execute("insert into touched_keys select rule, key_hash from new_keys")
