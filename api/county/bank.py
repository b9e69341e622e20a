"""云格农商银行(演示): a bank that does not exist, with a head office, outlets and their people.

Outlets stand where people are: one in each town, the others share the weight of the busiest towns, most of all the
county seat; 35 in the shipped county. One pair of customer managers works each of the
large grids, there 60.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from api.county.geography import CountyAtom, CountyTown, Geography
from api.county.people import fictional_names, fictional_phone
from domain.shared.duties import Duty
from geo.apportion import apportion
from geo.measuring import Coordinates

BANK_NAME = "云格农商银行(演示)"
_SEED = 20260101
# An outlet more is worth more in the county seat.
_SEAT_FACTOR = 1.6
_HEAD_OFFICE_STAFF = 6
DUTIES = {"CUSTOMER_MANAGER": Duty.CUSTOMERS.value, "OUTLET_MANAGER": Duty.UNIT.value}
"""What people of the demonstration's roles answer for by the books."""
_SHOWN = 4


@dataclass(frozen=True)
class Outlet:
    """网点. `large_grids` is how many large grids it works; its pairs of managers follow from that."""

    code: str
    name: str
    town_code: str
    lon_deg_wgs84: float
    lat_deg_wgs84: float
    large_grids: int


@dataclass(frozen=True)
class StaffMember:
    """员工. Only demonstration accounts have an account and a password."""

    number: str
    name: str
    role: str
    org_code: str
    phone: str
    account: str | None = None
    password: str | None = None


@dataclass(frozen=True)
class Bank:
    """`pairs` are numbers of staff (A first), one pair a large grid, in the order of the outlets."""

    name: str
    head_office: Outlet
    outlets: tuple[Outlet, ...]
    staff: tuple[StaffMember, ...]
    pairs: tuple[tuple[str, str], ...]


@lru_cache(maxsize=2)
def demonstration_bank(geography: Geography) -> Bank:
    """The same bank for the same geography."""
    centre = next(town for town in geography.towns if town.code == geography.seat[0])
    head_office = Outlet(
        f"{geography.code[:4]}00", BANK_NAME, centre.code, centre.lon_deg_wgs84, centre.lat_deg_wgs84, 0
    )
    outlets = _outlets(geography)
    staff, pairs = _staff(head_office.code, outlets, _shown(geography, outlets))
    return Bank(BANK_NAME, head_office, outlets, staff, pairs)


