"""What the night's step of ownership tells."""

from domain.shared.statements import NUMBER, declare

OWN_DONE = declare("OWN_DONE", in_grid=NUMBER, by_books=NUMBER, without_owner=NUMBER)
