"""Rows of pos_merchant: shops with their volume, and coordinates of every quality."""

from typing import NamedTuple

import numpy as np

from api.county.generator.accounts import account_of
from api.county.generator.behaviour import Paths
from api.county.generator.clerks import Clerk
from api.county.generator.dirt import RATES
from api.county.generator.files import yuan
from api.county.generator.mishaps import POS, Mishaps
from api.county.generator.places import Floats, Ints, pick
from api.county.generator.rows import SEPARATOR, FeedRows, day
from api.county.generator.timeline import AS_OF, POINTS
from api.county.generator.world import World
from geo.datum import Datum, from_wgs84

_MOVING = 0.03
_OF_A_BRANCH = 40  # per cent of the shop's volume, beside it
_BRANCHES = 6000  # places among the serial numbers of a block
_MEAN_TICKET_YUAN = 46.0


class Place(NamedTuple):
    """A point as the POS has it, with the kind of dirt that it is."""

    lon: str
    lat: str
    datum: str
    kind: str = ""


class Merchants:
    """The merchants of a block: text that never changes, volumes in fen (points, merchants). A shop's second branch
    stands behind all of them: `main` says which merchant each one is, or is a branch of."""

    def __init__(self, world: World) -> None:
        rng = world.block.rng(10)
        self._rng = rng
        self._clerk = Clerk(rng, world.block.counts)
        self._mishaps = Mishaps(world.block.rng(29), world.block.counts, POS)
        self.world = world
        self.touched: list[tuple[str, list[str]]] = []
        firm = np.flatnonzero(world.presence.firm_pos)
        volume_fen = _volumes(rng, world, firm)
        installed = self._installed(firm)
        prefix = self._prefixes(firm, installed)
        self.main, self.firm = self._with_branches(firm)
        self.volume_fen = volume_fen[:, self.main]
        self.volume_fen[:, firm.size :] = self.volume_fen[:, firm.size :] * _OF_A_BRANCH // 100
        self.installed = installed[self.main]
        self.prefix = prefix + self._branch_prefixes(firm.size)
        self.keys = [text.split(SEPARATOR, 1)[0] for text in self.prefix]

    def rows(self) -> FeedRows:
        """The two nights: month volumes of those that traded most have been reckoned anew."""
        rows = FeedRows("pos_merchant")
        merchants = int(self.main.max(initial=-1)) + 1
        moved = (self._rng.random(merchants) < _MOVING)[self.main]
        before = np.rint(self.volume_fen[AS_OF] * self._rng.uniform(0.93, 1.0, merchants)[self.main])
        for key, kinds in self.touched:
            rows.touch(key, kinds)
        as_of = self.world.block.timeline.as_of.toordinal()
        for m in range(self.firm.size):
            today = int(self.volume_fen[AS_OF, m])
            earlier = int(before[m]) if moved[m] else today
            line = [self._line(m, today)]
            lines_before = None if self.installed[m] == as_of else [self._line(m, earlier)]
            if lines_before == line:
                lines_before = line
            party = self.world.firm_party(int(self.firm[m]))
            rows.add_changed(line, lines_before, self.keys[m], party, today, earlier)
        return rows

    def month_end(self, point: int) -> tuple[list[str], int]:
        """(lines, sum in fen) of the merchants that were installed by then."""
        there = np.flatnonzero(self.installed <= self.world.block.timeline.points[point].toordinal())
        volumes = self.volume_fen[point, there]
        lines = [self._line(m, v) + "\n" for m, v in zip(there.tolist(), volumes.tolist(), strict=True)]
        return lines, int(volumes.sum())

    def _line(self, m: int, volume_fen: int) -> str:
        count = int(volume_fen / 100 / _MEAN_TICKET_YUAN)
        status = "1" if volume_fen > 0 else "0"
        return f"{self.prefix[m]}{yuan(volume_fen)}{SEPARATOR}{count}{SEPARATOR}{status}"

    def _installed(self, firm: Ints) -> Ints:
        as_of = self.world.block.timeline.as_of.toordinal()
        opened = self.world.firm_opened[firm]
        age = np.minimum(as_of - opened, 2200)
        return np.asarray(opened + (age * self._rng.random(firm.size) * 0.6).astype(np.int64))

    def _prefixes(self, firm: Ints, installed: Ints) -> list[str]:
        placed = _coordinates(self.world, self._rng, firm)
        rows = zip(firm.tolist(), installed.tolist(), placed, strict=True)
        return [self._prefix(f, since, place) for f, since, place in rows]

    def _with_branches(self, firm: Ints) -> tuple[Ints, Ints]:
        """(merchant that each is or is a branch of, firm of each), branches last."""
        rng = self.world.block.rng(30)
        is_shop = np.array([self.world.firms.kind[f] == "S" for f in firm.tolist()], dtype=bool)
        branches = np.flatnonzero(is_shop & (rng.random(firm.size) < RATES["second_branch"]))
        main = np.concatenate([np.arange(firm.size), branches])
        return main, firm[main]

    def _branch_prefixes(self, merchants: int) -> list[str]:
        """Each branch's row: name, codes, operator and account of the shop, a number and a place of its own."""
        ground, prefixes = self.world.block.ground, []
        rng = self.world.block.rng(31)
        firms = self.firm[merchants:]
        atoms = pick(rng, ground.trading, firms.size)
        lon, lat = ground.points(rng, atoms)
        for k, f in enumerate(firms.tolist()):
            m = merchants + k
            place = Place(f"{lon[k]:.6f}", f"{lat[k]:.6f}", "WGS84", "second_branch")
            prefixes.append(self._prefix(f, int(self.installed[m]), place, int(atoms[k])))
        self.world.block.counts["second_branch"] += int(firms.size)
        return prefixes

    def _prefix(self, f: int, installed: int, place: Place, branch_atom: int | None = None) -> str:
        world, firms, clerk = self.world, self.world.firms, self._clerk
        uscc = "" if clerk.slips("empty_credit_code_pos") else firms.uscc[f]
        operator = (firms.head_name[f], firms.head_id[f], firms.phone[f])
        changed = firms.new_operator[f]
        if changed is not None and uscc:
            operator = changed
            clerk.slip("operator_changed")
        elif int(firms.person[f]) in world.people.strange:
            operator = (self._operators_name(f), *operator[1:])
        ground = world.block.ground
        atom = int(firms.atom[f]) if branch_atom is None else branch_atom
        number = f"8983{world.block.serial(f if branch_atom is None else _BRANCHES + f):011d}"
        columns = [
            number,
            firms.old_name[f] or firms.name[f],
            uscc,
            operator[0],
            operator[1],
            clerk.phone(operator[2]),
            _account(world, f),
            firms.category[f],
            ground.address(atom, int(firms.house[f]), clerk.draw()),
            *place[:3],
            day(installed),
            "",
        ]
        kinds = [*self._mishaps.befall(columns), *clerk.done(), *firms.dirt(f)]
        if place.kind:
            kinds.append(place.kind)
        if kinds:
            self.touched.append((number, kinds))
        return SEPARATOR.join(columns)

    def _operators_name(self, f: int) -> str:
        people, person = self.world.people, int(self.world.firms.person[f])
        draw = self._mishaps.draw()
        return self._clerk.strange_name(
            people.strange[person], people.name[person], draw, is_old_system=False
        )


