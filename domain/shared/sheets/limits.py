"""How large a file of sheets may be. What is over is refused before it is opened."""

MOST_BYTES = 64 * 2**20
MOST_ENTRIES = 2_000
MOST_BYTES_UNPACKED = 320 * 2**20
MOST_RATIO = 400
"""Of one part. Sheets of one repeated value come to some 150; the fabric of bombs begins at 1,000."""
RATIO_COUNTS_FROM_BYTES = 16 * 2**20
MOST_ROWS = 400_000
MOST_COLUMNS = 300
MOST_CELLS = 6_000_000
"""Rows times columns of a sheet: this is what the reader keeps in memory, whether or not a cell has a value."""
MOST_DECLARED_CELLS = 1_048_576 * 1_000
"""A sheet that says it reaches further is none that somebody filled in."""
MOST_CHARACTERS = 200_000_000
"""Of all cells together, texts that are kept once and shown often counted each time."""
MOST_CHARACTERS_A_CELL = 32_767
"""More does not go into a cell of a workbook."""
MOST_CELLS_BESIDE_OTHERS = 400_000
"""Rows times columns: some forty megabytes. What is larger is opened by a process of its own (`apart`)."""
MOST_CHARACTERS_BESIDE_OTHERS = 16_000_000
MEMORY_BEYOND_ITS_BYTES = 200 * 2**20
"""What reading a file may take in memory, whatever little it holds."""
