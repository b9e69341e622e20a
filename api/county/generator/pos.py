"""Rows of pos_merchant: shops with their volume, and coordinates of every quality."""

import numpy as np

from api.county.generator.accounts import account_of
from api.county.generator.behaviour import Paths
from api.county.generator.clerks import Clerk
from api.county.generator.dirt import RATES
from api.county.generator.files import yuan
from api.county.generator.places import Floats, Ints
from api.county.generator.rows import SEPARATOR, FeedRows, day
from api.county.generator.timeline import AS_OF, POINTS
from api.county.generator.world import World
from geo.datum import Datum, from_wgs84

_MOVING = 0.03
_MEAN_TICKET_YUAN = 46.0


class Merchants:
    """The merchants of a block: text that never changes, volumes in fen (points, merchants)."""

    def __init__(self, world: World) -> None:
        rng = world.block.rng(10)
        self._rng = rng
        self._clerk = Clerk(rng, world.block.counts)
        self.world = world
        self.firm = np.flatnonzero(world.presence.firm_pos)
        self.volume_fen = _volumes(rng, world, self.firm)
        self.installed = self._installed()
        self.prefix = self._prefixes()
        self.keys = [text.split(SEPARATOR, 1)[0] for text in self.prefix]

    def rows(self) -> FeedRows:
        """The two nights: month volumes of those that traded most have been reckoned anew."""
        rows = FeedRows("pos_merchant")
        moved = self._rng.random(self.firm.size) < _MOVING
        before = np.rint(self.volume_fen[AS_OF] * self._rng.uniform(0.93, 1.0, self.firm.size))
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

    def _installed(self) -> Ints:
        as_of = self.world.block.timeline.as_of.toordinal()
        opened = self.world.firm_opened[self.firm]
        age = np.minimum(as_of - opened, 2200)
        return np.asarray(opened + (age * self._rng.random(self.firm.size) * 0.6).astype(np.int64))

    def _prefixes(self) -> list[str]:
        lon, lat, datum = _coordinates(self.world, self._rng, self.firm)
        return [self._prefix(m, int(f), lon[m], lat[m], datum[m]) for m, f in enumerate(self.firm.tolist())]

    def _prefix(self, m: int, f: int, lon: str, lat: str, datum: str) -> str:
        world, firms, clerk = self.world, self.world.firms, self._clerk
        uscc = "" if clerk.slips("empty_credit_code_pos") else firms.uscc[f]
        operator = (firms.head_name[f], firms.head_id[f], firms.phone[f])
        changed = firms.new_operator[f]
        if changed is not None and uscc:
            operator = changed
            world.block.counts["operator_changed"] += 1
        ground, atom = world.block.ground, int(firms.atom[f])
        columns = (
            f"8983{world.block.serial(f):011d}",
            firms.old_name[f] or firms.name[f],
            uscc,
            operator[0],
            operator[1],
            clerk.phone(operator[2]),
            _account(world, f),
            firms.category[f],
            ground.address(atom, int(firms.house[f]), clerk.draw()),
            lon,
            lat,
            datum,
            day(self.installed[m]),
            "",
        )
        return SEPARATOR.join(columns)


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


def _coordinates(
    world: World, rng: np.random.Generator, firm: Ints
) -> tuple[list[str], list[str], list[str]]:
    """Longitude, latitude and named datum as text. Some lie about the datum, some are the outlet's own place."""
    ground, counts, n = world.block.ground, world.block.counts, firm.size
    lon, lat = world.firms.lon[firm], world.firms.lat[firm]
    gcj, bd = from_wgs84(lon, lat, Datum.GCJ02), from_wgs84(lon, lat, Datum.BD09)
    kinds = ("gcj02_said_wgs84", "honest_gcj02", "honest_bd09", "outlets_coordinates", "unknown_datum",
             "no_coordinates")  # fmt: skip
    kind = np.searchsorted(np.cumsum([RATES[k] for k in kinds]), rng.random(n), side="right")
    outlet = ground.outlet_of_atom[world.firms.atom[firm]]
    lon_out = np.select([kind <= 1, kind == 2, kind == 3], [gcj[0], bd[0], ground.outlet_lon[outlet]], lon)
    lat_out = np.select([kind <= 1, kind == 2, kind == 3], [gcj[1], bd[1], ground.outlet_lat[outlet]], lat)
    named = ("WGS84", "GCJ02", "BD09", "WGS84", "CGCS2000", "", "WGS84")
    for place, name in enumerate(kinds):
        counts[name] += int((kind == place).sum())
    none = (kind == 5).tolist()
    return (
        ["" if gone else f"{x:.6f}" for x, gone in zip(lon_out.tolist(), none, strict=True)],
        ["" if gone else f"{y:.6f}" for y, gone in zip(lat_out.tolist(), none, strict=True)],
        [named[k] for k in kind.tolist()],
    )
