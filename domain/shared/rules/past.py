"""Rules about a past day: asked of facts that are kept with their days, and of nothing else."""

from dataclasses import replace

from sqlalchemy import Integer, Table, literal_column

from domain.shared.rules.fields import Beside, Day, Field, Row
from domain.shared.rules.language import Language


def facts_of_the_day(table: Table, key: str) -> Beside:
    """Facts with `from_on` and `to_on` as they stood on the morning after the data date, which the night prepares."""

    def rows(day: Day) -> Row:
        fact = table.alias()
        morning = day + literal_column("1", Integer)
        kept = fact.select().where(fact.c.from_on <= morning, morning < fact.c.to_on)
        return kept.subquery(f"{table.name}_then")

    return Beside(f"{table.name}_then", key, rows)


def of_a_past_day(language: Language) -> Language:
    """The fields whose past is kept, read from there. The others are unknown in it: today's value would be a lie."""
    return Language(_then(one) for one in language.fields.values() if one.past is not None)


def _then(asked: Field) -> Field:
    if asked.past is None or asked.past == asked.beside:
        # What is kept by days anyhow is read where it always is.
        return replace(asked, past=None)
    return replace(
        asked,
        beside=asked.past,
        past=None,
        source=f"{asked.past.name.removesuffix('_then')}.{asked.source.split('.')[-1]}",
        kept_from=None,
        known_on=None,
    )
