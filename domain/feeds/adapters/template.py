"""A description to begin with: every part of one, with what it is for beside it. Chinese first, as its readers are."""

from domain.feeds.contracts import Column, ColumnType, Feed

_HEAD = """# {title}（{name}）的适配说明 —— 由 IT 人员填写，# 之后是注释
# 试读：./yunge feeds try 本文件 数据文件      启用：./yunge feeds add 本文件 --by 账号 --reason 理由
# 说明与样例：docs/adapters.md

feed = "{name}"
source = "core"            # 来源：同一数据源可有几个来源，各用各的名称（小写字母、数字、下划线）
from = {day}          # 生效日：数据日期从这一天起的文件按本说明读取
note = ""

[file]
# folder = "core/{{YYYYMMDD}}"      # 落地目录下的目录，可含日期；命令行添加的还可以是 /nas/… 这样的绝对路径，就地读取
name = "{upper}_{{YYYYMMDD}}.txt"  # {{YYYYMMDD}} 数据日期，{{N}} 当日序号，* 任意字符
format = "delimited"       # delimited 分隔符 | fixed 定长（按字节） | csv 带引号 | xlsx
encoding = "GBK"           # GBK、GB18030、UTF-8、UTF-16
delimiter = "|"            # 任意字符，或 "0x1D"、"0x03"、"TAB"
header = 1                 # 表头有几行（取最后一行的列名）；没有表头写 0
# columns = ["账号", "户名"]  # 没有表头时给各列命名；也可以不命名，下面直接写列的位置（从 1 起）
# widths = [20, 60]        # 定长：各列的字节数
# trailer = 1              # 尾行有几行；或写尾行开头的文字，如 "合计"
# gz = true                # gzip 压缩
mode = "full"              # full 全量 | increment 增量（还要写 [operations]）

[control]                  # 怎样知道文件已经写完
name = "{{stem}}.ok"         # 控制文件（.ok、.ctl、.flg）：{{file}} 是数据文件名，{{stem}} 是去掉后缀的数据文件名
# rows = "ROWS"            # 控制文件里的行数：等号前的名称，或第几项（以 delimiter 分开）
#                          # amount、bytes、md5、sha256 同理
# amount_unit = "元"
# 尾行中的计数：kind = "trailer"，rows = 2，amount = 3
# 没有控制文件：kind = "none"，settle_minutes = 10（多少分钟没有改动才接收）

# [operations]             # 增量标志
# from = "标志"
# upsert = ["I", "U"]
# delete = ["D"]

# [[skip]]                 # 略过的行：is、is_not、starts、ends、contains 之一
# from = "账号"
# starts = ["TEST"]

[columns]                  # 左边是约定的列，右边是文件的列名或位置；必填列在前
# 其他写法：{{ constant = "1" }}、{{ join = ["省", "市"], with = "" }}、
#          {{ from = "状态", codes = {{ "正常" = "1" }}, unknown = "0", empty = "1" }}
"""


def template(feed: Feed, day: str) -> str:
    """A description that holds as it stands once the names on the right are the file's own. `day` is ISO 8601."""
    head = _HEAD.format(name=feed.name, title=feed.title, day=day, upper=feed.name.upper())
    needed = [column for column in feed.columns if column.required or column.name in feed.key]
    others = [column for column in feed.columns if column not in needed]
    lines = [_line(column, is_needed=True) for column in needed]
    lines += [_line(column, is_needed=False) for column in others]
    return head + "".join(line + "\n" for line in lines)


def _line(column: Column, *, is_needed: bool) -> str:
    value, told = f'"{column.name}"', ""
    if column.allowed:
        codes = ", ".join(f'"{code}" = "{code}"' for code in column.allowed)
        value, told = f'{{ from = "{column.name}", codes = {{ {codes} }} }}', "对照表：左边写文件里的代码"
    elif column.type is ColumnType.YUAN:
        value, told = f'{{ from = "{column.name}", unit = "元" }}', "元、角、分、千元、万元"
    elif column.type is ColumnType.PERCENT:
        value, told = f'{{ from = "{column.name}", unit = "%" }}', "%、‰、月‰、小数、bp"
    elif column.type is ColumnType.DATE:
        value, told = f'{{ from = "{column.name}", date = "YYYYMMDD" }}', "或 DD/MM/YYYY、YYYYDDD 等"
        if column.may_be_open:
            value = f'{{ from = "{column.name}", date = "YYYYMMDD", open = ["0"] }}'
            told = "open：表示长期的写法"
    told = "必填。" + told if is_needed else told
    return f"{'' if is_needed else '# '}{column.name} = {value}" + (f"  # {told}" if told else "")
