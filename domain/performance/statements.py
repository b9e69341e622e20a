"""What the night's last step tells."""

from domain.shared.statements import NUMBER, declare

ROLLUP_DONE = declare("ROLLUP_DONE", grids=NUMBER, sums=NUMBER, points=NUMBER)
