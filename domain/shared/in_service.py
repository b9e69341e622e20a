"""Who works here on a day, in SQL: he is not switched off, has come, and has not gone. Who is there is not on leave
either."""

TODAY = "cast(now() at time zone 'Asia/Shanghai' as date)"
"""The bank day of this moment, in SQL."""


def is_in_service(staff: str, day: str) -> str:
    """A condition over the alias of a member of staff and a day, both SQL."""
    return (
        f"({staff}.is_active and ({staff}.from_on is null or {staff}.from_on <= {day})"
        f" and ({staff}.to_on is null or {staff}.to_on > {day}))"
    )


def is_on_leave(staff_id: str, day: str) -> str:
    """A condition over the id of a member of staff and a day, both SQL: from the first day to the day before he is
    back."""
    return (
        f"exists (select from staff_leaves l where l.staff_id = {staff_id} and l.from_on <= {day}"
        f" and (l.to_on is null or {day} < l.to_on))"
    )


def is_there(staff: str, day: str) -> str:
    """In service and not on leave, over the alias of a member of staff and a day, both SQL."""
    return f"({is_in_service(staff, day)} and not {is_on_leave(f'{staff}.id', day)})"
