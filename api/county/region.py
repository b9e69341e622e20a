"""What a county is called and where it lies, as far as anybody said: names in addresses and firms follow from it."""

import re
from dataclasses import dataclass

NOBODYS_CODE = "119999"
"""Six digits as ids and credit codes begin, of no real county: for an outline that brings no code of its own."""
UNNAMED = "演示县"
_KIND = re.compile(r"(自治县|省|市|县|区|旗)$")


@dataclass(frozen=True)
class Region:
    """`city` and `province` may be empty. `elsewhere_deg` of latitude lead from anywhere in the county out of it."""

    code: str
    county: str
    city: str = ""
    province: str = ""
    middle_lat_deg: float = 33.75
    elsewhere_deg: float = 0.6

    @property
    def areas(self) -> tuple[str, ...]:
        """From the province down to the county, as addresses name them."""
        return tuple(area for area in (self.province, self.city, self.county) if area)

    @property
    def in_full(self) -> str:
        return "".join(self.areas)

    @property
    def short_names(self) -> tuple[str, ...]:
        return tuple(short(area) for area in self.areas)

    @property
    def of_firms(self) -> tuple[str, ...]:
        """The five ways in which a firm's name says where it is from."""
        county, city, province = self.county, self.city, self.province
        near = short(county)
        return (county, near, short(city) or near, short(province) or near, city or county)


def short(area: str) -> str:
    """阜宁 of 阜宁县; a name of two characters stays whole."""
    return _KIND.sub("", area) if len(area) > 2 else area
