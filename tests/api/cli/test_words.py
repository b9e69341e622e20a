"""The command line's words: one catalogue a language, said by keys; and no Chinese sentence is left in the code."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from api.local import words
from api.local.words import CATALOGUES, t

ROOT = Path(__file__).parent.parent.parent.parent
LAYERS = ("api", "schema", "domain", "geo", "ml")
CHINESE = re.compile("[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
SAID = re.compile(r"""\bt\(\s*["']([a-z_0-9]+\.[a-z_0-9]+)["']""")
PUT_TOGETHER = re.compile(r'\bt\(\s*f"([a-z_0-9]+\.)\{')
CHOSEN = re.compile(r'\bt\(\s*"([a-z_.]+)" if [\w.]+ else "([a-z_.]+)"')

MAY_HOLD_CHINESE = {
    "api/county/": "names and places of the demonstration, made as a Chinese bank's files have them",
    "api/spa.py": "the page that stands where no page is built yet, in both languages at once",
    "api/cli/export.py": "signs that a spreadsheet takes for the beginning of a formula",
    "api/local/given.py": "the full stop that PostgreSQL ends a Chinese sentence with",
    "geo/first_plan/proposing.py": "names of the grids that are proposed, which the bank may change",
    "geo/map_imports/ground_ranks.py": "what maps call classes of rivers and roads",
    "geo/reading/columns.py": "what people call the columns of their maps, and datums in them",
    "domain/customers/addresses.py": "patterns that read Chinese addresses",
    "domain/customers/identity/": "patterns that read Chinese names, and codes of the household register",
    "schema/customers/masking.py": "patterns that cut Chinese addresses",
    "domain/feeds/adapters/": "units and signs of a bank's files, and the description that one begins with",
    "domain/feeds/currencies.py": "what banks call currencies in their files",
    "domain/feeds/marks.py": "spaces of all scripts, which are no text",
    "domain/feeds/reading.py": "ways of writing a day, and words for unknown, in the bank's files",
    "schema/customers/searching.py": "brackets that names are written with, in both widths",
    "domain/feeds/contracts/": "what the bank calls a feed in its contract; pages word its code",
    "domain/shared/sheets/cells.py": "signs that a spreadsheet takes for the beginning of a formula",
    "domain/shared/sheets/records.py": "what the examples and explanations of templates are called",
    "domain/shared/retention.py": "reasons that stand in the table of retention, by whoever answers for them",
    "ml/features/columns.py": "titles of features beside their names, for who reads a model; reasons are statements",
    "import_columns.py": "headings of sheets in both languages and in the words of banks, like permissions",
    "permissions.py": "a permission brings its words in both languages, so that a room does not edit another's file",
}
"""Where Chinese is data, or stands beside the English of the same thing; everything else is said by a key."""


def catalogue(name: str) -> dict[str, str]:
    read = json.loads((CATALOGUES / name).read_text("utf-8"))
    return {f"{room}.{key}": text for room, texts in read.items() for key, text in texts.items()}


def holes(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


ENGLISH, IN_CHINESE = catalogue("en.json"), catalogue("zh-CN.json")


def test_both_languages_say_the_same_with_the_same_values() -> None:
    assert ENGLISH.keys() == IN_CHINESE.keys()
    assert [key for key, text in ENGLISH.items() if CHINESE.search(text)] == []
    assert [key for key in ENGLISH if holes(ENGLISH[key]) != holes(IN_CHINESE[key])] == []


def test_every_word_is_said_and_what_is_said_has_words() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "api").rglob("*.py"))
    said = {*SAID.findall(sources), *(key for pair in CHOSEN.findall(sources) for key in pair)}
    begun = tuple(PUT_TOGETHER.findall(sources))
    assert said - ENGLISH.keys() == set()
    assert {key for key in ENGLISH.keys() - said if not key.startswith(begun)} == set()


@pytest.mark.parametrize(
    ("language", "said"), [("en_GB.UTF-8", "help"), ("zh_CN.UTF-8", "帮助"), ("C", "帮助")]
)
def test_the_terminal_tells_the_language(monkeypatch: pytest.MonkeyPatch, language: str, said: str) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", language)
    assert t("main.help") == said
    assert words.is_english() is (said == "help")


def _texts(path: Path) -> Iterator[str]:
    """Every text of a module but docstrings and descriptions of the contract, which have the bank's word as well."""
    tree = ast.parse(path.read_text("utf-8"))
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        if isinstance(node, ast.Call):
            described = [one.value for one in node.keywords if one.arg == "description"]
            if isinstance(node.func, ast.Name) and node.func.id in {
                "c1",
                "c2",
                "c3",
                "read",
                "write",
                "enum_of",
            }:
                described += node.args
            passed |= {id(inner) for one in described for inner in ast.walk(one)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield node.value


def test_no_sentence_is_chinese_outside_the_catalogues() -> None:
    found: dict[str, list[str]] = {}
    reasons: set[str] = set()
    for path in (path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")):
        chinese = [text for text in _texts(path) if CHINESE.search(text)]
        name = path.relative_to(ROOT).as_posix()
        reason = next((one for one in MAY_HOLD_CHINESE if name.startswith(one) or path.name == one), None)
        if chinese and reason is not None:
            reasons.add(reason)
        elif chinese:
            found[name] = chinese
    assert found == {}
    assert reasons == MAY_HOLD_CHINESE.keys(), "a reason that nothing needs any more"
