"""Columns of the lists of units and of staff, with the words that people fill in: both languages side by side."""

from domain.shared.duties import Duty
from domain.shared.org_units import OrgUnitKind
from domain.shared.sheets.columns import Column, Words, plain_heading

_DAY = Words("年-月-日，如 2026-01-31；空着表示没有", "year-month-day, such as 2026-01-31; empty for none")

ORG_TITLE = Words("机构", "Units")
ORG_COLUMNS = (
    Column(
        "code",
        Words("机构号", "Unit"),
        Words("本行自己的机构编号，不重复", "the bank's own number of the unit, each once"),
        "0301",
        True,
        ("机构编号", "机构代码", "网点号", "网点编号", "支行号", "行号", "org code", "unit code"),
    ),
    Column(
        "name",
        Words("机构名称", "Name"),
        Words("全称或常用名，60 字以内", "the name people use, 60 characters at most"),
        "城北支行",
        True,
        ("名称", "机构", "网点名称", "支行名称", "unit name"),
    ),
    Column(
        "kind",
        Words("机构类别", "Kind"),
        Words(
            "总行、分支行（下面还有网点）、网点、部门之一；空着时按上下级判断",
            "head office, branch (with outlets below it), outlet or department; by its place in the tree where empty",
        ),
        "网点",
        also=("类别", "类型", "机构类型"),
    ),
    Column(
        "parent",
        Words("上级机构号", "Parent"),
        Words(
            "上级的机构号；只有总行空着，层级不限",
            "the number of the unit above; empty for the head office alone",
        ),
        "0001",
        also=("上级", "上级机构", "隶属机构", "管辖机构号", "parent unit"),
    ),
    Column(
        "address",
        Words("地址", "Address"),
        Words("门牌地址，100 字以内", "100 characters at most"),
        "人民路 1 号",
        also=("机构地址", "网点地址"),
    ),
    Column(
        "lon",
        Words("经度", "Longitude"),
        Words(
            "十进制度数，如 119.80；与纬度、坐标系一起填写",
            "decimal degrees; together with latitude and datum",
        ),
        "119.80123",
        also=("lng",),
    ),
    Column(
        "lat",
        Words("纬度", "Latitude"),
        Words("十进制度数，如 33.78", "decimal degrees"),
        "33.78123",
    ),
    Column(
        "datum",
        Words("坐标系", "Datum"),
        Words(
            "WGS84（GPS、天地图）、GCJ02（高德、腾讯、微信）或 BD09（百度）：填错会差几百米",
            "WGS84, GCJ02 or BD09: where the point was read; the wrong one is hundreds of metres off",
        ),
        "GCJ02",
        also=("坐标", "坐标来源"),
    ),
    Column(
        "town",
        Words("乡镇代码", "Town"),
        Words("所在乡镇（街道）的代码", "the code of its town"),
        "",
        also=("乡镇", "镇代码"),
    ),
    Column(
        "from_on", Words("开业日期", "From"), _DAY, "2015-06-01", also=("启用日期", "成立日期", "生效日期")
    ),
    Column(
        "to_on",
        Words("撤并日期", "To"),
        Words(
            "不再存在的第一天；空着表示一直在",
            "the first day on which it is there no more; empty while it is",
        ),
        "",
        also=("撤销日期", "终止日期", "停用日期", "失效日期"),
    ),
    Column(
        "since_on",
        Words("变更日期", "Since"),
        Words("改名、改上级从哪天起；空着按导入的生效日", "since when its name, kind and parent are so"),
        "",
    ),
)

