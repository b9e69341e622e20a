"""Who works here on a day, in SQL: he is not switched off, has come, and has not gone."""


def is_in_service(staff: str, day: str) -> str:
    """A condition over the alias of a member of staff and a day, both SQL."""
    return (
        f"({staff}.is_active and ({staff}.from_on is null or {staff}.from_on <= {day})"
        f" and ({staff}.to_on is null or {staff}.to_on > {day}))"
    )
