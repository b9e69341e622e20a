"""What is said of files, of their lines, and of the steps that take them.

A statement about lines carries how many there are and which come first. Beside a quarantined line it stands without
both, and never
with what the line holds: where columns are shifted that is somebody's name or certificate.
"""

from domain.shared.statements import FEN, NUMBER, TEXT, declare

ENCODING_DECLARED = declare("FILE_ENCODING_DECLARED", declared=TEXT, agreed=TEXT)
ENCODING_FOUND = declare("FILE_ENCODING_FOUND", declared=TEXT, found=TEXT)
BROKEN = declare("FILE_BROKEN", declared=TEXT, rows=NUMBER, broken=NUMBER)
LINE_TOO_LONG = declare("FILE_LINE_TOO_LONG")
CHANGED_WHILE_READ = declare("FILE_CHANGED_WHILE_READ")
ROWS_DIFFER = declare("FILE_ROWS_DIFFER", file_rows=NUMBER, control_rows=NUMBER)
# Said by earlier releases, which refused what is held now; rows of theirs still say it.
ROWS_UNUSUAL = declare(
    "FILE_ROWS_UNUSUAL",
    rows=NUMBER,
    previous=TEXT,
    previous_rows=NUMBER,
    rows_share=NUMBER,
    lowest_share=NUMBER,
    highest_share=NUMBER,
)
COLUMNS_DIFFER = declare("FILE_COLUMNS_DIFFER", agreed=NUMBER, found=NUMBER, rows=NUMBER)
AMOUNT_DIFFERS = declare("FILE_AMOUNT_DIFFERS", column=TEXT, file_exact_fen=FEN, control_exact_fen=FEN)
AMOUNT_SET_ASIDE = declare("FILE_AMOUNT_SET_ASIDE", lines=NUMBER, first_lines=TEXT, carried_exact_fen=FEN)
AMOUNT_AGREES = declare("FILE_AMOUNT_AGREES", column=TEXT, difference_exact_fen=FEN)
AMOUNT_OPEN = declare("FILE_AMOUNT_OPEN", column=TEXT, difference_exact_fen=FEN, first_lines=TEXT)
ROWS_AGREE = declare("FILE_ROWS_AGREE", file_rows=NUMBER, control_rows=NUMBER)
VILLAGES_UNKNOWN = declare("FILE_VILLAGES_UNKNOWN", lines=NUMBER, first_lines=TEXT)
BLANKS_DROPPED = declare("FILE_BLANKS_DROPPED", blanks=NUMBER)
TOO_MANY_BAD = declare("FILE_TOO_MANY_BAD", feed=TEXT, rows=NUMBER, bad=NUMBER, allowed_share=NUMBER)
HEADER = declare("FILE_HEADER")
HEADER_RENAMED = declare("FILE_HEADER_RENAMED", unknown=TEXT, missing=TEXT)
NOT_OPENED = declare("FILE_NOT_OPENED", file=TEXT, problem=TEXT)
NOT_REGULAR = declare("FILE_NOT_REGULAR", file=TEXT)
WITHOUT_DATA = declare("FILE_WITHOUT_DATA", file=TEXT)
WITHOUT_CONTROL = declare("FILE_WITHOUT_CONTROL", file=TEXT)
HASH_DIFFERS = declare("FILE_HASH_DIFFERS", file=TEXT, found=TEXT, wanted=TEXT)
NAME_TAKEN = declare("FILE_NAME_TAKEN", batch=TEXT, next=TEXT)
CONTROL_CHANGED = declare("FILE_CONTROL_CHANGED", batch=TEXT, next=TEXT)
SAME_BYTES = declare("FILE_SAME_BYTES", file=TEXT)
HELD = declare("FILE_HELD", rows=NUMBER, before=NUMBER, after=NUMBER, ended=NUMBER, added=NUMBER)
HELD_EMPTY = declare("FILE_HELD_EMPTY", rows=NUMBER, before=NUMBER)
REPLACED = declare("FILE_REPLACED")
SUPERSEDED = declare("FILE_SUPERSEDED", file=TEXT)
CORRECTED = declare("FILE_CORRECTED", file=TEXT)
MISSING = declare("FILE_MISSING", feed=TEXT, file=TEXT)
NO_BASIS = declare("FILE_NO_BASIS", feed=TEXT)
WITHHELD = declare("FILE_ROWS_WITHHELD", told_by=TEXT, rows=NUMBER)
WITHHELD_OTHERS = declare("FILE_ROWS_WITHHELD_OTHERS", parties=NUMBER, rows=NUMBER)

CONTROL_BYTES = declare("CONTROL_BYTES")
CONTROL_INCOMPLETE = declare("CONTROL_INCOMPLETE", missing=TEXT)
CONTROL_UNREADABLE = declare("CONTROL_UNREADABLE")
CONTROL_AMOUNT = declare("CONTROL_AMOUNT")
CONTROL_AMOUNT_MISSING = declare("CONTROL_AMOUNT_MISSING", column=TEXT)
CONTROL_CONTRADICTS = declare("CONTROL_CONTRADICTS", name=TEXT)
CONTROL_MODE = declare("CONTROL_MODE", mode=TEXT)

