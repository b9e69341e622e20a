"""Tables for people: headings and rows without lines, which paste well."""

from rich.table import Table


def plain_table(*headings: str, is_wrapped: bool = True) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, no_wrap=not is_wrapped)
    return table
