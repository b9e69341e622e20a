"""Browsers keep tiles under their version: who changes what a tile shows between two nights gives it another one."""

from domain.shared.night import Connection

NEXT_TILE_VERSION = """
update settings set value = to_jsonb(concat(split_part(value #>> '{}', '.', 1), '.',
                                            cast('0' || split_part(value #>> '{}', '.', 2) as int) + 1))
 where name = 'tile_version'
"""


def give_tiles_another_version(connection: Connection) -> None:
    connection.execute(NEXT_TILE_VERSION)
