"""Words: one catalogue a language, for what the server says itself and for the shells, which read the same files."""
