"""What the command line says: Chinese first, English where the terminal's language is English."""

import os


def is_english() -> bool:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.startswith("en")
    return False


def t(chinese: str, english: str) -> str:
    return english if is_english() else chinese
