"""Which row a global id names."""

from schema.engine.keys import key_of
from schema.engine.mapping import ByGlobalId, TypeMap, Types


def type_named(types: Types, field: ByGlobalId, global_id: str) -> str | None:
    """The type of the row that an id names; None when it can name none."""
    name = field.type_name or global_id.partition(":")[0]
    target = types.get(name)
    if not isinstance(target, TypeMap) or target.read_key is None:
        return None
    return None if key_of(global_id, name, target.read_key) is None else name