def _outlets(geography: Geography) -> tuple[Outlet, ...]:
    weight = dict.fromkeys((town.code for town in geography.towns), 0.0)
    for atom in geography.atoms:
        weight[atom.town_code] += atom.expected_weight
    atoms_of = Counter(atom.town_code for atom in geography.atoms)
    # A large grid takes in at least two atoms.
    room = [max(1, atoms_of[code] // 2) for code in weight]
    scale = geography.scale
    large = apportion(list(weight.values()), min(scale.large_grids, sum(room)), least=1, most=room)
    wanted = [w * (_SEAT_FACTOR if code in geography.seat else 1.0) for code, w in weight.items()]
    counts = apportion(wanted, min(scale.outlets, sum(large)), least=1, most=large)
    outlets: list[Outlet] = []
    names: set[str] = set()
    for town, outlet_count, large_count in zip(geography.towns, counts, large, strict=True):
        atoms = [atom for atom in geography.atoms if atom.town_code == town.code]
        shares = apportion([1.0] * outlet_count, large_count)
        for (name, lon, lat), share in zip(_places(town, atoms, outlet_count), shares, strict=True):
            full = name if name not in names else f"{_short(town)}{name}"
            names.add(full)
            code = f"{geography.code[:4]}{len(outlets) + 1:02d}"
            outlets.append(Outlet(code, f"{full}支行", town.code, lon, lat, share))
    return tuple(outlets)


def _short(town: CountyTown) -> str:
    if town.name.startswith("第"):  # a numbered town keeps what it is: 第一镇支行
        return town.name
    for ending in ("街道", "镇", "乡"):
        if town.name.endswith(ending):
            return town.name.removesuffix(ending)
    return "园区" if town.name.endswith("园区") else town.name


def _places(town: CountyTown, atoms: list[CountyAtom], count: int) -> list[tuple[str, float, float]]:
    """The first outlet stands in the middle of the town, the others amid the people farther off, named by village."""
    points = np.array([[atom.lon_deg_wgs84, atom.lat_deg_wgs84] for atom in atoms])
    weights = np.array([atom.expected_weight for atom in atoms])
    places = [(_short(town), town.lon_deg_wgs84, town.lat_deg_wgs84)]
    taken = np.array([[town.lon_deg_wgs84, town.lat_deg_wgs84]])
    for _ in range(count - 1):
        gain = _relief(points, weights, taken)
        best = atoms[int(np.argmax(gain))]
        name = best.village.removesuffix("社区").removesuffix("村")
        if name.startswith("第"):
            name = f"{town.name}{best.village}"
        places.append((name, best.lon_deg_wgs84, best.lat_deg_wgs84))
        taken = np.vstack([taken, [best.lon_deg_wgs84, best.lat_deg_wgs84]])
    return places


def _relief(points: Coordinates, weights: NDArray[np.float64], taken: Coordinates) -> NDArray[np.float64]:
    """For each candidate place, how much shorter the way of all people to their nearest outlet becomes."""
    now = np.sqrt(((points[:, None] - taken[None]) ** 2).sum(axis=2)).min(axis=1)
    between = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    saved = np.maximum(0.0, now[:, None] - between) * weights[:, None]
    return np.asarray(saved.sum(axis=0))


def _staff(
    head_office: str, outlets: tuple[Outlet, ...], shown: list[Outlet]
) -> tuple[tuple[StaffMember, ...], tuple[tuple[str, str], ...]]:
    desks: list[tuple[str, str, str]] = [("100001", "ADMINISTRATOR", head_office)]
    desks += [(f"10010{i}", "HEAD_OFFICE", head_office) for i in range(1, _HEAD_OFFICE_STAFF + 1)]
    desks += [(f"2000{i:02d}", "OUTLET_MANAGER", outlet.code) for i, outlet in enumerate(outlets, start=1)]
    pairs: list[tuple[str, str]] = []
    for outlet in outlets:
        for _ in range(outlet.large_grids):
            pair = (f"300{2 * len(pairs) + 1:03d}", f"300{2 * len(pairs) + 2:03d}")
            pairs.append(pair)
            desks += [(number, "CUSTOMER_MANAGER", outlet.code) for number in pair]
    desks.append(("300999", "CUSTOMER_MANAGER", shown[0].code))
    accounts = _accounts(outlets, shown, pairs)
    names = fictional_names(len(desks), _SEED)
    staff = tuple(
        StaffMember(
            number,
            names[i],
            role,
            org_code,
            fictional_phone(i),
            accounts.get(number),
            f"yunge-{accounts[number]}" if number in accounts else None,
        )
        for i, (number, role, org_code) in enumerate(desks)
    )
    return staff, tuple(pairs)


def _shown(geography: Geography, outlets: tuple[Outlet, ...]) -> list[Outlet]:
    """The main outlet of each shown town; where none is named, of the seat and of the busiest towns."""
    first: dict[str, Outlet] = {}
    work: Counter[str] = Counter()
    for outlet in outlets:
        first.setdefault(outlet.town_code, outlet)
        work[outlet.town_code] += outlet.large_grids
    busiest = sorted(first, key=lambda town: (town not in geography.seat, -work[town], town))
    return [first[town] for town in (geography.shown or busiest[:_SHOWN])]


def _accounts(
    outlets: tuple[Outlet, ...], shown: list[Outlet], pairs: list[tuple[str, str]]
) -> dict[str, str]:
    """Account by number of staff. manager1 and manager2 are the A/B pair of the first large grid of outlet1.

    A county of fewer than four towns has fewer accounts of outlets and managers.
    """
    first_pair = dict(
        zip(
            (outlet.code for outlet in outlets),
            np.cumsum([0, *(o.large_grids for o in outlets)]),
            strict=False,
        )
    )
    accounts = {"100001": "admin", "100101": "head", "300999": "manager7"}
    for i, outlet in enumerate(shown, start=1):
        accounts[f"2000{outlets.index(outlet) + 1:02d}"] = f"outlet{i}"
    accounts[pairs[first_pair[shown[0].code]][0]] = "manager1"
    accounts[pairs[first_pair[shown[0].code]][1]] = "manager2"
    for i, outlet in enumerate(shown[1:], start=3):
        accounts[pairs[first_pair[outlet.code]][0]] = f"manager{i}"
    if shown[0].large_grids > 1:
        accounts[pairs[first_pair[shown[0].code] + 1][0]] = "manager6"
    return accounts
