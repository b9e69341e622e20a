"""The command line: `./yunge`. Each command is a thin doorway; what it does lives in `api/local` and the rooms."""
