"""What the night's steps of places and walks tell."""

from domain.shared.statements import DATE, NUMBER, declare

PLACES = declare("LOCATE_PLACES", customers=NUMBER)
MOVED = declare("LOCATE_MOVED", customers=NUMBER)
LOCATED = declare("LOCATE_DONE", located=NUMBER, outside=NUMBER)
MANAGERS = declare("WALKS_FOR", managers=NUMBER)
WALKS_DONE = declare("WALKS_DONE", walk_on=DATE, walks=NUMBER, stops=NUMBER)
