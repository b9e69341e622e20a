"""后继代码 as a kind of import: which code follows one that was abolished, and from which day.

The yearly lists of villages abolish codes that a bank's systems go on sending for years. Where ground says it already
(an atom that ended, `atoms.successor_code`) a list says it better; of codes that the bank never had, it alone does.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from domain.grids.import_columns import SUCCESSORS_COLUMNS, SUCCESSORS_TITLE
from domain.shared.imports import problems, values
from domain.shared.imports.keeping import as_json
from domain.shared.imports.kinds import Act, Change, ImportKind, Key, Present, Say, Values
from domain.shared.rows import Rows
from domain.shared.sheets.records import Place, Problem
from domain.shared.statements import Statement

LED_ANEW = "codes_led_anew"
"""The setting that names the codes of which the next night looks at all customers again."""


def _read(texts: Mapping[str, str], _known: object, say: Say) -> Values:
    found: Values = {
        "old_code": values.needed(texts.get("old_code", ""), "old_code", 40, say),
        "new_code": values.needed(texts.get("new_code", ""), "new_code", 40, say),
    }
    if "from_on" in texts:
        found["from_on"] = values.day(texts["from_on"], "from_on", say)
    if found["old_code"] and found["old_code"] == found["new_code"]:
        say("new_code", problems.IN_A_CIRCLE(way=f"{found['old_code']} → {found['new_code']}"))
    return found


def _present(rows: Rows, _day: date) -> Present:
    found = rows.execute("select old_code, new_code, from_on from code_successors")
    return {(old,): {"new_code": new, "from_on": day.isoformat()} for old, new, day in found}


_KNOWN = """
select code from atoms where to_on is null union select village_code from atoms where to_on is null
"""


def _check(
    rows: Rows, changes: Sequence[Change], present: Present, day: date
) -> Sequence[tuple[Change, Problem]]:
    in_force = {code for (code,) in rows.execute(_KNOWN)}
    after = {key[0]: str(found["new_code"]) for key, found in present.items()}
    for change in changes:
        if change.act is Act.ENDED:
            after.pop(change.key[0], None)
        else:
            after[change.key[0]] = str(change.after["new_code"])
    wrong = []
    for change in changes:
        if change.act is not Act.ENDED and (said := _wrong(change, after, in_force, day)):
            wrong.append((change, Problem(change.place or Place("", 0), said)))
    return wrong


def _wrong(change: Change, after: Mapping[str, str], in_force: set[str], day: date) -> Statement | None:
    (old,) = change.key
    if old in in_force and change.after["from_on"] <= day.isoformat():
        return problems.STILL_IN_FORCE(given=old)
    way = list(way_of(old, after))
    if way[-1] in way[:-1]:
        return problems.IN_A_CIRCLE(way=" → ".join(way))
    if way[-1] not in in_force:
        return problems.NOT_KNOWN(given=way[-1])
    return None


def way_of(code: str, successors: Mapping[str, str]) -> Iterator[str]:
    """The codes through which one leads, itself first, up to the last or the first that comes again."""
    seen: set[str] = set()
    yield code
    while code not in seen and code in successors:
        seen.add(code)
        code = successors[code]
        yield code


_PUT = """
insert into code_successors (old_code, new_code, from_on)
select old_code, new_code, from_on
  from jsonb_to_recordset(cast(%(rows)s as jsonb)) as g (old_code text, new_code text, from_on date)
    on conflict (old_code) do update set new_code = excluded.new_code, from_on = excluded.from_on
"""
_DROP = "delete from code_successors where old_code = any(%(codes)s)"
_LOOK_AGAIN = f"""
insert into settings (name, value) values ('{LED_ANEW}', cast(%(codes)s as jsonb))
    on conflict (name) do update set value = settings.value || excluded.value
"""  # noqa: S608


def _make(rows: Rows, wanted: Sequence[tuple[str, Values | None]]) -> None:
    """Each code with its successor, or without one any more."""
    put = [{"old_code": code, **found} for code, found in wanted if found is not None]
    rows.execute(_DROP, {"codes": [code for code, found in wanted if found is None]})
    rows.execute(_PUT, {"rows": as_json(put)})
    rows.execute(_LOOK_AGAIN, {"codes": as_json([code for code, _ in wanted])})


def _write(rows: Rows, changes: Sequence[Change], _day: date) -> None:
    _make(rows, [(one.key[0], None if one.act is Act.ENDED else one.after) for one in changes])


def _take_back(rows: Rows, changes: Sequence[Change], _day: date) -> None:
    _make(rows, [(one.key[0], one.before) for one in changes])


def _ids(_rows: Rows, _keys: Sequence[Key]) -> dict[Key, int]:
    """Nothing refers to a code that is gone."""
    return {}


SUCCESSORS_KIND = ImportKind(
    "successors",
    SUCCESSORS_TITLE,
    SUCCESSORS_COLUMNS,
    ("old_code",),
    "code_successors",
    known=lambda _rows, _day: None,
    read=_read,
    present=_present,
    write=_write,
    take_back=_take_back,
    ids=_ids,
    check=_check,
    since="from_on",
    dated=("new_code",),
)
