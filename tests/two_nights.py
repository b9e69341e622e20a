"""A small demonstration county after two nights with a past of visits between them, always the same."""

from datetime import timedelta
from pathlib import Path

import psycopg

from api.county.generator import write_feeds
from api.county.past_visits import load_past_visits
from api.night.inline import run_night_inline
from domain.shared.night import silent
from tests.conftest import COUNTY_AS_OF

AS_OF = COUNTY_AS_OF
CUSTOMERS = 2_000
SEED = 7


def make_county(database_url: str, landing: Path) -> None:
    """Two nights of an empty county in this process. What the browser sees is what files, rules and models gave."""
    truth = landing.with_name(landing.name + "_truth")
    landing.mkdir(parents=True, exist_ok=True)
    truth.mkdir(exist_ok=True)
    write_feeds(landing, truth, customers=CUSTOMERS, seed=SEED, as_of=AS_OF, report=silent)
    run_night_inline(database_url, landing, AS_OF - timedelta(days=1))
    with psycopg.connect(database_url) as connection:
        load_past_visits(connection, AS_OF, silent)
    run_night_inline(database_url, landing, AS_OF)
