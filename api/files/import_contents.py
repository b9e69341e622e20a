"""What stands in the workbooks of imports: templates with what is there now, and what a dry run found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from api.local.words import t_in
from domain.shared.imports.borders import LENGTH, differing, said_of_border
from domain.shared.imports.errors import ImportNotFound
from domain.shared.imports.keeping import from_json
from domain.shared.imports.kinds import ImportKind, kind_named
from domain.shared.rows import Rows
from domain.shared.sheets.columns import Column, Words
from domain.shared.sheets.plain_workbooks import PlainSheet
from domain.shared.sheets.templates import TemplateWords, write_template
from domain.shared.statements import Statement, statement_of
from schema.words.wording import Language, word

HIDDEN = "****"


@dataclass(frozen=True)
class Template:
    """All that its workbook needs, in plain values, so that another process can write it."""

    title: str
    columns: Sequence[Column]
    words: TemplateWords
    rows: Sequence[Mapping[str, str]]
    is_english: bool

    def write(self, path: Path) -> int:
        """Gives how many rows it holds."""
        return write_template(
            path, self.title, self.columns, self.words, self.rows, is_english=self.is_english
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> Self:
        columns = [
            Column(
                **{
                    **one,
                    "heading": Words(**one["heading"]),
                    "told": Words(**one["told"]),
                    "also": tuple(one["also"]),
                }
            )
            for one in kept["columns"]
        ]
        words = TemplateWords(**{**kept["words"], "notes": tuple(kept["words"]["notes"])})
        return cls(kept["title"], columns, words, kept["rows"], kept["is_english"])


def template_of(
    rows: Rows, kind: ImportKind, day: date, *, is_english: bool, hidden: frozenset[str] = frozenset()
) -> Template:
    """What is there on a day. Columns that the reader does not see are left out: a list that has not got a column
    leaves what it says as it is."""
    listed = (kind.listed or kind.present)(rows, day)
    return Template(
        _in(kind.title, is_english=is_english),
        [one for one in kind.columns if one.key not in hidden],
        _template_words(english=is_english),
        [
            {
                name: _text(value)
                for name, value in {**dict(zip(kind.key, key, strict=True)), **values}.items()
                if name not in hidden
            }
            for key, values in sorted(listed.items())
        ],
        is_english,
    )


def _template_words(*, english: bool) -> TemplateWords:
    names = ("explanations", "column", "needed", "how", "example", "yes", "no", "example_mark")
    words = {name: t_in(english, f"imports.t_{name}") for name in names}
    notes = (t_in(english, "imports.t_note_order"), t_in(english, "imports.t_note_whole"))
    return TemplateWords(**words, notes=notes)


_IMPORT = """
select kind, file_name, from_on, new_rows, changed_rows, ended_rows, same_rows, refused_rows, state, notes, refusal
  from imports where id = %(id)s
"""
_CHANGES = """
select act, key, before, after, sheet, row from import_changes where import_id = %(id)s order by position
"""
_PROBLEMS = """
select sheet, row, sheet_column, heading, said from import_problems where import_id = %(id)s order by position
"""


def found_by(
    rows: Rows,
    kinds: Sequence[ImportKind],
    import_id: int,
    *,
    is_english: bool,
    hidden: frozenset[str] = frozenset(),
) -> list[PlainSheet]:
    """A summary, every change field by field, and every problem with its place. Raises `ImportNotFound`."""
    found = rows.execute(_IMPORT, {"id": import_id}) if 0 < import_id < 2**63 else []
    if not found:
        raise ImportNotFound
    head = found[0]
    titles = _titles(kinds, str(head[0]), is_english=is_english)
    changes = rows.execute(_CHANGES, {"id": import_id})
    problems = rows.execute(_PROBLEMS, {"id": import_id})

    def sheet(name: str, heading: str, lines: Iterable[Sequence[str]]) -> PlainSheet:
        words = [t_in(is_english, f"imports.{one}") for one in heading.split()]
        return PlainSheet(t_in(is_english, f"imports.f_{name}"), words, list(lines))

    return [
        sheet("summary", "f_what f_value", _summary(head, english=is_english)),
        sheet(
            "changes",
            "act what f_field f_before f_after f_sheet f_row",
            _changes(changes, titles, hidden, english=is_english),
        ),
        sheet("problems", "f_sheet f_row f_column heading problem", _problems(problems, english=is_english)),
    ]


def _summary(head: Sequence[Any], *, english: bool) -> list[tuple[str, str]]:
    kind, file_name, from_on, new, changed, ended, same, refused, state, notes, refusal = head
    counts = t_in(
        english, "imports.counts", new=new, changed=changed, ended=ended, same=same, refused=refused
    )
    said = [*(from_json(notes) or ()), *([from_json(refusal)] if refusal else [])]
    return [
        (t_in(english, "imports.which"), kind),
        (t_in(english, "imports.f_file"), file_name),
        (t_in(english, "imports.day"), from_on.isoformat()),
        (t_in(english, "imports.state"), t_in(english, f"imports.state_{state}")),
        (t_in(english, "imports.becomes"), counts),
        *((t_in(english, "imports.f_note"), _said(one, english=english)) for one in said),
    ]


def _titles(kinds: Sequence[ImportKind], name: str, *, is_english: bool) -> dict[str, str]:
    """What the columns of a kind are called; those of one that is no longer known keep their keys."""
    kind = kind_named(kinds, name)
    columns = () if kind is None else kind.columns
    return {one.key: _in(one.heading, is_english=is_english) for one in columns}


def _changes(
    changes: Iterable[Sequence[Any]], titles: dict[str, str], hidden: frozenset[str], *, english: bool
) -> Iterable[tuple[str, ...]]:
    """One line a field that becomes another."""
    for act, key, before, after, sheet, row in changes:
        place = (sheet or "", "" if row is None else str(row))
        was, becomes = from_json(before), from_json(after)
        about = (t_in(english, f"imports.act_{act}"), " ".join(key))
        for name, *pair in differing(was, becomes):
            shown = [HIDDEN if name in hidden and one is not None else _text(one) for one in pair]
            yield (*about, titles.get(name, name), *shown, *place)
        border = said_of_border(was, becomes)
        if border is not None:
            what = t_in(english, "imports.layer" if LENGTH in becomes else "imports.border")
            yield (*about, what, "", _worded(border, english=english), *place)


def _problems(problems: Iterable[Sequence[Any]], *, english: bool) -> Iterable[tuple[str, ...]]:
    for sheet, row, column, heading, said in problems:
        yield (sheet, str(row) if row else "", column, heading, _said(from_json(said), english=english))


def _said(kept: Mapping[str, Any], *, english: bool) -> str:
    said = statement_of(kept)
    return "" if said is None else _worded(said, english=english)


def _worded(said: Statement, *, english: bool) -> str:
    return word(said, Language.ENGLISH if english else Language.CHINESE)


def _in(words: Words, *, is_english: bool) -> str:
    return words.english if is_english else words.chinese


def _text(value: Any) -> str:
    return "" if value is None else str(value)
