"""On what the bank may hold what others tell of people and firms, and the one condition that asks it of a day.

The bases are those of article 13 of the personal information protection law as far as a bank can have them.
"""

BASES = ("CONSENT", "CONTRACT", "LEGAL_DUTY", "PUBLIC")
"""单独同意或授权, 订立履行合同所必需, 法定职责或义务, 依法公开的信息."""

NOT_NOTED = "NOT_NOTED"
"""A feed that was in use before bases were noted. It goes on, and every list says that its basis is missing."""

IN_FORCE = """from_on <= cast(%(day)s as date) and cast(%(day)s as date) <= until_on
 and (ended_on is null or cast(%(day)s as date) < ended_on)"""
"""Of a row of `sources`: whether it carries a day. It holds through its last day, and not on the day of its end."""