MARKS_DROPPED = declare("FILE_MARKS_DROPPED", marks=NUMBER, first_line=NUMBER)
AMOUNT_UNASKED = declare("FILE_AMOUNT_UNASKED", control_exact_fen=FEN)

ENTRY_UNSEEN = declare("ENTRY_UNSEEN")
ENTRY_SYMLINK = declare("ENTRY_SYMLINK")
ENTRY_NOT_A_FILE = declare("ENTRY_NOT_A_FILE")
ENTRY_LINKED_TWICE = declare("ENTRY_LINKED_TWICE")
ENTRY_NAME = declare("ENTRY_NAME")

ROW_COLUMNS = declare("ROW_COLUMNS", agreed=NUMBER, found=NUMBER, lines=NUMBER, first_lines=TEXT)
ROW_EMPTY = declare("ROW_EMPTY", column=TEXT, lines=NUMBER, first_lines=TEXT)
ROW_TYPE = declare("ROW_TYPE", column=TEXT, type=TEXT, lines=NUMBER, first_lines=TEXT)
ROW_ONE_OF = declare("ROW_ONE_OF", column=TEXT, columns=TEXT, lines=NUMBER, first_lines=TEXT)
ROW_CURRENCY = declare("ROW_CURRENCY", column=TEXT, lines=NUMBER, first_lines=TEXT)
ROW_UNREADABLE = declare("ROW_UNREADABLE", column=TEXT, lines=NUMBER, first_lines=TEXT)
ROW_TOO_LONG = declare("ROW_TOO_LONG", column=TEXT, most=NUMBER, lines=NUMBER, first_lines=TEXT)
ROW_RANGE = declare("ROW_RANGE", column=TEXT, lines=NUMBER, first_lines=TEXT)
ROW_DATUM = declare("ROW_DATUM", column=TEXT, allowed=TEXT, lines=NUMBER, first_lines=TEXT)
ROW_ALLOWED = declare("ROW_ALLOWED", column=TEXT, allowed=TEXT, lines=NUMBER, first_lines=TEXT)
ROW_KEY_REPEATED = declare("ROW_KEY_REPEATED", lines=NUMBER, first_lines=TEXT)
ROW_KEY_UNCHANGED = declare("ROW_KEY_UNCHANGED", lines=NUMBER, first_lines=TEXT)
ROW_BROKEN = declare("ROW_BROKEN", lines=NUMBER, first_lines=TEXT)
ROW_ENCODING = declare("ROW_ENCODING", lines=NUMBER, first_lines=TEXT)
ROW_TWIN = declare("ROW_TWIN", lines=NUMBER, first_lines=TEXT)

LOOKS_AT = declare("FIND_LOOKS_AT", batch=TEXT)
FOUND = declare("FIND_DONE", batches=NUMBER)
FOUND_MISSING = declare("FIND_DONE_MISSING", batches=NUMBER, feeds=TEXT)
FOUND_ODD = declare("FIND_DONE_ODD", batches=NUMBER, odd=NUMBER)
FOUND_MISSING_ODD = declare("FIND_DONE_MISSING_ODD", batches=NUMBER, feeds=TEXT, odd=NUMBER)
TAKES = declare("INTAKE_TAKES", feed=TEXT, batch=TEXT)
TAKEN = declare("INTAKE_DONE", feed=TEXT, batches=NUMBER, rows=NUMBER, changed=NUMBER)
CLOSED = declare("INTAKE_CLOSED", feed=TEXT, rows=NUMBER)
CLOSED_SOME = declare("INTAKE_CLOSED_SOME", feed=TEXT, closed=NUMBER, rows=NUMBER, changed=NUMBER)
TAKEN_REFUSED = declare(
    "INTAKE_DONE_REFUSED", feed=TEXT, batches=NUMBER, rows=NUMBER, changed=NUMBER, refused=NUMBER
)
TAKEN_HELD = declare("INTAKE_DONE_HELD", feed=TEXT, batches=NUMBER, rows=NUMBER, changed=NUMBER, held=NUMBER)
TAKEN_REFUSED_HELD = declare(
    "INTAKE_DONE_REFUSED_HELD",
    feed=TEXT,
    batches=NUMBER,
    rows=NUMBER,
    changed=NUMBER,
    refused=NUMBER,
    held=NUMBER,
)

ORGANISATION_SAME = declare("ORGANISATION_SAME")
ORGANISATION_DONE = declare(
    "ORGANISATION_DONE", new=NUMBER, changed=NUMBER, ended=NUMBER, refused=NUMBER, waiting=NUMBER
)
ORGANISATION_WAITS = declare(
    "ORGANISATION_WAITS", new=NUMBER, changed=NUMBER, ended=NUMBER, refused=NUMBER, waiting=NUMBER
)
LIST_HELD = declare("IMPORT_HELD", ended=NUMBER, moved=NUMBER, present=NUMBER)
LIST_WITHOUT_DUTY = declare("IMPORT_WITHOUT_DUTY", people=NUMBER)
LIST_AHEAD = declare("IMPORT_AHEAD", rows=NUMBER)
LIST_SUPERSEDED = declare("IMPORT_SUPERSEDED", number=NUMBER)
LIST_OVER = declare("IMPORT_OVER")
