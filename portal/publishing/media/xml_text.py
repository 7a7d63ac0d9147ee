"""What XML can hold: Word files and feeds are made of it. No Django."""

import re

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without the characters that no XML may have."""
    return _NOT_XML.sub("", text)
