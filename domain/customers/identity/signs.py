"""Whether a name that comes without its kind is a firm's, and which kind of firm. Pure.

Length proves nothing: 阿卜杜热西提·麦麦提 is a person. What a firm's name says of its trade or form does.
"""

import re

from domain.customers.identity.names import shown
from domain.customers.identity.scripts import LETTERS
from domain.customers.identity.text import DOTS, compact, half_width

_FORMS = (
    "公司|合作社|集团|企业|事务所|委员会|居委会|村委会|政府|小学|中学|学校|幼儿园|卫生院|卫生室|医院|诊所|协会|商会|中心"
    "|联社|分社|支部|福利院|敬老院|家庭农场"
)
_TRADES = (
    "超市|商行|经营部|经销部|餐馆|面馆|菜馆|饭店|酒楼|酒店|宾馆|旅馆|旅社|药房|药店|修理部|维修部|养殖场|种植户|养殖户|农场"
    "|运输户|货运部|沙龙|工作室|服务部|商店|门市部|加工厂|加工场|茶楼|茶馆|浴室|网吧|影楼|便利|小卖部|五金|建材|百货|副食"
    "|烟酒|水果|蔬菜|水产|海鲜|烧烤|火锅|快餐|早点|小吃|奶茶|蛋糕|烘焙|理发|美发|美容|服装|服饰|鞋业|家电|电器|家具|家居"
    "|装饰|装潢|门窗|灯饰|窗帘|广告|图文|文具|手机|通讯|通信|汽修|洗车|轮胎|配件|物流|快递|驿站|农资|农机|饲料|种子|粮油"
    "|食品|卤菜|熟食|豆制品|花店|母婴|婚庆|彩票|石材|钢材|玻璃|纺织|制衣"
)
_PLACES = "厂|店|铺|场|部|馆|坊|站|院|社|所|室|吧"
_FIRM = re.compile(rf"(?:{_FORMS}|{_TRADES})|(?:{_PLACES})(?:[0-9一二三四五六七八九十]+(?:号|分)?)?$")
_OF_A_PLACE = re.compile(r"..(?:省|市|县|镇|乡|街道|村|社区)..")
_BRACKETS = re.compile(r"[()\[\]<>《》【】〔〕]")
_DOT = re.compile(rf"\w[{re.escape(DOTS)}]\w")
_LATIN_WORDS = re.compile(rf"[{LETTERS}][{LETTERS} ,./<'-]*")
_SHORTEST_SIGN = 4
"""王立场 is a person: among three characters the last one proves nothing."""


def is_firm(name: str) -> bool | None:
    """True for a sign's or firm's name, False for a person's, None where the name itself does not say."""
    written = shown(name)
    if len(written) < _SHORTEST_SIGN and _FIRM.search(written) is None:
        return False
    plain = _BRACKETS.sub("", compact(written))
    is_of_a_trade = _FIRM.search(plain) is not None
    if len(plain) < _SHORTEST_SIGN:
        return None if is_of_a_trade else False
    if is_of_a_trade:
        return True
    if _DOT.search(written) or _LATIN_WORDS.fullmatch(half_width(written)):
        return False
    return True if _OF_A_PLACE.search(plain) else None


def is_firm_name(text: str, kind_of_number: str | None = None) -> bool:
    """Whether a row without a kind is about a firm: its name says so, or the customer number it quotes is a firm's.

    `kind_of_number` is the core's kind of that number (`P S E O`), if it has one.
    """
    said = is_firm(text)
    return said if said is not None else kind_of_number in ("S", "E", "O")


def kind_of_firm(credit_code: str | None, name: str) -> str:
    """By the registrar's prefix (92 sole trader, 91 and 93 enterprise), else by the name."""
    if credit_code:
        return {"92": "SOLE_TRADER", "91": "ENTERPRISE", "93": "ENTERPRISE"}.get(
            credit_code[:2], "ORGANISATION"
        )
    plain = compact(name)
    if plain.endswith(("公司", "合作社", "集团")) and not plain.endswith("股份经济合作社"):
        return "ENTERPRISE"
    if plain.endswith(("委员会", "小学", "中学", "幼儿园", "卫生院", "医院", "协会", "股份经济合作社")):
        return "ORGANISATION"
    return "SOLE_TRADER"
