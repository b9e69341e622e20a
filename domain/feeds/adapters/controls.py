"""What a control file or a trailer says of its data, in the usual shapes."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from domain.feeds import statements as landing_said
from domain.feeds.adapters import problems as said
from domain.feeds.adapters.description import ControlForm, Place
from domain.feeds.amounts import fen_of
from domain.feeds.batch_files import FileUnfinished, control_fields, control_text

_COLON = re.compile(r"^([^=:\n]*):", re.MULTILINE)
_ROWS = re.compile(r"0*[0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2}")


@dataclass(frozen=True)
class Told:
    """What is said of a file; None is not said."""

    rows: int | None = None
    amount_sum_fen: int | None = None
    size_bytes: int | None = None
    md5: str | None = None
    sha256: str | None = None


def told_by_file(form: ControlForm, content: bytes, file_name: str) -> Told:
    """Of a control file, which may be empty where nothing of it is asked. Raises FileUnfinished with what is missing.

    A place that is a number is counted in its first line that is not empty, or in the line that names the data file; a
    name stands before `=` or `:`.
    """
    asked = [form.rows, form.amount, form.size_bytes, form.md5, form.sha256]
    if not any(place is not None for place in asked):
        return Told()
    text = control_text(content)
    fields = (
        control_fields(_COLON.sub(r"\1=", text)) if any(isinstance(place, str) for place in asked) else {}
    )
    parts = _parts(form, text, file_name)
    return _told(form, parts, fields)


def told_by_trailer(form: ControlForm, trailer: list[str]) -> Told:
    parts = [part.strip() for part in trailer[-1].split(form.delimiter)]
    return _told(form, [_plain(part) for part in parts], {})


def _parts(form: ControlForm, text: str, file_name: str) -> list[str]:
    lines = [line.strip(" \t\0\x1a") for line in text.splitlines()]
    rows = [[_plain(part) for part in line.split(form.delimiter)] for line in lines if line]
    if form.file is None:
        return rows[0] if rows else []
    place = form.file if isinstance(form.file, int) else 1
    for parts in rows:
        if place <= len(parts) and parts[place - 1].rpartition("/")[2] == file_name:
            return parts
    raise FileUnfinished(said.CONTROL_WITHOUT_FILE(file=file_name))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _told(form: ControlForm, parts: list[str], fields: dict[str, str]) -> Told:
    def at(place: Place | None) -> str | None:
        if place is None:
            return None
        if isinstance(place, str):
            found = fields.get(place.lower())
        else:
            found = parts[place - 1] if place <= len(parts) else None
        if not found:
            raise FileUnfinished(said.CONTROL_PLACE(place=str(place)))
        return found

    rows, size = at(form.rows), at(form.size_bytes)
    for place, number in ((form.rows, rows), (form.size_bytes, size)):
        if number is not None and not _ROWS.fullmatch(number) and not number.isdigit():
            raise FileUnfinished(said.CONTROL_PLACE(place=str(place)))
    md5, sha256 = at(form.md5), at(form.sha256)
    return Told(
        None if rows is None else int(rows.replace(",", "")),
        _fen(form, at(form.amount)),
        None if size is None else int(size.replace(",", "")),
        None if md5 is None else md5.lower(),
        None if sha256 is None else sha256.lower(),
    )


def _fen(form: ControlForm, written: str | None) -> int | None:
    """An amount in the unit of the control file. `fen_of` reads it as yuan, and has room for two decimals alone."""
    if written is None:
        return None
    if form.fen_per_unit == 100:
        found = fen_of(written)
    else:
        plain = written.replace(",", "")
        is_number = re.fullmatch(r"[+-]?[0-9]{1,16}(\.[0-9]{1,8})?", plain)
        found = int((Decimal(plain) * form.fen_per_unit).to_integral_value()) if is_number else None
    if found is None:
        raise FileUnfinished(landing_said.CONTROL_AMOUNT())
    return found
