"""The pages that `./yunge bench reads` asks for: those that there are, however small the county is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.shared.calendar import bank_day
from schema.view import values_of, view_of
from tests.bench.counties import customers_of
from tests.bench.reading import growth
from tests.bench.reading.documents import LIST, WIDE
from tests.bench.reading.in_process import Reader, compiled
from tests.schema.conftest import Ask


@pytest.mark.parametrize(("text", "pages"), [(LIST, 2), (WIDE, 1)], ids=["of 50", "of 500"])
async def test_an_outlet_with_few_customers_has_few_pages(ask: Ask, text: str, pages: int) -> None:
    """150 of them: two full pages of fifty with more to come, and none of five hundred, so the first one is asked."""
    actor = ask.bank.actor("outlet_a")
    values = values_of(actor, bank_day(datetime.now(UTC)))
    unguarded = replace(ask.contract.compiler, guard=lambda _view: None, views=())
    async with ask.pool.acquire() as connection:
        reader = Reader(connection, compiled(text, unguarded), view_of(actor), values)
        found = await reader.full_pages()
    assert len(found) == pages
    assert found[0] == {"after": None}


def test_growth_is_measured_from_a_hundred_thousand_to_more(capsys: pytest.CaptureFixture[str]) -> None:
    url = "postgresql://nobody@127.0.0.1:9/county_60000"
    assert customers_of(url) == 60_000
    assert growth.figures(url, 1, 0.1) == []
    assert "Growth is left out" in capsys.readouterr().out
