"""Which systems of the bank know whom, and under which customer numbers."""

from dataclasses import dataclass

import numpy as np

from api.county.generator import numbering
from api.county.generator.block import Block
from api.county.generator.dirt import RATES
from api.county.generator.families import Flags, Households, People
from api.county.generator.firms import Firms
from api.county.generator.strange_names import Strange

_SECOND_NUMBERS = 4000
_FIRM_NUMBERS = 3000


@dataclass
class Presence:
    """Flags over people and firms. Everybody is known to at least one system."""

    person_core: Flags
    person_second: Flags
    person_register: Flags
    person_crm: Flags
    firm_core: Flags
    firm_pos: Flags
    firm_crm: Flags
    person_number: list[str]
    second_number: list[str]
    firm_number: list[str]
    manager: int
    """The customer manager who typed a telephone of their own for many customers of this block."""
    person_managers_phone: Flags


def decide_presence(block: Block, households: Households, people: People, firms: Firms) -> Presence:
    rng = block.rng(3)
    n, age = people.size, people.age
    core = rng.random(n) < np.select([age < 16, age > 84], [0.2, 0.65], 0.9)
    registered_home = rng.random(len(households.head)) < np.where(
        np.arange(len(households.head)) < households.rural, 0.95, 0.65
    )
    register = registered_home[people.household] & (rng.random(n) < 0.985)
    crm = (age >= 18) & (rng.random(n) < np.where(core, 0.24, 0.12))
    nobody = ~(core | register | crm)
    only_crm = nobody & (age >= 18) & (rng.random(n) < 0.5)
    register = register | (nobody & ~only_crm)
    crm = crm | only_crm
    foreign = [i for i, why in people.strange.items() if why == Strange.FOREIGN]
    core[foreign], register[foreign] = True, False
    second = core & (age >= 30) & (rng.random(n) < RATES["second_customer_number"] * 1.35)

    kind = np.array(firms.kind)
    firm_core = rng.random(kind.size) < np.select([kind == "S", kind == "E"], [0.82, 0.96], 1.0)
    firm_pos = rng.random(kind.size) < np.select([kind == "S", kind == "E"], [0.7, 0.14], 0.0)
    firm_pos = firm_pos | ((kind == "S") & ~firm_core)
    firm_core = firm_core | ~firm_pos
    firm_crm = firm_core & (rng.random(kind.size) < np.where(kind == "E", 0.4, 0.25))

    manager = block.number // 10 % max(1, len(block.ground.managers))
    by_manager = core & (rng.random(n) < RATES["managers_phone"])
    block.counts["second_customer_number"] += int(second.sum())
    block.counts["managers_phone"] += int(by_manager.sum())
    return Presence(
        person_core=core,
        person_second=second,
        person_register=register,
        person_crm=crm,
        firm_core=firm_core,
        firm_pos=firm_pos,
        firm_crm=firm_crm,
        person_number=[numbering.customer_number(block.serial(i)) for i in range(n)],
        second_number=[numbering.customer_number(block.serial(_SECOND_NUMBERS + i)) for i in range(n)],
        firm_number=[numbering.customer_number(block.serial(_FIRM_NUMBERS + i)) for i in range(kind.size)],
        manager=manager,
        person_managers_phone=by_manager,
    )
