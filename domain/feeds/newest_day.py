"""The newest day of which files are there: while a night is under way it is that of the night."""

from domain.shared.data_date import DATA_DATE

NEWEST_DAY = f"""
select greatest({DATA_DATE}, (select max(data_date) from batches where state = 'LOADED'))
"""  # noqa: S608
