"""Who sits on a post on a day, in SQL: from its first day to the day before its end, which may lie ahead."""

DATA_DATE = """coalesce((select cast(value #>> '{}' as date) from settings where name = 'data_date'),
                         cast(now() at time zone 'Asia/Shanghai' as date))"""
"""The data date in force: what the night made is of this day. Before the first night it is today."""


def is_sat_on(post: str, day: str = DATA_DATE) -> str:
    """A condition over the alias of a post."""
    return f"{post}.from_on <= {day} and ({post}.to_on is null or {day} < {post}.to_on)"
