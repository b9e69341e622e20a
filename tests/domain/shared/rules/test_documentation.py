"""docs/rules.md: its examples are rules, and its list is the language's."""

import json
import re
from pathlib import Path

import pytest

from domain.customers.fields import CUSTOMER
from domain.shared.parameters import defaults_of
from domain.shared.rules.fields import Operator
from schema.parameters.declared import PARAMETERS
from schema.rules.language import LANGUAGE

TEXT = (Path(__file__).parents[4] / "docs" / "rules.md").read_text()
EXAMPLES = re.findall(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_a_rule(example: str) -> None:
    LANGUAGE.read(json.loads(example), CUSTOMER, parameters=defaults_of(PARAMETERS))


def test_every_field_and_operator_is_listed_with_a_chinese_word() -> None:
    assert len(EXAMPLES) >= 5
    listed: set[str] = set()
    for row in re.findall(r"^\| (`.*)$", TEXT, flags=re.MULTILINE):
        first, second = row.split("|")[:2]
        names = re.findall(r"`(\w+)`", first)
        if len(row.split("|")) == 5:
            assert len(re.split("、", second)) in (1, len(names)), row
            assert re.search(r"[\u3400-\u9fff]", second), row
        listed |= set(names)
    assert {name for _, name in LANGUAGE.fields} | {one.value for one in Operator} <= listed


def test_the_fields_with_a_past_are_named() -> None:
    (section,) = re.findall(r"\*\*A past day\*\*.*?\n\n", TEXT, flags=re.DOTALL)
    kept = {name for (subject, name), one in LANGUAGE.fields.items() if subject == "customer" and one.past}
    assert set(re.findall(r"`(\w+)`", section)) == kept
