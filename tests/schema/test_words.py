"""Words: every code that can be said has them in both languages, with the values it has and no others."""

import json
import pkgutil
import re
from datetime import date
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

import api.app
import api.night
import domain
import geo
import ml
from api.night.steps import STEPS
from domain.feeds.states import BatchState
from domain.products.holdings import HELD
from domain.shared.errors import DomainError
from domain.shared.nights import NightState, NightStepState
from domain.shared.rules.errors import RuleRefused
from domain.shared.sheets.errors import SheetRefused
from domain.shared.statements import DATE, DECLARED, FEN, NUMBER, TEXT, Declared, declare, statement_of
from domain.tasks.cadence import DueReason
from domain.tasks.errors import NoteTooLong
from geo.map_imports.said import MapRefused
from schema.customers.inputs import CustomerKind
from schema.engine.errors import COMPLAINTS
from schema.grids.types import GridLevel, PostRole
from schema.products.types import CustomerTier
from schema.refusals import AsRefusal
from schema.tasks.types import VisitNotRecorded, VisitOutcome
from schema.words.wording import Language, catalogue, language_of, word

CASES = json.loads((Path(__file__).parent / "said.json").read_text("utf-8"))
CHINESE = re.compile("[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
PLURAL_AFTER_HOLE = re.compile(
    r"\{(\w+)\} (?:[a-z]+ )?(?!is\b|was\b|has\b|as\b|does\b|basis\b|this\b)[a-z-]+s\b"
)
HOLES = re.compile(r"\{(\w+)")

for package in (domain, geo, ml, api.night):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        import_module(module.name)


def holes(template: str) -> set[str]:
    return set(HOLES.findall(template))


@pytest.mark.parametrize("language", Language)
def test_every_statement_has_words_and_every_word_a_statement(language: Language) -> None:
    words = catalogue(language)["statements"] | catalogue(language)["files"] | catalogue(language)["opening"]
    assert words.keys() == DECLARED.keys()
    for code, template in words.items():
        assert holes(template) <= DECLARED[code].kinds.keys(), code


def test_both_languages_tell_the_same_values_and_codes() -> None:
    chinese, english = catalogue(Language.CHINESE), catalogue(Language.ENGLISH)
    for section in ("statements", "files", "halts", "refusals", "requests", "opening"):
        assert chinese[section].keys() == english[section].keys()
    assert {n: set(codes) for n, codes in chinese["values"].items()} == {
        n: set(codes) for n, codes in english["values"].items()
    }


def test_english_is_english() -> None:
    assert CHINESE.findall(json.dumps(catalogue(Language.ENGLISH), ensure_ascii=False)) == []


def test_every_english_count_has_both_forms() -> None:
    """`1 customers` is no English: a plural right after a hole stands in the two forms of `{n|one|others}`."""
    english = catalogue(Language.ENGLISH)
    for section in ("statements", "files", "halts", "refusals", "requests", "opening", "span"):
        for code, template in english[section].items():
            told = PLURAL_AFTER_HOLE.findall(template)
            kinds = DECLARED[code].kinds if code in DECLARED else {}
            assert [name for name in told if kinds.get(name, NUMBER) is NUMBER] == [], code


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["said"]["code"])
@pytest.mark.parametrize("language", Language)
def test_a_statement_in_words(case: dict, language: Language) -> None:
    said = statement_of(case["said"])
    assert said is not None
    assert word(said, language) == case[language]
    assert json.loads(json.dumps(said.as_json())) == case["said"]


def test_values_that_do_not_fit_are_no_statement() -> None:
    said = Declared("SAID", {"days": NUMBER, "tier": TEXT, "loan_fen": FEN, "ends_on": DATE})
    fits = {"days": 1, "tier": "KEY", "loan_fen": 5, "ends_on": date(2026, 1, 2)}
    assert said(**fits).values == fits
    for name, wrong in {"days": "1", "tier": 1, "loan_fen": 1.5, "ends_on": "2026-01-02"}.items():
        with pytest.raises(TypeError, match=name):
            said(**{**fits, name: wrong})
    with pytest.raises(TypeError, match="takes"):
        said(days=1)