STAFF_TITLE = Words("员工", "Staff")
STAFF_COLUMNS = (
    Column(
        "number",
        Words("员工号", "Number"),
        Words("工号，不重复；也是登录账号", "the staff number, each once; also the account to sign in with"),
        "301001",
        True,
        ("工号", "柜员号", "人员编号", "员工编号", "staff number"),
    ),
    Column(
        "name",
        Words("姓名", "Name"),
        Words("40 字以内", "40 characters at most"),
        "王磊",
        True,
        ("员工姓名",),
    ),
    Column(
        "unit",
        Words("机构号", "Unit"),
        Words("现在所在机构的编号，须已在机构清单里", "the unit where he works now; it has to be there"),
        "0301",
        True,
        ("机构编号", "机构代码", "所属机构", "所属机构号", "所在机构", "网点号", "支行号"),
    ),
    Column(
        "duty",
        Words("职责", "Duty"),
        Words(
            "管户（客户经理）或管机构（网点负责人）；都不是则空着并填写角色",
            "customers (a customer manager) or unit (who leads an outlet); else leave it empty and name the role",
        ),
        "管户",
        also=("岗位职责", "岗位"),
    ),
    Column(
        "role",
        Words("角色", "Role"),
        Words(
            "角色的名称或代码；空着时按职责：管户、管机构各用其默认角色",
            "the name or code of the role; where empty, the one that goes with the duty",
        ),
        "",
        also=("角色代码", "系统角色"),
    ),
    Column(
        "phone",
        Words("手机", "Telephone"),
        Words("办公或手机号码", "office or mobile"),
        "13800000000",
        also=("电话", "手机号", "联系电话"),
    ),
    Column(
        "full_time_percent",
        Words("全职比例", "Share of full time"),
        Words(
            "不是全职的，写占全职的比例：50% 或 0.5；空着是全职。均衡建议和人均工作量按它折算",
            "50% or 0.5 for who does not work full time; empty for full time. Balance and work by person count it so",
        ),
        "",
        also=("工时比例", "在岗比例", "全时比例", "FTE", "full time"),
    ),
    Column("from_on", Words("入职日期", "From"), _DAY, "2018-07-01", also=("入行日期",)),
    Column(
        "to_on",
        Words("离职日期", "To"),
        Words(
            "不再在职的第一天：从这天起不能登录",
            "the first day on which he no longer works here: no sign-in from then",
        ),
        "",
        also=("离行日期", "退休日期"),
    ),
    Column(
        "since_on",
        Words("到岗日期", "Since"),
        Words(
            "调入现机构、现职责的日期；空着按导入的生效日",
            "since when he has been at this unit with this duty",
        ),
        "2024-03-01",
        also=("调动日期", "调入日期"),
    ),
    Column("leave_from_on", Words("休假起", "Leave from"), _DAY, "", also=("请假起", "休假开始")),
    Column(
        "leave_to_on",
        Words("休假止", "Leave to"),
        Words("回来上班的那一天", "the day on which he is back"),
        "",
        also=("请假止", "休假结束", "返岗日期"),
    ),
)


def _plain(*pairs: tuple[str, str]) -> dict[str, str]:
    return {plain_heading(word): value for words, value in pairs for word in words.split()}


UNIT_KINDS = _plain(
    ("总行 总部 联社 HEAD_OFFICE headoffice", OrgUnitKind.HEAD_OFFICE.value),
    ("分支行 分行 管辖行 管辖支行 中心支行 BRANCH", OrgUnitKind.BRANCH.value),
    ("网点 支行 分理处 储蓄所 营业部 营业厅 OUTLET", OrgUnitKind.OUTLET.value),
    ("部门 部室 处室 部 中心 DEPARTMENT", OrgUnitKind.DEPARTMENT.value),
)
DUTIES = _plain(
    ("管户 客户经理 网格经理 CUSTOMERS", Duty.CUSTOMERS.value),
    ("管机构 网点负责人 支行行长 行长 负责人 主任 UNIT", Duty.UNIT.value),
)
DATUMS = _plain(
    ("WGS84 WGS-84 GPS 天地图 CGCS2000 国家2000 大地2000", "WGS84"),
    ("GCJ02 GCJ-02 高德 腾讯 微信 火星", "GCJ02"),
    ("BD09 BD-09 百度", "BD09"),
)
