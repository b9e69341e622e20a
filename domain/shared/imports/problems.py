"""What is wrong with a row of an import, and what an import tells beside its changes."""

from domain.shared.statements import DATE, NUMBER, TEXT, declare

MISSING = declare("ROW_VALUE_MISSING")
NOT_A_DAY = declare("ROW_NOT_A_DAY", given=TEXT)
NOT_A_NUMBER = declare("ROW_NOT_A_NUMBER", given=TEXT)
NOT_A_SHARE = declare("ROW_NOT_A_SHARE", given=TEXT)
"""A share of full time is 1 % to 100 %."""
NOT_ONE_OF = declare("ROW_NOT_ONE_OF", given=TEXT, known=TEXT)
TOO_LONG = declare("ROW_VALUE_TOO_LONG", most=NUMBER)
NOT_KNOWN = declare("ROW_NOT_KNOWN", given=TEXT)
"""No such unit, grid or member of staff."""
TWICE = declare("ROW_TWICE", first=TEXT)
"""Another row of the file has the key and says something else."""
DAYS_TURNED = declare("ROW_DAYS_TURNED", begins_on=DATE, ends_on=DATE)
DAY_AHEAD = declare("ROW_DAY_AHEAD", day_on=DATE)
"""A transfer that has not happened yet."""
HAS_ENDED = declare("ROW_NAMES_WHO_ENDED", given=TEXT)
PLACE_INCOMPLETE = declare("ROW_PLACE_INCOMPLETE")
PLACE_TURNED = declare("ROW_PLACE_TURNED")
PLACE_ELSEWHERE = declare("ROW_PLACE_ELSEWHERE")
NO_PARENT = declare("ROW_SECOND_ROOT", first=TEXT)
IN_A_CIRCLE = declare("ROW_IN_A_CIRCLE", way=TEXT)
STILL_USED = declare("ROW_STILL_USED", unit=TEXT, staff=NUMBER, units=NUMBER, grids=NUMBER)
NO_DUTY = declare("ROW_WITHOUT_DUTY_OR_ROLE")
LEAVES_OVERLAP = declare("ROW_LEAVES_OVERLAP", from_on=DATE)
STILL_IN_FORCE = declare("ROW_CODE_IN_FORCE", given=TEXT)
"""A code that is still used has no successor."""
SAME_PERSON = declare("ROW_BOTH_POSTS", given=TEXT)
TELEPHONE = declare("ROW_NOT_A_TELEPHONE", given=TEXT)

KEPT = declare("IMPORT_KEPT", key=TEXT)
"""Somebody who decides on rights does not end because a list leaves him out."""
GRIDS_WITHOUT_ANYBODY = declare("IMPORT_GRIDS_WITHOUT_ANYBODY", grids=NUMBER, first=TEXT)
