"""Which of the staged lines may stand, and why another may not."""

import json

from psycopg import sql

from domain.feeds import statements as said
from domain.feeds.adapters.problems import ROW_CODE_UNKNOWN, ROW_KEY_OF_OTHER, ROW_OPERATION
from domain.feeds.checks import ColumnCheck, column_checks
from domain.feeds.contracts import Feed
from domain.feeds.mapping import Mapping
from domain.feeds.moment import Moment, names, same_key
from domain.shared.night import Connection
from domain.shared.statements import Declared


def check(connection: Connection, feed: Feed, moment: Moment, mapping: Mapping) -> None:
    """`staging_checked`: typed values and why a line may not stand (null: it may), as statements in
    JSON text with commas between."""
    checks = column_checks(feed)
    count = mapping.columns
    reasons = [_reason(check, place, feed, mapping) for place, check in enumerate(checks, start=1)]
    if mapping.operation is not None:
        no_operation = reason_of_line(ROW_OPERATION)
        reasons.append(sql.SQL("case when operation is null then {} end").format(no_operation))
    key = [f"c{position}" for position, column in enumerate(feed.columns, start=1) if column.name in feed.key]
    connection.execute(
        sql.SQL(
            "create temp table staging_repeated on commit drop as select {renamed}, min(line) as first"
            " from staging_parts where {every} group by {key} having count(*) > 1"
        ).format(
            every=sql.Literal(mapping.has_every_key),
            key=names(key),
            renamed=sql.SQL(", ").join(
                sql.Identifier(part) + sql.SQL(" as ") + sql.Identifier(f"key_{part}") for part in key
            ),
        )
    )
    connection.execute(
        sql.SQL(
            "create temp table staging_checked on commit drop as select line, raw, line_hash, operation, {names}, "
            "case when columns <> {count} then {other_count} || columns || '}}}}' else "
            "nullif(concat_ws(', ', {reasons},"
            " case when first is not null then {repeated} || first || '}}}}' end), '') "
            "end as reason, columns = {count} as is_whole from (select p.*, {values}, r.first from staging_parts p"
            " left join staging_repeated r on {same} and r.first < p.line offset 0) p"
        ).format(
            names=names([check.name for check in checks]),
            values=sql.SQL(", ").join(
                check.value + sql.SQL(" as ") + sql.Identifier(check.name) for check in checks
            ),
            reasons=sql.SQL(", ").join(reasons),
            count=sql.Literal(count),
            other_count=sql.Literal(
                f'{{"code": "{said.ROW_COLUMNS.code}", "values": {{"agreed": {count}, "found": '
            ),
            repeated=sql.Literal(f'{{"code": "{said.ROW_KEY_REPEATED.code}", "values": {{"first_line": '),
            same=sql.SQL(" and ").join(
                sql.SQL("r.{} = p.{}").format(sql.Identifier(f"key_{part}"), sql.Identifier(part))
                for part in key
            ),
        )
    )
    connection.execute(sql.SQL("analyze staging_checked ({})").format(names(feed.key)))
    if moment.of_source is not None:
        _set_aside_keys_of_others(connection, feed, moment)
    if not mapping.has_every_key:
        return
    # A line whose key also stands unchanged in the same file is a second opinion on one key.
    connection.execute(
        sql.SQL(
            "update staging_checked k set reason = {unchanged} where reason is null"
            " and exists (select from {table} c where {state} and {same_state})"
            " and not exists (select from staging_difference d where d.line is null and {same_unseen})"
        ).format(
            table=sql.Identifier(feed.table),
            state=moment.state,
            same_state=same_key(feed, "c.", "k."),
            same_unseen=same_key(feed, "d.", "k."),
            unchanged=reason_of_line(said.ROW_KEY_UNCHANGED),
        )
    )


def _reason(check: ColumnCheck, place: int, feed: Feed, mapping: Mapping) -> sql.Composable:
    """A code that is on no list is said to be that, and not to be empty."""
    name = feed.columns[place - 1].name
    if (
        mapping.operation is not None and name not in feed.key
    ):  # what ends a key need say no more than the key
        return sql.SQL("case when operation is distinct from 'D' then {} end").format(
            _reason_of_value(check, place, name, mapping)
        )
    return _reason_of_value(check, place, name, mapping)


def _reason_of_value(check: ColumnCheck, place: int, name: str, mapping: Mapping) -> sql.Composable:
    if name not in mapping.coded:
        return check.reason
    unknown = sql.Literal(
        json.dumps({"code": ROW_CODE_UNKNOWN.code, "values": {"column": name}}, ensure_ascii=False)
    )
    return sql.SQL("case when {} then {} else {} end").format(
        sql.Identifier(f"u{place}"), unknown, check.reason
    )


def _set_aside_keys_of_others(connection: Connection, feed: Feed, moment: Moment) -> None:
    """One key has one source: what another source has in force is not taken over by whoever comes later."""
    assert moment.of_source is not None
    connection.execute(
        sql.SQL(
            "update staging_checked k set reason = {other} where reason is null"
            " and exists (select from {table} c where {in_force} and not {own} and {same})"
        ).format(
            other=reason_of_line(ROW_KEY_OF_OTHER),
            table=sql.Identifier(feed.table),
            in_force=moment.in_force,
            own=moment.of_source,
            same=same_key(feed, "c.", "k."),
        )
    )


def reason_of_line(declared: Declared) -> sql.Literal:
    """A statement about one line that has no value but the number of lines, as JSON text without it."""
    return sql.Literal(f'{{"code": "{declared.code}", "values": {{}}}}')
