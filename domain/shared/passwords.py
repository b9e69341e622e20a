"""What may be a password, and what a one-time code looks like. Plain rules; hashing is `api/auth/passwords.py`'s."""

from enum import StrEnum
from typing import ClassVar

from domain.shared.errors import DomainError
from domain.shared.statements import NUMBER, TEXT

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
FEWEST_LETTERS = 5
"""Different ones. 1111111111 and abababab are tried first by whoever guesses."""
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Those that nobody mistakes for each other on paper or on the telephone."""
CODE_LENGTH = 10


class Weakness(StrEnum):
    SHORT = "SHORT"
    LONG = "LONG"
    HOLDS_ACCOUNT = "HOLDS_ACCOUNT"
    TOO_PLAIN = "TOO_PLAIN"
    IS_THE_CODE = "IS_THE_CODE"


class PasswordNotGood(DomainError):
    code = "PASSWORD_NOT_GOOD"
    takes: ClassVar = {"weakness": TEXT, "least": NUMBER}

    def __init__(self, weakness: Weakness) -> None:
        super().__init__(weakness=weakness.value, least=SHORTEST_PASSWORD)


def check_new_password(password: str, account: str, code: str) -> None:
    """Raises PasswordNotGood. Length counts, not kinds of signs: a sentence is easier to keep than a riddle."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordNotGood(Weakness.SHORT)
    if len(password) > LONGEST_PASSWORD:
        raise PasswordNotGood(Weakness.LONG)
    if plain_code(password) == plain_code(code):
        raise PasswordNotGood(Weakness.IS_THE_CODE)
    if account and account.casefold() in password.casefold():
        raise PasswordNotGood(Weakness.HOLDS_ACCOUNT)
    if len(set(password.casefold())) < FEWEST_LETTERS:
        raise PasswordNotGood(Weakness.TOO_PLAIN)


def code_of(random: bytes) -> str:
    """A code of forty-nine bits out of at least sixteen random bytes, as it is hashed."""
    number, letters = int.from_bytes(random, "big"), []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)


def printed_code(code: str) -> str:
    """In two halves, as people read it: `K7M2P-9QXRT`."""
    return f"{code[:5]}-{code[5:]}"


def plain_code(typed: str) -> str:
    """What somebody typed, as it was hashed: small letters, blanks and hyphens are no mistakes."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())
