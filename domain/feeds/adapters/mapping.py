"""What the parts of a line mean for the columns of a contract, as SQL over `parts`.

A source becomes the text that a canonical file would have in its column (`written`); from there on every file is read
alike. A code that is on no list is null there and nowhere else, for a part that is missing is an empty one.
"""

import json
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

from psycopg import sql

from domain.feeds.adapters import problems as said
from domain.feeds.adapters.columns import MONEY_UNITS, RATE_UNITS
from domain.feeds.adapters.description import (
    Adapter,
    FileForm,
    Literal,
    Operations,
    Place,
    Skip,
    Source,
    Test,
)
from domain.feeds.batch_files import FileRefused
from domain.feeds.contracts import OPEN_DATE, Column, ColumnType
from domain.feeds.mapping import Mapping

_NUMBER = r"^[+-]?[0-9]{0,15}(\.[0-9]{0,12})?-?$"


def mapping_of(adapter: Adapter, text: str, header: Sequence[str], columns: int) -> Mapping:
    """`text` is the description as it was written, `columns` how many parts the lines of the file have."""
    places = Places(adapter.file, header)
    by_column = {source.column: source for source in adapter.sources}
    contract = adapter.feed.columns
    places.check([place for source in adapter.sources for place in _named(source)])
    places.check([skip.place for skip in adapter.skips])
    operations = adapter.operations
    if operations is not None:
        places.check([operations.place])
    amount = by_column.get(adapter.feed.amount or "")
    is_plain = amount is not None and len(amount.parts) == 1 and amount.sign is None and amount.cut is None
    return Mapping(
        _seed(text, header),
        columns,
        tuple(
            _written(places, column, by_column[column.name]) if column.name in by_column else sql.Literal("")
            for column in contract
        ),
        frozenset(one.column for one in adapter.sources if one.codes and one.unknown is None),
        _codes(places, adapter),
        _skipped(places, adapter.skips),
        None if operations is None else _operation(places, operations),
        places.of(amount.parts[0]) - 1 if is_plain and amount is not None else None,  # type: ignore[arg-type]
        MONEY_UNITS[amount.unit] if amount is not None and amount.unit else "1",
        has_every_key=not adapter.file.is_increment,
    )


def _codes(places: "Places", adapter: Adapter) -> tuple[tuple[int, str, sql.Composable], ...]:
    at = {column.name: place for place, column in enumerate(adapter.feed.columns, start=1)}
    return tuple(
        (at[one.column], one.column, _cut(_joined(places, one), one))
        for one in adapter.sources
        if one.codes and one.unknown is None
    )


def lowest_columns(adapter: Adapter, header: Sequence[str]) -> tuple[int, bool]:
    """How many parts a line has, and whether that is certain; else it has so many at least."""
    known = len(adapter.file.widths) or len(adapter.file.columns) or len(header)
    if known:
        return known, True
    named = [place for source in adapter.sources for place in _named(source)]
    named += [skip.place for skip in adapter.skips]
    named += [adapter.operations.place] if adapter.operations is not None else []
    return max((place for place in named if isinstance(place, int)), default=1), False


