"""Who sits on a post on a day, in SQL: from its first day to the day before its end, which may lie ahead."""

from domain.shared.data_date import DATA_DATE

DAY_OF_THE_NIGHT = f"coalesce({DATA_DATE} + 1, cast(now() at time zone 'Asia/Shanghai' as date))"
"""Whose customer is whose is of this day, as the night made it: the one after the data date. Before the first night it
is today."""


def is_sat_on(post: str, day: str = DAY_OF_THE_NIGHT) -> str:
    """A condition over the alias of a post and a day, both SQL."""
    return f"{post}.from_on <= {day} and ({post}.to_on is null or {day} < {post}.to_on)"
