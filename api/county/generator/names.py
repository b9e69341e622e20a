"""Names of people and firms, and the ways in which clerks misspell them."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from api.county.generator.words import (
    BRANDS,
    COOPERATIVES,
    GIVEN_NAMES,
    INDUSTRIES,
    LOOKALIKES,
    RARE_SURNAMES,
    SURNAMES,
    TRADES,
)
from api.county.region import Region

Rng = np.random.Generator
FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789X"}


@cache
def _surname_table() -> tuple[list[str], list[float]]:
    """Surnames with their cumulative shares."""
    common = [name for name, _ in SURNAMES]
    shares = [share / 10_000 for _, share in SURNAMES]
    rest = (1.0 - sum(shares)) / len(RARE_SURNAMES)
    names = common + list(RARE_SURNAMES)
    cumulative = np.cumsum(shares + [rest] * len(RARE_SURNAMES))
    cumulative[-1] = 1.0
    return names, [float(c) for c in cumulative]


@cache
def clan_surnames(village_code: str) -> tuple[str, str, str]:
    """The three families a village is named for; they hold about half of its people."""
    names, cumulative = _surname_table()
    rng = np.random.default_rng([20_250_101, int(village_code[-9:] or "0")])
    picks = np.searchsorted(cumulative, rng.random(3))
    return names[picks[0]], names[picks[1]], names[picks[2]]


def surnames(rng: Rng, village_codes: Sequence[str]) -> list[str]:
    """A surname for each place: a clan of the village for half of the people, anybody's for the rest."""
    names, cumulative = _surname_table()
    anybody = np.searchsorted(cumulative, rng.random(len(village_codes))).tolist()
    clan = np.searchsorted([0.28, 0.43, 0.52], rng.random(len(village_codes))).tolist()
    return [
        clan_surnames(code)[which] if which < 3 else names[any_one]
        for code, which, any_one in zip(village_codes, clan, anybody, strict=True)
    ]


def given_names(rng: Rng, birth_years: Sequence[int], is_male: Sequence[bool]) -> list[str]:
    """One or two characters in the fashion of the year of birth."""
    draws = rng.random((len(birth_years), 3)).tolist()
    made = []
    for year, male, (first, second, third) in zip(birth_years, is_male, draws, strict=True):
        fashion = next(row for row in reversed(GIVEN_NAMES) if row[0] <= year)
        pool = fashion[1] if male else fashion[2]
        one = pool[int(first * len(pool))]
        two = pool[int(second * len(pool))]
        made.append(one if third < 0.14 or one == two else one + two)
    return made


def misspell(name: str, draw: float) -> str:
    """The name as a clerk heard or read it: one character of the given name taken for a lookalike."""
    places = [i for i in range(1, len(name)) if name[i] in LOOKALIKES]
    if not places:
        return space_out(name, draw)
    place = places[int(draw * len(places))]
    return name[:place] + LOOKALIKES[name[place]] + name[place + 1 :]


def space_out(name: str, draw: float) -> str:
    """The name with the spaces that old forms put into it."""
    if draw < 0.5:
        return "\u3000".join(name) if len(name) == 2 else name + " "
    return name[0] + " " + name[1:]


def full_width(text: str) -> str:
    """Digits as an input method in full-width mode writes them."""
    return text.translate(FULL_WIDTH)


@cache
def _cumulative(table: tuple[tuple[tuple[str, ...], str, str, int], ...]) -> list[float]:
    shares = np.array([row[3] for row in table], dtype=float)
    return [float(c) for c in np.cumsum(shares) / shares.sum()]


def shop(rng: Rng, region: Region, town: str, owner: str) -> tuple[str, str, str]:
    """(name, industry, merchant category) of a sole trader."""
    draws = rng.random(4)
    words, industry, category, _ = TRADES[int(np.searchsorted(_cumulative(TRADES), draws[0]))]
    word = words[int(draws[1] * len(words))]
    if draws[2] < 0.35:
        brand = owner
    elif draws[2] < 0.6:
        brand = owner[1:] * 2 if len(owner) == 2 else owner[1:]
    elif draws[2] < 0.7:
        brand = "老" + owner[0]
    else:
        brand = _brand(draws[3])
    return f"{region.county}{town}{brand}{word}", industry, category


def firm(rng: Rng, region: Region, town: str) -> tuple[str, str, str, bool]:
    """(name, industry, merchant category, is a cooperative) of an enterprise."""
    draws = rng.random(4)
    if draws[0] < 0.12:
        words, industry, category = COOPERATIVES
        word = words[int(draws[1] * len(words))]
        return f"{region.county}{town}{_brand(draws[2])}{word}专业合作社", industry, category, True
    kinds, industry, category, _ = INDUSTRIES[int(np.searchsorted(_cumulative(INDUSTRIES), rng.random()))]
    word = kinds[int(draws[1] * len(kinds))]
    area = region.of_firms[int(draws[3] * 5)]
    return f"{area}{_brand(draws[2])}{word}有限公司", industry, category, False


def renamed(name: str, region: Region, draw: float) -> str:
    """The name a firm took later: another brand before the same trade, or another form of company."""
    if draw < 0.3 and name.endswith("有限公司"):
        return name.replace("有限公司", "股份有限公司")
    for area in sorted(region.of_firms, key=len, reverse=True):
        if name.startswith(area):
            return area + _brand(draw) + name[len(area) + 2 :]
    return _brand(draw) + name[2:]


def _brand(draw: float) -> str:
    size = len(BRANDS)
    first = int(draw * size * size) // size
    second = int(draw * size * size) % size
    return BRANDS[first] + BRANDS[second if second != first else (second + 1) % size]
