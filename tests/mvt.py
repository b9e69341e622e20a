"""Mapbox vector tiles, read by hand: what a browser would see of them."""

from typing import Any


def fields(data: bytes) -> list[tuple[int, Any]]:
    """Protobuf: (number, value) of one message."""
    found, at = [], 0

    def varint() -> int:
        nonlocal at
        value, shift = 0, 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        tag = varint()
        if tag & 7 == 0:
            found.append((tag >> 3, varint()))
        elif tag & 7 == 2:
            length = varint()
            found.append((tag >> 3, data[at : at + length]))
            at += length
        else:
            width = 8 if tag & 7 == 1 else 4
            found.append((tag >> 3, data[at : at + width]))
            at += width
    return found


def _value(raw: bytes) -> Any:
    number, value = fields(raw)[0]
    if number == 1:
        return value.decode()
    if number == 7:
        return bool(value)
    return (value >> 1) ^ -(value & 1) if number == 6 else value


def layers(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """The attributes of all features by layer; `at` is where the geometry begins, in shares of the tile."""
    found: dict[str, list[dict[str, Any]]] = {}
    for _, layer in fields(data):
        parts = fields(layer)
        name = next(value for number, value in parts if number == 1).decode()
        keys = [value.decode() for number, value in parts if number == 3]
        values = [_value(value) for number, value in parts if number == 4]
        extent = next(value for number, value in parts if number == 5)
        found[name] = []
        for number, feature in parts:
            if number == 2:
                kept = dict(fields(feature))
                pairs = _packed(kept.get(2, b""))
                attributes = {keys[k]: values[v] for k, v in zip(pairs[::2], pairs[1::2], strict=True)}
                x, y = ((value >> 1) ^ -(value & 1) for value in _packed(kept[4])[1:3])
                found[name].append(attributes | {"at": (x / extent, y / extent)})
    return found


def _packed(raw: bytes) -> list[int]:
    numbers, value, shift = [], 0, 0
    for byte in raw:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value, shift = 0, 0
    return numbers
