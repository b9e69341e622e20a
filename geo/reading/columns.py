"""What people call the columns of their maps: names that are looked for, in this order."""

NAME = ("name", "name_zh", "名称", "姓名", "MC", "NAME_CHN", "XZQMC", "ZLDWMC", "QSDWMC", "title", "标题")
CODE = ("code", "代码", "编码", "区划代码", "adcode", "DM", "XZQDM", "ZLDWDM", "QSDWDM", "id")
COUNTY = ("county", "县", "区县", "县名", "XJMC")
CITY = ("city", "市", "地市", "城市")
PROVINCE = ("province", "省", "省份")
TOWN = ("town_zh_hans", "town", "乡镇", "乡镇名称", "镇", "街道", "所属乡镇", "XZMC", "TOWNNAME")
TOWN_CODE = ("town_code", "乡镇代码", "镇代码", "XZDM", "TOWNCODE")
VILLAGE = ("village_zh_hans", "village", "村", "村名", "行政村", "村社", "社区", "CMC", "VILLNAME")
VILLAGE_CODE = ("village_code", "村代码", "村编码", "CDM", "VILLCODE")
URBAN_RURAL = ("ur_code", "urban_rural_class", "城乡分类", "城乡分类代码", "城乡类型")
DATUM = ("datum", "坐标系", "坐标系统", "coordsys", "coordinate_system")
DATUM_WORDS = {
    "wgs84": "WGS84",
    "wgs1984": "WGS84",
    "epsg4326": "WGS84",
    "epsg4490": "WGS84",
    "cgcs2000": "WGS84",
    "国家2000": "WGS84",
    "大地2000": "WGS84",
    "gcj02": "GCJ02",
    "火星坐标": "GCJ02",
    "火星坐标系": "GCJ02",
    "高德": "GCJ02",
    "高德坐标": "GCJ02",
    "腾讯坐标": "GCJ02",
    "bd09": "BD09",
    "bd09ll": "BD09",
    "百度": "BD09",
    "百度坐标": "BD09",
}
"""How a column names a datum, without blanks, hyphens and capitals."""
