"""Sole traders, enterprises and other organisations: names, codes, who runs them, where they are."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from api.county.generator import names, numbering
from api.county.generator.block import Block
from api.county.generator.dirt import RATES
from api.county.generator.families import Flags, People
from api.county.generator.places import Floats, Ints, pick
from api.county.generator.strange_names import Strange
from api.county.generator.words import ORGANISATIONS

# Serial numbers of a block above those of its people.
_FIRM_SERIALS = 1100
_STRANGER_SERIALS = 2200


@dataclass
class Firms:
    """Parties that are not people. `person` is the operator's or representative's place among the people, or -1."""

    kind: list[str]
    name: list[str]
    old_name: list[str | None]
    uscc: list[str]
    industry: list[str]
    category: list[str]
    person: Ints
    head_name: list[str]
    head_id: list[str]
    head_phone: list[str]
    phone: list[str]
    new_operator: list[tuple[str, str, str] | None]
    atom: Ints
    lon: Floats
    lat: Floats
    house: Ints
    is_second_trade: Flags
    founded_years: Floats = field(default_factory=lambda: np.zeros(0))

    @property
    def size(self) -> int:
        return len(self.kind)

    def dirt(self, f: int) -> list[str]:
        """The kinds that are a firm's own, on whichever row it stands."""
        kinds = []
        if self.old_name[f] is not None:
            kinds.append("renamed_firm")
        if self.kind[f] == "S" and self.phone[f] == self.head_phone[f]:
            kinds.append("operators_phone_on_shop")
        if self.is_second_trade[f]:
            kinds.append("second_trade")
        return kinds


def make_firms(block: Block, people: People) -> Firms:
    """All parties of a block that are not people."""
    rng = block.rng(2)
    kinds = (
        ["S"] * block.of_kind("sole_traders")
        + ["E"] * block.of_kind("enterprises")
        + ["O"] * block.of_kind("organisations")
    )
    size = len(kinds)
    kind = np.array(kinds)
    person = _heads(rng, people, kind)
    is_second_trade = _second_trades(block, kind, person)
    atom = pick(rng, block.ground.trading, size)
    at_home = (kind == "S") & (person >= 0) & (rng.random(size) < 0.45)
    atom = np.where(at_home, people.atom[np.maximum(person, 0)], atom)
    lon, lat = block.ground.points(rng, atom)
    firms = Firms(
        kind=kinds,
        name=[],
        old_name=[],
        uscc=[],
        industry=[],
        category=[],
        person=person,
        head_name=[],
        head_id=[],
        head_phone=[],
        phone=[],
        new_operator=[],
        atom=atom,
        lon=lon,
        lat=lat,
        house=rng.integers(1, 400, size),
        is_second_trade=is_second_trade,
        founded_years=np.minimum(rng.gamma(1.6, 4.0, size), 32.0),
    )
    for i in range(size):
        _fill(rng, block, people, firms, i)
    return firms


def _heads(rng: np.random.Generator, people: People, kind: np.ndarray) -> Ints:
    """Most shops are run by somebody the bank knows, nobody from abroad. Who runs two is said afterwards."""
    fit = np.flatnonzero((people.age >= 23) & (people.age <= 66) & ~people.is_dead)
    chosen = rng.permutation(fit)[: kind.size]
    person = np.full(kind.size, -1, dtype=np.int64)
    person[: chosen.size] = chosen
    share = np.select([kind == "S", kind == "E"], [0.85, 0.55], 0.0)
    person = np.where(rng.random(kind.size) < share, person, -1)
    foreign = [i for i, why in people.strange.items() if why == Strange.FOREIGN]
    return np.where(np.isin(person, foreign), -1, person)


