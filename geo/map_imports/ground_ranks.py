"""How important a river or a road is, from what its map calls it: 1 is seen from afar, 4 from near alone."""

from collections.abc import Mapping, Sequence

WATER, ROADS = "WATER", "ROADS"

CLASS_COLUMNS = (
    "highway",
    "fclass",
    "waterway",
    "natural",
    "class",
    "type",
    "kind",
    "等级",
    "道路等级",
    "河流等级",
    "类型",
    "类别",
    "技术等级",
    "DLDJ",
    "RTEG",
)
NAME_COLUMNS = ("河名", "路名", "河流名称", "道路名称", "水系名称", "name:zh", "ref")
"""Besides what names of places are called."""

_UNKNOWN = {WATER: 2, ROADS: 3}
# The first that is found in the word counts: 县道 before 道, motorway before way.
_WORDS: Mapping[str, Sequence[tuple[int, Sequence[str]]]] = {
    ROADS: (
        (1, ("motorway", "trunk", "expressway", "高速", "快速", "国道")),
        (2, ("primary", "secondary", "省道", "一级", "二级", "主干")),
        (3, ("tertiary", "县道", "三级", "次干")),
        (4, ("footway", "path", "track", "service", "residential", "living", "unclassified")),
        (4, ("村道", "乡道", "四级", "支路", "小路", "机耕", "等外", "内部")),
    ),
    WATER: (
        (4, ("ditch", "drain", "沟", "渠道", "毛渠", "支渠")),
        (3, ("stream", "溪", "支流")),
        (1, ("river", "coast", "lake", "reservoir", "干流", "湖", "水库", "海")),
        (2, ("canal", "河")),
    ),
}  # fmt: skip


def rank_of(layer: str, word: str) -> int:
    """Of a line; `word` is what the map says of its class, empty where it says nothing."""
    plain = word.casefold()
    for rank, words in _WORDS[layer]:
        if any(one in plain for one in words):
            return rank
    return _UNKNOWN[layer]
