"""What a map file holds, as plain values: shapes in WGS 84, properties as text, and the place of each in its file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import shapely

from domain.shared.statements import Statement
from geo.reading import said


class Wanted(StrEnum):
    """Which shapes the reader is after; others are problems. A closed line counts as an area where one is wanted."""

    AREAS = "AREAS"
    POINTS = "POINTS"
    AREAS_OR_POINTS = "AREAS_OR_POINTS"
    LINES_OR_AREAS = "LINES_OR_AREAS"
    """What is drawn and counts nothing: rivers, lakes, roads. A line stays a line, closed or not."""
    ANY = "ANY"


@dataclass(frozen=True)
class Place:
    """Where in the file something stands: layer, number of the feature from 1, and its name, if it has one."""

    layer: str
    feature: int
    name: str = ""

    @property
    def said(self) -> Statement:
        return said.MAP_PLACE(layer=self.layer, feature=self.feature, name=self.name)


@dataclass(frozen=True)
class Finding:
    """What was mended, or what is wrong; without a place it is about the file."""

    said: Statement
    place: Place | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    """What stands beside a feature that was left out."""


@dataclass(frozen=True)
class Feature:
    """An area is always a valid MultiPolygon with counter-clockwise outer rings, a point a Point, lines that are
    wanted as lines a MultiLineString; WGS 84, no Z."""

    shape: shapely.Geometry
    properties: Mapping[str, str]
    place: Place

    def first(self, names: Sequence[str]) -> str:
        """The first of these properties that says anything; upper and lower case are one. Empty where none does."""
        folded = {name.casefold(): value for name, value in self.properties.items()}
        return next((value for name in names if (value := folded.get(name.casefold(), ""))), "")


@dataclass(frozen=True)
class Features:
    """`features` are whole and valid; `mended` lists what was put right, `problems` what was left out and why."""

    features: tuple[Feature, ...]
    mended: tuple[Finding, ...] = ()
    problems: tuple[Finding, ...] = ()
