"""On what the demonstration's outside feeds are held; invented, like the people and firms of whom they tell."""

from datetime import date, timedelta

from api.county.generator.bank_feeds import PATENT_OFFICE, TELLER
from domain.shared.night import Connection

_HELD_ON = (
    ("household", "LEGAL_DUTY", "核实客户身份与家庭成员", "演示:警银信息共享协议"),
    ("firm_year", "PUBLIC", "了解企业经营规模", "演示:企业信用信息公示系统年报"),
    ("registry", "PUBLIC", "核实企业登记状态", "演示:企业信用信息公示系统登记信息"),
    ("tax_power", "CONSENT", "评估企业经营状况", "演示:企业授权书(银税、银电)"),
    ("social_security", "CONSENT", "了解客户就业与缴费", "演示:客户授权书(社保)"),
    ("property", "CONSENT", "了解客户房产", "演示:客户授权书(不动产)"),
)
_TELLERS = (
    ("facts", TELLER, "PUBLIC", "了解经营主体", "演示:农业农村部门家庭农场名录"),
    ("facts", PATENT_OFFICE, "PUBLIC", "了解专利", "演示:知识产权部门公示信息"),
)


def note_sources(connection: Connection, as_of: date) -> None:
    """Bases from the beginning of the files on, for three years."""
    connection.execute("delete from sources where basis = 'NOT_NOTED'")
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into sources (feed, told_by, basis, purpose, document, from_on, until_on)"
            " values (%s, %s, %s, %s, %s, %s, %s)",
            [
                (*held, as_of - timedelta(days=730), as_of + timedelta(days=1095))
                for held in (*((feed, None, *rest) for feed, *rest in _HELD_ON), *_TELLERS)
            ],
        )