def test_a_name_tells_its_kind() -> None:
    for name, kind in {"loan": FEN, "loan_fen": NUMBER, "ends_on": TEXT, "ends": DATE}.items():
        with pytest.raises(TypeError, match=name):
            declare("NEVER_DECLARED", **{name: kind})


def test_what_a_step_does_has_words() -> None:
    root = Path(__file__).parent.parent.parent
    sources = "".join(
        path.read_text("utf-8") for room in ("domain", "geo", "ml") for path in (root / room).rglob("*.py")
    )
    said = set(re.findall(r'doing="(\w+)"', sources)) | {table.upper() for table in HELD}
    assert said == catalogue(Language.ENGLISH)["values"]["doing"].keys()


@pytest.mark.parametrize("language", Language)
def test_every_step_of_the_night_has_a_name(language: Language) -> None:
    assert catalogue(language)["values"]["step"].keys() == {step.name for step in STEPS}


@pytest.mark.parametrize(
    ("table", "column", "names"),
    [
        ("batches", "state", BatchState),
        ("night_runs", "state", NightState),
        ("night_steps", "state", NightStepState),
        ("due_visits", "reason", DueReason),
        ("walk_stops", "reason", DueReason),
        ("visits", "outcome", VisitOutcome),
        ("customers", "kind", CustomerKind),
        ("customers", "tier", CustomerTier),
        ("grids", "level", GridLevel),
        ("posts", "role", PostRole),
    ],
)
def test_a_closed_set_is_what_its_table_lets_in(table: str, column: str, names: type[Enum]) -> None:
    """A row can have no name that the contract lacks, and none waits there for rows that never come."""
    (check,) = (
        str(one.sqltext)
        for one in SQLModel.metadata.tables[table].constraints
        if isinstance(one, CheckConstraint) and str(one.sqltext).startswith(f"{column} in (")
    )
    let_in = set(re.findall(r"'(\w+)'", check))
    assert let_in == {one.value for one in names}


def refusals() -> list[type[DomainError]]:
    """Every refusal of the modules that are loaded; those of tests are their own."""
    found, waiting = [], [DomainError]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.split(".")[0] in {"domain", "geo", "ml", "api"}:
                found.append(kind)
    return [kind for kind in found if kind.code not in WORDED_WHERE_RAISED]


WORDED_WHERE_RAISED = {"PARAMETER_NOT_VALID", MapRefused.code, RuleRefused.code, SheetRefused.code}
"""The first two say by a statement what is wrong; the others are only what other refusals are made of."""


@pytest.mark.parametrize("language", Language)
def test_every_refusal_has_words_and_every_word_a_refusal(language: Language) -> None:
    halts, others = catalogue(language)["halts"], catalogue(language)["refusals"]
    assert halts.keys().isdisjoint(others)
    words = halts | others
    assert words.keys() == {kind.code for kind in refusals()}
    assert words.keys() & catalogue(language)["statements"].keys() == set()
    for kind in refusals():
        assert holes(words[kind.code]) <= kind.takes.keys(), kind


@pytest.mark.parametrize("language", Language)
def test_whatever_is_wrong_with_a_request_has_words(language: Language) -> None:
    words = catalogue(language)["requests"]
    assert words.keys() == COMPLAINTS.keys()
    assert words.keys().isdisjoint([*catalogue(language)["statements"], *catalogue(language)["refusals"]])
    for sentence, template in words.items():
        assert holes(template) <= COMPLAINTS[sentence].takes, sentence


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, Language.CHINESE),
        ("en", Language.ENGLISH),
        ("en-GB,en;q=0.9,zh;q=0.8", Language.ENGLISH),
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.CHINESE),
        ("fr, en;q=0.2", Language.ENGLISH),
        ("*;q=x,,;", Language.CHINESE),
    ],
)
def test_a_refusal_comes_in_the_language_that_is_asked_for(accepted: str | None, language: Language) -> None:
    context = SimpleNamespace(language=language_of(accepted))
    refusal = NoteTooLong(30)
    answer = AsRefusal(VisitNotRecorded).handle(refusal, field=None, info=SimpleNamespace(context=context))
    assert answer.code == "NOTE_TOO_LONG"
    assert answer.message == word(refusal.statement, language)
    assert "30" in answer.message
    assert bool(CHINESE.search(answer.message)) == (language is Language.CHINESE)
