"""What the list of due visits and the walks say of a customer."""

from domain.shared.statements import DATE, FEN, NUMBER, TEXT, declare

LOAN_OVERDUE = declare("DUE_LOAN_OVERDUE", days=NUMBER)
LOAN_MATURED = declare("DUE_LOAN_MATURED", ended_on=DATE, days=NUMBER)
AGREED = declare("DUE_AGREED", agreed_on=DATE)
LOAN_ENDING = declare("DUE_LOAN_ENDING", ends_on=DATE, days=NUMBER)
ATTRITION = declare("DUE_ATTRITION", band=NUMBER)
CADENCE = declare("DUE_CADENCE", tier=TEXT, last_visit_on=DATE)
NEVER_VISITED = declare("DUE_NEVER_VISITED", tier=TEXT)
DOOR_ON_THE_WAY = declare("DUE_DOOR_ON_THE_WAY")
"""Not due by itself: nobody of the bank was ever there, and the walk passes by."""

DEPOSIT = declare("FIGURE_DEPOSIT", deposit_fen=FEN)
LOAN = declare("FIGURE_LOAN", loan_fen=FEN)
OVERDUE = declare("FIGURE_OVERDUE", days=NUMBER)
LOAN_END = declare("FIGURE_LOAN_END", ends_on=DATE)
LAST_VISIT = declare("FIGURE_LAST_VISIT", last_visit_on=DATE)
AGREED_ON = declare("FIGURE_AGREED", agreed_on=DATE)

DUE_DONE = declare("DUE_DONE", due=NUMBER, changed=NUMBER)
