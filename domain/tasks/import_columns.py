"""Columns of the lists of leaves, and of what a former system kept: both languages side by side."""

from domain.shared.sheets.columns import Column, Words, plain_heading

LEAVE_TITLE = Words("休假", "Leave")
LEAVE_COLUMNS = (
    Column(
        "number",
        Words("员工号", "Number"),
        Words("休假的人；一个人可以有几行", "who is away; somebody may have several rows"),
        "301001",
        True,
        ("工号", "柜员号", "人员编号", "员工编号", "staff number"),
    ),
    Column(
        "from_on",
        Words("休假起", "From"),
        Words("休假的第一天，如 2026-12-01", "the first day, such as 2026-12-01"),
        "2026-12-01",
        True,
        ("请假起", "休假开始", "开始日期", "休假开始日期", "请假开始日期", "leave from"),
    ),
    Column(
        "back_on",
        Words("返岗日期", "Back on"),
        Words("回来上班的那一天；空着是还没有定", "the day on which he is back; empty while that is open"),
        "2026-12-08",
        also=("休假止", "请假止", "休假结束", "返岗日", "销假日期", "leave to"),
    ),
)

OLD_TITLE = Words("旧系统走访与档案", "Visits and files of a former system")
OLD_COLUMNS = (
    Column(
        "source",
        Words("来源系统", "Source"),
        Words(
            "这一行出自哪个系统，40 字以内；客户页上照此标明",
            "which system the row is from; the customer's page says so",
        ),
        "原网格营销系统",
        True,
        ("来源", "系统", "系统名称", "source system"),
    ),
    Column(
        "made_on",
        Words("日期", "Day"),
        Words("走访或建档的日期，不晚于今天", "the day of the visit or entry, not after today"),
        "2026-03-18",
        True,
        ("走访日期", "拜访日期", "走访时间", "建档日期", "登记日期", "visit date", "date"),
    ),
    Column(
        "certificate",
        Words("证件号码", "Certificate"),
        Words(
            "客户的证件号码或统一社会信用代码；证件号码、客户号、账号至少填一项",
            "of the customer, or the credit code; one of certificate, customer number and account at least",
        ),
        "",
        also=("身份证号", "身份证号码", "证件号", "统一社会信用代码", "id number"),
    ),
    Column(
        "cust_no",
        Words("客户号", "Customer number"),
        Words("核心客户号", "the core's number"),
        "100200300",
        also=("核心客户号", "客户编号", "customer"),
    ),
    Column(
        "account",
        Words("账号", "Account"),
        Words("客户的存款账号", "of a deposit of his"),
        "",
        also=("存款账号", "账户", "卡号", "account number"),
    ),
    Column(
        "kind",
        Words("类别", "Kind"),
        Words("走访或档案；空着是走访", "visit or file; a visit where empty"),
        "走访",
        also=("类型", "记录类别"),
    ),
    Column(
        "outcome",
        Words("走访结果", "Outcome"),
        Words(
            "有意向、暂不需要、拒绝、未见到、待跟进之一；空着算见到了，未见到的不算走访过",
            "interested, not now, refused, not found or follow up; empty counts as seen, not found as not visited",
        ),
        "有意向",
        also=("结果", "走访情况", "visit outcome"),
    ),
    Column(
        "by_whom",
        Words("走访人", "By whom"),
        Words(
            "当时的人，姓名或工号，40 字以内；不计入任何人的业绩",
            "who went then; counts for nobody's figures",
        ),
        "",
        also=("客户经理", "走访人员", "拜访人", "经办人", "建档人", "visited by"),
    ),
    Column(
        "content",
        Words("内容", "Content"),
        Words("走访记录或档案内容，2,000 字以内", "what was said or kept, 2,000 characters at most"),
        "",
        also=("走访内容", "走访记录", "拜访内容", "备注", "档案内容", "note", "notes"),
    ),
    Column(
        "number",
        Words("流水号", "Number"),
        Words(
            "旧系统里这条记录的编号；有了它，更正后的文件再导入时改的是同一条",
            "of the record in the former system: a corrected file then changes the same record",
        ),
        "V20260318001",
        also=("记录编号", "走访编号", "编号", "序号", "record number", "id"),
    ),
)


def _named(*pairs: tuple[str, str]) -> dict[str, str]:
    return {plain_heading(word): code for code, words in pairs for word in words.split()}


KINDS = _named(("VISIT", "走访 拜访 VISIT"), ("FILE", "档案 客户档案 建档 FILE"))
OUTCOMES = _named(
    ("INTERESTED", "有意向 INTERESTED"),
    ("NOT_NOW", "暂不需要 暂无需求 无需求 NOT_NOW"),
    ("REFUSED", "拒绝 REFUSED"),
    ("NOT_FOUND", "未见到 未遇 不在家 无人 NOT_FOUND"),
    ("FOLLOW_UP", "待跟进 跟进 FOLLOW_UP"),
)
