"""Argon2 in a thread, and as long for an account that does not exist as for one that does."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.shared.passwords import LONGEST_PASSWORD

_HASHER = PasswordHasher()
_NOBODYS_HASH = _HASHER.hash("no account has this password")


def _fits(kept: str | None, password: str) -> bool:
    try:
        _HASHER.verify(kept or _NOBODYS_HASH, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


async def hash_in_a_thread(password: str) -> str:
    return await asyncio.to_thread(hash_password, password)


async def verify_password(kept: str | None, password: str) -> bool:
    """Whether a password fits the kept hash; never for None."""
    return await asyncio.to_thread(_fits, kept, password)
