"""English is English everywhere: what is Chinese on a page in English is data of the bank, and nothing else."""

import re
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import expect

from .people import Person
from .product import Product

pytestmark = pytest.mark.browser

CHINESE = re.compile("[\u3400-\u9fff]+")
NAMES = """
select name from customers union all select address from customers union all select name from org_units
union all select name from staff union all select name from grids union all select name from atoms
union all select note from visits union all select values::text from disagreements
union all select kept from disagreements union all select product from deposits union all select product from loans"""
OTHER_LANGUAGE = "中文"
SHOWN = """() => [document.title, document.body.innerText,
  ...[...document.querySelectorAll('[placeholder]')].map((one) => one.placeholder),
  ...[...document.querySelectorAll('[aria-label]')].map((one) => one.ariaLabel)].join('\\n')"""


def _chinese(person: Person, names: str) -> set[str]:
    """Runs of Chinese that are to be seen or read out, and stand in no name, address or note of the bank."""
    expect(person.page.locator(".waiting")).to_have_count(0)
    shown: str = person.page.evaluate(SHOWN)
    return {run for run in CHINESE.findall(shown) if run not in names} - {OTHER_LANGUAGE}


def _in_english(person: Person) -> Person:
    person.page.evaluate("localStorage.setItem('yunge.language', 'en')")
    return person


@pytest.fixture(scope="module")
def names(product: Product) -> str:
    with psycopg.connect(product.database_url) as database:
        return "\n".join(row[0] for row in database.execute(NAMES) if row[0])


def test_desk_and_phone_are_english_but_for_names(
    visit: Callable[..., Person], product: Product, names: str
) -> None:
    with psycopg.connect(product.database_url) as database:
        (shop,) = database.execute(
            "select 'Customer:' || id from customers where kind = 'SOLE_TRADER' and loan_fen > 0 order by id limit 1"
        ).fetchone() or ("",)
        (grid,) = database.execute(
            "select 'Grid:' || id from grids where level = 'SMALL' order by id limit 1"
        ).fetchone() or ("",)
    found: dict[str, set[str]] = {}
    head = _in_english(visit("head"))
    pages = {
        "/": "Funnel",
        f"/map?grid={grid}": "Legend",
        "/customers": "Industry",
        f"/customers/{shop}": "Relations",
        "/nights": "Runs",
        "/models": "Baseline AUC",
        "/parameters": "All parameters",
    }
    for path, word in pages.items():
        head.open(path)
        expect(head.page.get_by_text(word).or_(head.page.get_by_label(word)).first).to_be_visible()
        found[path] = _chinese(head, names)
        head.picture(f"english-desk-{re.sub(r'[^a-z]', '', path.partition('?')[0]) or 'dashboard'}")
    manager = _in_english(visit("manager1", phone=True))
    manager.open("/")
    expect(manager.page.get_by_text("Today's walk").first).to_be_visible()
    found["phone"] = _chinese(manager, names)
    manager.picture("english-phone-today")
    assert {page: words for page, words in found.items() if words} == {}