def _second_trades(block: Block, kind: np.ndarray, person: Ints) -> Flags:
    """Sole traders whose operator already runs the shop before them; `person` is changed."""
    after = np.flatnonzero((kind[1:] == "S") & (kind[:-1] == "S") & (person[:-1] >= 0)) + 1
    is_second: Flags = np.zeros(kind.size, dtype=bool)
    is_second[after] = block.rng(23).random(after.size) < RATES["second_trade"]
    is_second[1:] &= ~is_second[:-1]
    person[is_second] = person[np.flatnonzero(is_second) - 1]
    block.counts["second_trade"] += int(is_second.sum())
    return is_second


def _fill(rng: np.random.Generator, block: Block, people: People, firms: Firms, i: int) -> None:
    ground, kind = block.ground, firms.kind[i]
    draws = rng.random(6).tolist()
    town, village = ground.towns[firms.atom[i]], ground.villages[firms.atom[i]]
    person = int(firms.person[i])
    stranger = _stranger(rng, block, i, ground.village_codes[firms.atom[i]])
    head = (people.name[person], people.id_number[person], people.phone[person]) if person >= 0 else stranger
    serial = block.serial(_FIRM_SERIALS + i)
    own_phone = numbering.mobile(serial) if kind == "S" or draws[0] < 0.5 else numbering.landline(serial)
    old_name: str | None = None
    region = block.ground.region
    if kind == "S":
        name, industry, category = names.shop(rng, region, town, head[0])
        prefix = "92"
        is_operators = draws[1] < RATES["operators_phone_on_shop"]
        phone = head[2] if is_operators else own_phone
        block.counts["operators_phone_on_shop"] += is_operators
    elif kind == "E":
        name, industry, category, is_cooperative = names.firm(rng, region, town)
        prefix, phone = ("93" if is_cooperative else "91"), own_phone
        if draws[2] < RATES["renamed_firm"] and not is_cooperative:
            old_name, name = name, names.renamed(name, region, draws[3])
            block.counts["renamed_firm"] += 1
    else:
        word, prefix, industry = ORGANISATIONS[int(draws[2] * len(ORGANISATIONS))]
        name, category, phone = f"{region.county}{town}{village}{word}", "8398", own_phone
        if village.endswith("社区") and word == "村民委员会":
            name = f"{region.county}{town}{village}居民委员会"
    changed = kind == "S" and draws[4] < RATES["operator_changed"]
    firms.name.append(name)
    firms.old_name.append(old_name)
    firms.uscc.append(numbering.credit_code(prefix if len(prefix) == 2 else "91", serial, region.code))
    firms.industry.append(industry)
    firms.category.append(category)
    firms.head_name.append(head[0])
    firms.head_id.append(head[1])
    firms.head_phone.append(head[2])
    firms.phone.append(phone)
    firms.new_operator.append(stranger if changed and person >= 0 else None)


def _stranger(rng: np.random.Generator, block: Block, i: int, village_code: str) -> tuple[str, str, str]:
    """Somebody the bank has no other record of: name, id, telephone."""
    draws = rng.random(4).tolist()
    is_male = draws[0] < 0.7
    day = block.timeline.as_of.toordinal() - int((24 + draws[1] * 42) * 365.25)
    share = block.number // numbering.SEQUENCE_PAIRS % numbering.DAY_ROUNDS
    day -= (day - share) % numbering.DAY_ROUNDS
    day -= (day // numbering.DAY_ROUNDS - i) % 151 * numbering.DAY_ROUNDS  # no two of a block on one day
    birth = _ordinal(day)
    # Regions that nobody of the families has.
    region = ("341302", "341502", "411522", "420116")[int(draws[2] * 4)]
    if region == block.ground.region.code:
        region = "420117"
    pair = numbering.sequence_pair(block.number, day, i % 2 == 1)
    name = names.surnames(rng, [village_code])[0] + names.given_names(rng, [int(birth[:4])], [is_male])[0]
    serial = block.serial(_STRANGER_SERIALS + i)
    return name, numbering.citizen_id(region, birth, pair, is_male), numbering.mobile(serial)


def _ordinal(day: int) -> str:
    return f"{date.fromordinal(day):%Y%m%d}"
