"""Columns of the lists of posts and of members: both languages side by side."""

from domain.shared.sheets.columns import Column, Words, plain_heading

POSTS_TITLE = Words("岗位", "Posts")
POSTS_COLUMNS = (
    Column(
        "grid",
        Words("网格编号", "Grid"),
        Words("生效方案里小网格的编号", "the code of a small grid of the plan in force"),
        "0301-02",
        True,
        ("网格号", "网格", "网格代码", "grid code"),
    ),
    Column(
        "post",
        Words("A/B岗", "Post"),
        Words("A（负责）或 B（替补）", "A is responsible, B covers"),
        "A",
        True,
        ("岗位", "AB岗", "岗位类别"),
    ),
    Column(
        "staff",
        Words("员工号", "Staff number"),
        Words("空着表示暂时无人", "empty where nobody has it"),
        "301001",
        True,
        ("工号", "柜员号", "人员编号", "number"),
    ),
    Column(
        "from_on",
        Words("上岗日期", "From"),
        Words("从哪天起；空着按导入的生效日", "since when; the day of the import where empty"),
        "2026-01-01",
        also=("开始日期", "到岗日期"),
    ),
    Column(
        "to_on",
        Words("离岗日期", "To"),
        Words("不再在岗的第一天；空着表示一直在岗", "the first day on which he no longer has it"),
        "",
        also=("结束日期",),
    ),
)
POST_NAMES = {
    plain_heading(word): post
    for post, words in (("A", "A A岗 主岗"), ("B", "B B岗 副岗"))
    for word in words.split()
}

GRIDS_TITLE = Words("网格", "Grids")
GRIDS_COLUMNS = (
    Column(
        "code",
        Words("网格编号", "Grid"),
        Words("大、小网格各自的编号，不重复", "the code of a small or large grid"),
        "0301-02",
        True,
        ("网格号", "网格", "网格代码", "grid code", "grid_code", "代码", "编码", "编号"),
    ),
    Column(
        "atoms",
        Words("原子编号", "Atoms"),
        Words(
            "属于它的原子，用空格或逗号隔开；也可以每个原子写一行。地图文件里不用填",
            "its atoms, with blanks or commas between; or a row an atom. Not in maps",
        ),
        "119900101201001 119900101201002",
        also=("原子", "原子代码", "小组编号", "小区编号", "atom", "atom code", "atom_code"),
    ),
    Column(
        "name",
        Words("网格名称", "Name"),
        Words("空着时取编号", "its code where empty"),
        "城北二号网格",
        also=("名称", "grid name"),
    ),
    Column(
        "level",
        Words("大小", "Level"),
        Words("小网格或大网格；空着是小网格", "small or large; small where empty"),
        "小网格",
        also=("级别", "类别", "类型", "网格类别", "网格类型", "网格级别", "kind"),
    ),
    Column(
        "parent",
        Words("大网格编号", "Parent"),
        Words(
            "小网格所在的大网格；没有就都空着",
            "the large grid of a small one; empty for all where there are none",
        ),
        "L03",
        also=("上级网格", "所属大网格", "大网格", "parent code", "parent_code", "parent_cod"),
    ),
    Column(
        "outlet",
        Words("网点号", "Outlet"),
        Words("负责它的机构编号", "the unit that works it"),
        "0301",
        also=("机构号", "机构编号", "网点", "所属机构", "org code", "org_code", "unit"),
    ),
    Column(
        "a",
        Words("A岗员工号", "Post A"),
        Words(
            "负责的客户经理；空着时现在的人接着干",
            "who is responsible; whoever sits there goes on where empty",
        ),
        "301001",
        also=("A岗", "主岗", "A岗工号", "post a", "post_a"),
    ),
    Column(
        "b",
        Words("B岗员工号", "Post B"),
        Words("替补的客户经理", "who covers"),
        "301002",
        also=("B岗", "副岗", "B岗工号", "post b", "post_b"),
    ),
)
LEVELS = {
    plain_heading(word): level
    for level, words in (("SMALL", "小网格 小 SMALL 微网格"), ("LARGE", "大网格 大 LARGE 片区"))
    for word in words.split()
}

MEMBERS_TITLE = Words("名单成员", "Members of lists")
MEMBERS_COLUMNS = (
    Column(
        "list",
        Words("名单编号", "List"),
        Words("名单网格的编号，以 @ 开头", "the code of a list, which begins with @"),
        "@MK01",
        True,
        ("名单", "名单代码", "市场编号", "list code"),
    ),
    Column(
        "customer",
        Words("客户号", "Customer"),
        Words(
            "核心客户号，或证件号码、统一社会信用代码；模板里没有核心客户号的客户写作 # 加编号",
            "the core's number, the number of the certificate, or the credit code; templates name who has no number of "
            "the core by # and ours",
        ),
        "100200300",
        True,
        ("核心客户号", "证件号码", "统一社会信用代码", "身份证号", "customer number"),
    ),
    Column(
        "to_on",
        Words("到期日", "To"),
        Words("不再在名单上的第一天；空着表示一直在", "the first day on which he is no longer on it"),
        "",
        also=("结束日期", "截止日期"),
    ),
)

SUCCESSORS_TITLE = Words("后继代码", "Successors of codes")
SUCCESSORS_COLUMNS = (
    Column(
        "old_code",
        Words("原代码", "Old code"),
        Words("已撤销的村代码或原子编号", "the code of a village or atom that was abolished"),
        "119900101209",
        True,
        ("旧代码", "撤销代码", "变更前代码", "原编码", "旧编码"),
    ),
    Column(
        "new_code",
        Words("新代码", "New code"),
        Words(
            "接替它的村代码或原子编号；拆成几个的，填占得最多的一个",
            "the code that follows it; of one that was split the code that has most of it",
        ),
        "119900101201",
        True,
        ("后继代码", "变更后代码", "新编码"),
    ),
    Column(
        "from_on",
        Words("变更日期", "From"),
        Words("从哪天起；空着按导入的生效日", "from which day on; the day of the import where empty"),
        "2026-01-01",
        also=("生效日期", "启用日期", "撤销日期"),
    ),
)
