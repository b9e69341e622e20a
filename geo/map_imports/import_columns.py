"""Columns of outlines and atoms: both languages side by side, and what maps call them."""

from domain.shared.sheets.columns import Column, Words, plain_heading
from geo.reading import columns as maps

_GEOMETRY = Words(
    "地图文件里不用填：形状就是位置。表格里填十进制度数，坐标系由 --datum 或导入页说明",
    "not in maps, whose shapes are places; in a sheet decimal degrees of the datum that is said with the file",
)

OUTLINE_TITLE = Words("外轮廓", "Outline")
OUTLINE_COLUMNS = (
    Column(
        "name",
        Words("名称", "Name"),
        Words("县（市、区）的名称，如地址里那样写", "of the county, as addresses write it"),
        "某某县",
        True,
        tuple(one for one in (*maps.NAME, *maps.COUNTY) if plain_heading(one) != "name"),
    ),
    Column(
        "code",
        Words("区划代码", "Division code"),
        Words("六位；没有也行", "six digits; may be missing"),
        "119900",
        also=tuple(one for one in maps.CODE if one != "区划代码"),
    ),
    Column("city", Words("地市", "City"), Words("所属的市", "of which city"), "某某市", also=("市", "城市")),
    Column(
        "province", Words("省份", "Province"), Words("所属的省", "of which province"), "某某省", also=("省",)
    ),
)

ATOMS_TITLE = Words("原子", "Atoms")
ATOMS_COLUMNS = (
    Column(
        "code",
        Words("原子编号", "Atom code"),
        Words(
            "村民小组、小区或街段的编号，不重复；划了网格以后不要再改",
            "the code of the group, estate or street section, each once; not to be changed once there are grids",
        ),
        "119900101201001",
        True,
        (*maps.CODE, "编号", "原子代码", "小组编号", "小区编号", "atom"),
    ),
    Column(
        "name",
        Words("名称", "Name"),
        Words("地址里怎么写就怎么填，60 字以内", "as addresses write it, 60 characters at most"),
        "某某村一组",
        also=tuple(one for one in maps.NAME if one not in ("name", "名称")),
    ),
    Column(
        "village_code",
        Words("村代码", "Village code"),
        Words("空着时取编号的前十二位", "the first twelve digits of the code where empty"),
        "119900101201",
        also=(*(one for one in maps.VILLAGE_CODE if one not in ("village_code", "村代码")), "village_co"),
    ),
    Column(
        "village",
        Words("村（社区）", "Village"),
        Words("空着时取名称", "its own name where empty"),
        "某某村",
        also=tuple(one for one in maps.VILLAGE if one != "village"),
    ),
    Column(
        "town_code",
        Words("乡镇代码", "Town code"),
        Words("空着时取编号的前九位", "the first nine digits of the code where empty"),
        "119900101",
        also=tuple(one for one in maps.TOWN_CODE if one not in ("town_code", "乡镇代码")),
    ),
    Column(
        "town",
        Words("乡镇（街道）", "Town"),
        Words(
            "网格默认不跨乡镇，所以请填写；空着时沿用同代码的乡镇",
            "grids do not cross towns unless allowed, so fill it in; where empty that of the same code",
        ),
        "某某镇",
        also=tuple(one for one in maps.TOWN if one != "town"),
    ),
    Column(
        "is_urban",
        Words("城乡", "Urban or rural"),
        Words("城镇或乡村，也认城乡分类代码（111、220……）", "urban or rural, or the class code (111, 220 …)"),
        "乡村",
        also=(*maps.URBAN_RURAL, "城乡属性"),
    ),
    Column(
        "lon", Words("经度", "Longitude"), _GEOMETRY, "119.80123", also=("lng", "lon_deg_wgs84", "lon_deg_wg")
    ),
    Column("lat", Words("纬度", "Latitude"), _GEOMETRY, "33.78123", also=("lat_deg_wgs84", "lat_deg_wg")),
    Column(
        "since_on",
        Words("变更日期", "Since"),
        Words(
            "改名、改村镇、改城乡从哪天起；空着按导入的生效日",
            "since when name, village, town and flag are so; the day of the import where empty",
        ),
        "",
    ),
)

TOWNS_TITLE = Words("乡镇", "Towns")
TOWNS_COLUMNS = (
    Column(
        "town_code",
        Words("乡镇代码", "Town code"),
        Words(
            "九位，也认十二位的统计用代码；没有也行",
            "nine digits, or the twelve of the statistical list; may be missing",
        ),
        "119900101",
        also=(*(one for one in maps.TOWN_CODE if one not in ("town_code", "乡镇代码")), *maps.CODE),
    ),
    Column(
        "town",
        Words("乡镇（街道）", "Town"),
        Words(
            "乡镇或街道的名称：原子按它的边界（面）归属，只有点时没写乡镇的原子归最近的",
            "its name: atoms belong to the town in whose limits they lie; where there are points alone, those that "
            "name no town belong to the nearest",
        ),
        "某某镇",
        True,
        (*(one for one in maps.TOWN if one != "town"), *maps.NAME),
    ),
    Column("lon", Words("经度", "Longitude"), _GEOMETRY, "119.80123", also=("lng",)),
    Column("lat", Words("纬度", "Latitude"), _GEOMETRY, "33.78123"),
)
URBAN_WORDS = {
    plain_heading(word): is_urban
    for is_urban, words in (
        (True, "城镇 城市 城 urban 1 true 是 111 112 121 122 123"),
        (False, "乡村 农村 乡 rural 0 false 否 210 220"),
    )
    for word in words.split()
}

WATER_TITLE, ROADS_TITLE = Words("水系", "Water"), Words("道路", "Roads")
GROUND_COLUMNS = (
    Column(
        "name",
        Words("名称", "Name"),
        Words(
            "河名、湖名、路名，放大后写在地图上；没有名称的照画",
            "of the river, lake or road, written on the map from near; what has none is drawn all the same",
        ),
        "某某河",
        True,
        ("河名", "路名", "河流名称", "道路名称", "水系名称"),
    ),
    Column(
        "source",
        Words("来源", "Source"),
        Words(
            "谁的图，写在图例和打印件上；各行一致，没有这一列时用文件名",
            "whose map it is, as legend and prints say it; the same in each row, the file's name where there is none",
        ),
        "某某县水利局",
        also=("数据来源", "版权", "attribution", "copyright"),
    ),
    Column(
        "as_of",
        Words("现势日期", "As of"),
        Words(
            "图是哪一天的，如 2025-06-30；没有时用 --from，再没有用导入当天",
            "the day of the map, such as 2025-06-30; without it that of --from, or the day of the import",
        ),
        "2025-06-30",
        also=("现势性", "更新日期", "数据日期", "date"),
    ),
)
