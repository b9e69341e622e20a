"""What the night's step of ownership tells."""

from domain.shared.statements import NUMBER, TEXT, declare

OWN_DONE = declare("OWN_DONE", in_grid=NUMBER, by_books=NUMBER, without_owner=NUMBER)
OWN_DONE_RULES_IDLE = declare(
    "OWN_DONE_RULES_IDLE",
    in_grid=NUMBER,
    by_books=NUMBER,
    without_owner=NUMBER,
    idle_rules=NUMBER,
    first_rules=TEXT,
)
"""Rules that have nobody in service to give to, or that can no longer be read: their customers fell through."""
