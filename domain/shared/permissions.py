"""What an actor may do at all. Which rows he may do it to is his scope.

A room declares its permissions beside its rules (`domain/<context>/permissions.py`); which of them a process knows is a
list given as an argument. This room's own are those of the night, of what two persons decide, and of rights themselves.
"""

from typing import Self


class Permission(str):
    """The code, `room.act`, with its words in Chinese and English."""

    __slots__ = ("en", "zh")
    zh: str
    en: str

    def __new__(cls, code: str, *, zh: str, en: str) -> Self:
        made = super().__new__(cls, code)
        made.zh, made.en = zh, en
        return made

    @property
    def name(self) -> str:
        """As an enumeration names it: `tasks.record_visit` is TASKS_RECORD_VISIT."""
        return name_of(self)


def name_of(code: str) -> str:
    return code.replace(".", "_").upper()


VIEW_NIGHTS = Permission("nights.view", zh="查看夜间批处理", en="see nights and batches")
START_NIGHT = Permission("nights.start", zh="启动夜间批处理", en="start a night")

NIGHTS = (VIEW_NIGHTS, START_NIGHT)

VIEW_PARAMETERS = Permission("parameters.view", zh="查看参数", en="see parameters")
PROPOSE_PARAMETERS = Permission("parameters.propose", zh="提议修改参数", en="propose other parameters")
DECIDE_PARAMETERS = Permission("parameters.decide", zh="复核参数修改", en="decide on parameters")
VIEW_PROPOSALS = Permission("proposals.view", zh="查看待复核事项", en="see what waits for a second person")
PARAMETERS = (VIEW_PARAMETERS, PROPOSE_PARAMETERS, DECIDE_PARAMETERS, VIEW_PROPOSALS)

VIEW_IMPORTS = Permission("imports.view", zh="查看导入的清单", en="see imported lists")
BRING_IMPORTS = Permission("imports.bring", zh="提交清单并试运行", en="bring a list and try it")
DECIDE_IMPORTS = Permission("imports.decide", zh="复核并执行、撤销导入", en="carry out and take back imports")
IMPORTS = (VIEW_IMPORTS, BRING_IMPORTS, DECIDE_IMPORTS)

VIEW_RIGHTS = Permission("rights.view", zh="查看角色与授权", en="see roles and grants")
PROPOSE_RIGHTS = Permission("rights.propose", zh="提议修改角色与授权", en="propose other roles and grants")
DECIDE_RIGHTS = Permission("rights.decide", zh="复核角色与授权", en="decide on roles and grants")
RIGHTS = (VIEW_RIGHTS, PROPOSE_RIGHTS, DECIDE_RIGHTS)

SEND_FILES = Permission("files.send", zh="上传文件", en="send files")
VIEW_ACCOUNTS = Permission("accounts.view", zh="查看账号状态", en="see the state of accounts")
HAND_OUT_CODES = Permission("accounts.hand_out", zh="发放账号一次性码", en="hand out one-time codes")

FILES = (SEND_FILES,)
ACCOUNTS = (VIEW_ACCOUNTS, HAND_OUT_CODES)
