"""Kinds of imports in a reader's language."""

from domain.shared.imports.kinds import ImportKind as Declared
from domain.shared.sheets.columns import Words
from schema.imports.types import ImportColumn, ImportKind
from schema.words.wording import Language


def kind_in(language: Language, kind: Declared) -> ImportKind:
    def said(words: Words) -> str:
        return words.english if language is Language.ENGLISH else words.chinese

    return ImportKind(
        name=kind.name,
        title=said(kind.title),
        columns=[
            ImportColumn(
                name=one.key,
                heading=said(one.heading),
                told=said(one.told),
                example=one.example,
                is_needed=one.is_needed,
            )
            for one in kind.columns
        ],
        is_map=kind.is_map,
    )
