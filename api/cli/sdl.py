"""Write the contract as the code declares it."""

from pathlib import Path

from api.settings import ROOT

SCHEMA_FILE = ROOT / "schema" / "schema.graphql"


def printed_schema() -> str:
    from strawberry.printer import print_schema

    from schema.root import schema

    return print_schema(schema) + "\n"


def write_schema() -> tuple[Path, bool]:
    """Print the schema to its file; whether it differs from what was there."""
    text = printed_schema()
    has_changed = not SCHEMA_FILE.exists() or SCHEMA_FILE.read_text() != text
    if has_changed:
        SCHEMA_FILE.write_text(text)
    return SCHEMA_FILE, has_changed
