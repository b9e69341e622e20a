"""The first plan of a bank that has atoms, outlets and people but no grids: proposed, then edited like any other."""
