"""What clerks make of a value when they type it: ids, telephones, names. Every slip is counted."""

import numpy as np

from api.county.generator import names, numbering
from api.county.generator.dirt import RATES, Counts
from api.county.generator.strange_names import as_written


class Chance:
    """Draws between nought and one, made in bulk: a call costs a list access."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._draws: list[float] = []

    def draw(self) -> float:
        if not self._draws:
            self._draws = self._rng.random(8192).tolist()
        return self._draws.pop()


class Clerk(Chance):
    """Types values, with the slips of one block's chance; `slipped` are those since a row was last `done`."""

    def __init__(self, rng: np.random.Generator, counts: Counts) -> None:
        super().__init__(rng)
        self._counts = counts
        self.slipped: list[str] = []

    def slips(self, kind: str, share: float = 1.0) -> bool:
        """True as often as the rate of `kind` (times `share`) says, and counted when it is."""
        if self.draw() >= RATES[kind] * share:
            return False
        self.slip(kind)
        return True

    def slip(self, kind: str) -> None:
        self._counts[kind] += 1
        self.slipped.append(kind)

    def done(self) -> list[str]:
        """The kinds of the row that has just been typed."""
        kinds, self.slipped = self.slipped, []
        return kinds

    def id_number(self, citizen: str, birth_year: int) -> str:
        """A citizen's id as it stands in the core."""
        if birth_year < 1985 and self.slips("fifteen_digit_id"):
            return numbering.fifteen_digits(citizen)
        if citizen[-1] == "X" and self.slips("lower_case_x"):
            citizen = citizen[:-1] + "x"
        if self.slips("full_width_id"):
            return names.full_width(citizen)
        if self.slips("spaced_id"):
            return f"{citizen[:6]} {citizen[6:14]} {citizen[14:]}"
        return citizen

    def phone(self, number: str) -> str:
        """A telephone number of one's own, dressed up now and then."""
        if number[:1] != "1" or not self.slips("dressed_phone"):
            return number
        draw = self.draw()
        if draw < 0.25:
            return "+86" + number
        if draw < 0.45:
            return "86" + number
        if draw < 0.65:
            return f"{number[:3]}-{number[3:7]}-{number[7:]}"
        if draw < 0.85:
            return f"{number[:3]} {number[3:7]} {number[7:]}"
        return names.full_width(number)

    def core_phone(self, number: str, serial: int) -> str:
        """As `phone`, or nothing, or a landline."""
        if self.slips("empty_phone"):
            return ""
        if self.slips("landline"):
            return numbering.landline(serial)
        return self.phone(number)

    def strange_name(self, why: str, name: str, draw: float, *, is_old_system: bool) -> str:
        """A name that systems write each in its own way; `draw` is not the clerk's own."""
        self.slipped.append(why)
        written, kind = as_written(why, name, draw, is_old_system=is_old_system)
        if kind is not None:
            self.slip(kind)
        return written

    def person_name(self, name: str) -> str:
        return names.space_out(name, self.draw()) if self.slips("spaced_name") else name
