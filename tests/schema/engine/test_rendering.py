"""What is known when a text is written stands in it; what a request gives, and what could mean something, is bound."""

import pytest
from sqlalchemy import Date, Integer, String, bindparam, literal, select

from schema.engine.given import Given, Parameters, Slot
from schema.engine.rendering import render


@pytest.mark.parametrize(
    ("value", "written"), [("走访", "'走访'::VARCHAR"), (50, "50::INTEGER"), (True, "true")]
)
def test_a_plain_constant_stands_in_the_text(value: object, written: str) -> None:
    statement = render(select(literal(value)), Parameters({}))
    assert written in statement.text
    assert statement.parameters({}, {}) == []


@pytest.mark.parametrize(
    "value", ["it's", "a\\b", "100%", "%(given_0)s", "line\nbreak", "nul\0", "half\ud800"]
)
def test_text_that_could_mean_something_stays_bound(value: str) -> None:
    statement = render(select(literal(value, String)), Parameters({}))
    assert value not in statement.text
    assert statement.parameters({}, {}) == [value]


def test_what_a_request_gives_is_bound_whatever_it_is() -> None:
    parameters = Parameters({"first": 10})
    given = Given(Slot(("first",)), parameters).bind(Integer())
    statement = render(select(given, bindparam("today", type_=Date)), parameters)
    assert statement.parameters({"first": 7}, {"today": "2026-11-26"}) == [7, "2026-11-26"]
