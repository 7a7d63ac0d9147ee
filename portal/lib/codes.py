"""Codes that people read aloud, copy from paper and type in."""

import secrets
import unicodedata
from hmac import compare_digest

# Without 0 O Q, 1 I L, 2 Z, 5 S, B (8) and U (V): no character looks like another.
ALPHABET = "346789ACDEFGHJKMNPRTVWXY"


def random_code(groups: int, size: int = 4) -> str:
    """A code that cannot be guessed, in groups: `K7RM-39DX`. Each character is worth some 4.6 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(size)) for _group in range(groups))


def bare(text: str) -> str:
    """What was typed, without gaps and dashes, in capitals and ordinary width."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum() and sign.isascii())


def is_same_code(typed: str, code: str) -> bool:
    """Compared in constant time, however it was written."""
    return compare_digest(bare(typed), bare(code))