def _seed(text: str, header: Sequence[str]) -> int:
    """Another description, or names in another order, read the same letters otherwise: no line of it is unchanged."""
    digest = sha256("\0".join([text, *header]).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _named(source: Source) -> list[Place]:
    places = [part for part in source.parts if not isinstance(part, Literal)]
    return places + ([source.sign.place] if source.sign is not None else [])


def plain_name(name: str) -> str:
    """A name of a header without blanks, in half-width and small letters."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


class Places:
    """Where the parts stand that a description names."""

    def __init__(self, file: FileForm, header: Sequence[str]) -> None:
        self._shown = file.columns or tuple(header)
        self._names = [plain_name(name) for name in self._shown]

    def check(self, places: Sequence[Place]) -> None:
        missing = [place for place in places if isinstance(place, str) and self._count(place) == 0]
        twice = [place for place in places if isinstance(place, str) and self._count(place) > 1]
        if missing:
            shown = ", ".join(name for name in self._shown)[:200]
            raise FileRefused(
                said.COLUMNS_MISSING(columns=", ".join(dict.fromkeys(missing))[:200], found=shown or "–")
            )
        if twice:
            raise FileRefused(said.COLUMNS_TWICE(columns=", ".join(dict.fromkeys(twice))[:200]))

    def _count(self, name: str) -> int:
        return self._names.count(plain_name(name))

    def of(self, place: Place) -> int:
        """From 1."""
        return place if isinstance(place, int) else self._names.index(plain_name(place)) + 1


def _part(places: Places, place: Place) -> sql.Composable:
    return sql.SQL("coalesce(parts[{}], '')").format(sql.Literal(places.of(place)))


def _written(places: Places, column: Column, source: Source) -> sql.Composable:
    if source.constant is not None:
        return sql.Literal(source.constant)
    text = _cut(_joined(places, source), source)
    if source.codes:
        text = _looked_up(text, source)
    if source.date_form:
        text = _dated(text, source.date_form)
    if source.open_words:
        text = _opened(text, source.open_words)
    if source.unit:
        text = _scaled(text, column, source.unit)
    if source.sign is not None:
        text = _signed(places, text, source)
    if source.empty is not None:
        text = sql.SQL("case when {0} = '' then {1} else {0} end").format(text, sql.Literal(source.empty))
    return text


def _joined(places: Places, source: Source) -> sql.Composable:
    if len(source.parts) == 1 and not isinstance(source.parts[0], Literal):
        return _part(places, source.parts[0])
    written = [
        sql.Literal(part.text)
        if isinstance(part, Literal)
        else sql.SQL("nullif({}, '')").format(_part(places, part))
        for part in source.parts
    ]
    joined = sql.SQL("concat_ws({}, {})").format(sql.Literal(source.between), sql.SQL(", ").join(written))
    own = [_part(places, part) for part in source.parts if not isinstance(part, Literal)]
    if len(own) == len(source.parts) or not own:
        return joined
    # Letters that are put before a number alone make no number.
    is_empty = sql.SQL(" and ").join(sql.SQL("{} = ''").format(part) for part in own)
    return sql.SQL("case when {} then '' else {} end").format(is_empty, joined)


def _cut(text: sql.Composable, source: Source) -> sql.Composable:
    if source.cut is None:
        return text
    first, many = source.cut
    return sql.SQL("substr({}, {}, {})").format(text, sql.Literal(first), sql.Literal(many))


def _looked_up(text: sql.Composable, source: Source) -> sql.Composable:
    known = {unicodedata.normalize("NFKC", key).strip(): value for key, value in source.codes}
    # Nearly every code is written as it is listed, and is found without being brought into another form.
    listed = sql.SQL(
        "coalesce(cast({0} as jsonb) ->> {1}, cast({0} as jsonb) ->> normalize({1}, NFKC))"
    ).format(sql.Literal(json.dumps(known, ensure_ascii=False)), text)
    if source.unknown is not None:
        listed = sql.SQL("coalesce({}, {})").format(listed, sql.Literal(source.unknown))
    if "" in known:
        return listed
    return sql.SQL("case when {0} = '' then '' else {1} end").format(text, listed)


_SPELLED = {
    "DD/MM/YYYY": ("^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:[ T].*)?$", (3, 2, 1)),
    "MM/DD/YYYY": ("^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?:[ T].*)?$", (3, 1, 2)),
    "DDMMYYYY": ("^([0-9]{2})([0-9]{2})([0-9]{4})$", (3, 2, 1)),
}


def _dated(text: sql.Composable, form: str) -> sql.Composable:
    """Eight digits; what does not have the form stays as it is and is judged as every date."""
    if form in _SPELLED:
        pattern, order = _SPELLED[form]
        spelled = sql.SQL(
            "coalesce((select lpad(found[{0}], 4, '0') || lpad(found[{1}], 2, '0') || lpad(found[{2}], 2, '0')"
            " from regexp_match({3}, {4}) found), {3})"
        ).format(*(sql.Literal(place) for place in order), text, sql.Literal(pattern))
        if form == "DDMMYYYY":
            return spelled
        day, month = (1, 4) if form == "DD/MM/YYYY" else (4, 1)
        # Ten letters are the common form, and are cut without a search.
        return sql.SQL(
            "case when {0} ~ '^[0-9]{{2}}[-/.][0-9]{{2}}[-/.][0-9]{{4}}$'"
            " then right({0}, 4) || substr({0}, {1}, 2) || substr({0}, {2}, 2) else {3} end"
        ).format(text, sql.Literal(month), sql.Literal(day), spelled)
    if form == "YYMMDD":
        # A century is guessed as PostgreSQL and most systems do: up to 69 it is ours.
        return sql.SQL(
            "case when {0} ~ '^[0-9]{{6}}$' and {0} <> '000000'"
            " then (case when left({0}, 2) < '70' then '20' else '19' end) || {0} else {0} end"
        ).format(text)
    if form == "YYYYDDD":
        return sql.SQL(
            "case when {0} ~ '^(19|20)[0-9]{{5}}$' and right({0}, 3) between '001' and '366'"
            " then to_char(make_date(left({0}, 4)::int, 1, 1) + right({0}, 3)::int - 1, 'YYYYMMDD') else {0} end"
        ).format(text)
    return text


def _opened(text: sql.Composable, words: Sequence[str]) -> sql.Composable:
    return sql.SQL("case when {0} = any({1}) then {2} else {0} end").format(
        text, sql.Literal(list(words)), sql.Literal(OPEN_DATE)
    )


def _scaled(text: sql.Composable, column: Column, unit: str) -> sql.Composable:
    """An amount of another unit as yuan, a rate as percent a year. What is no number stays and is judged as one."""
    factor = RATE_UNITS[unit] if column.type is ColumnType.PERCENT else MONEY_UNITS[unit]
    if factor == "1":
        return text
    plain = sql.SQL("replace(replace(normalize({}, NFKC), {}, '-'), ',', '')").format(
        text, sql.Literal("\u2212")
    )
    bare = sql.SQL("rtrim({}, '%‰')").format(plain) if column.type is ColumnType.PERCENT else plain
    value = sql.SQL(
        "trim_scale((case when strpos({0}, '-') > 0 then -1 else 1 end"
        " * translate({0}, '+-', '')::numeric) * {1}::numeric)::text"
    ).format(bare, sql.Literal(factor))
    odd = sql.SQL(
        "case when {0} ~ {1} and {0} ~ '[0-9]' and {0} !~ '^[+-].*-$' then {2} else {3} end"
    ).format(bare, sql.Literal(_NUMBER), value, text)
    if factor != "0.01" or column.type is ColumnType.PERCENT:
        return odd
    # Whole fen are the common form, and take no arithmetic.
    return sql.SQL(
        "case when {0} ~ '^-?[0-9]{{3,15}}$' then left({0}, -2) || '.' || right({0}, 2) else {1} end"
    ).format(text, odd)


def _signed(places: Places, text: sql.Composable, source: Source) -> sql.Composable:
    assert source.sign is not None
    return sql.SQL("case when {0} = any({1}) and {2} ~ '^[0-9.]' then '-' || {2} else {2} end").format(
        _part(places, source.sign.place), sql.Literal(list(source.sign.minus)), text
    )


def _skipped(places: Places, skips: Sequence[Skip]) -> sql.Composable | None:
    if not skips:
        return None
    return sql.SQL(" or ").join(_test(_part(places, skip.place), skip) for skip in skips)


def _test(part: sql.Composable, skip: Skip) -> sql.Composable:
    words = sql.Literal(list(skip.words))
    if skip.test is Test.IS:
        return sql.SQL("{} = any({})").format(part, words)
    if skip.test is Test.IS_NOT:
        return sql.SQL("{} <> all({})").format(part, words)
    one = {
        Test.STARTS: "starts_with({}, word)",
        Test.ENDS: "right({}, length(word)) = word",
        Test.CONTAINS: "strpos({}, word) > 0",
    }[skip.test]
    return sql.SQL("exists (select from unnest({}::text[]) word where {})").format(
        words, sql.SQL(one).format(part)
    )


def _operation(places: Places, operations: Operations) -> sql.Composable:
    part = _part(places, operations.place)
    return sql.SQL("case when {0} = any({1}) then 'U' when {0} = any({2}) then 'D' end").format(
        part, sql.Literal(list(operations.upsert)), sql.Literal(list(operations.delete))
    )