def _account(world: World, f: int) -> str:
    own = np.flatnonzero(world.holder_firm == f)
    if own.size == 0:
        own = np.flatnonzero(world.holder_person == world.firms.person[f])
        if own.size == 0 or world.firms.person[f] < 0:
            return ""
    return account_of(world, int(own[0]), 0)


def _volumes(rng: np.random.Generator, world: World, firm: Ints) -> Ints:
    """A depositor's POS runs as the behaviour says; others have a steady volume of their own."""
    holder = np.full(world.firms.size, -1)
    companies = world.holder_firm >= 0
    holder[world.holder_firm[companies]] = np.flatnonzero(companies)
    held = holder[firm]
    own: Floats = rng.lognormal(9.4, 0.8, firm.size) * np.exp(0.1 * rng.standard_normal((POINTS, firm.size)))
    paths: Paths = world.paths
    yuan_by_point = np.where(held >= 0, paths.volume[:, np.maximum(held, 0)], own)
    yuan_by_point = np.where(yuan_by_point < 150, 0.0, yuan_by_point)
    return np.asarray(np.rint(yuan_by_point * 100), dtype=np.int64)


_LIES = (
    "gcj02_said_wgs84", "honest_gcj02", "honest_bd09", "outlets_coordinates", "unknown_datum", "no_coordinates",
    "nought_place", "place_elsewhere", "default_place", "swapped_place", "whole_degrees",
)  # fmt: skip
_NAMED = ("WGS84", "GCJ02", "BD09", "WGS84", "CGCS2000", "")


def _coordinates(world: World, rng: np.random.Generator, firm: Ints) -> list[Place]:
    """A place for each firm. Some lie about the datum, some are the outlet's own place, some are none at all."""
    counts = world.block.counts
    kind = np.searchsorted(np.cumsum([RATES[k] for k in _LIES]), rng.random(firm.size), side="right")
    lon, lat = _points(world, firm, kind)
    places = []
    for x, y, k in zip(lon.tolist(), lat.tolist(), kind.tolist(), strict=True):
        if k == len(_LIES):
            places.append(Place(f"{x:.6f}", f"{y:.6f}", "WGS84"))
            continue
        lie = _LIES[k]
        counts[lie] += 1
        form = "{:.0f}" if lie == "whole_degrees" else "{:.6f}"
        written = ("", "") if lie == "no_coordinates" else (form.format(x), form.format(y))
        places.append(Place(*written, _NAMED[k] if k < len(_NAMED) else "WGS84", lie))
    return places


def _points(world: World, firm: Ints, kind: Ints) -> tuple[Floats, Floats]:
    """Longitude and latitude in degrees, of whatever datum, as each kind of lie has them."""
    ground = world.block.ground
    lon, lat = world.firms.lon[firm], world.firms.lat[firm]
    gcj, bd = from_wgs84(lon, lat, Datum.GCJ02), from_wgs84(lon, lat, Datum.BD09)
    outlet = ground.outlet_of_atom[world.firms.atom[firm]]
    lies = [kind <= 1, kind == 2, kind == 3, kind == 6, kind == 7, kind == 8, kind == 9]
    return (
        np.select(
            lies, [gcj[0], bd[0], ground.outlet_lon[outlet], 0.0, lon, ground.outlet_lon.mean(), lat], lon
        ),
        np.select(
            lies,
            [
                gcj[1],
                bd[1],
                ground.outlet_lat[outlet],
                0.0,
                lat + ground.region.elsewhere_deg,
                ground.outlet_lat.mean(),
                lon,
            ],
            lat,
        ),
    )
