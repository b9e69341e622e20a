"""The small bank of the contract's tests."""

from tests.schema.conftest import small_bank

__all__ = ["small_bank"]
