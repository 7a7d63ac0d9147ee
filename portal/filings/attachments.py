"""What a paper beside a figure may be: known by what is in the file, never by what somebody called it."""

import unicodedata
from io import BytesIO
from zipfile import BadZipFile, ZipFile

LARGEST_BYTES = 10 * 1024 * 1024
MOST_PER_PLACE = 10
LONGEST_NAME = 120

PDF, JPEG, PNG, OFD = "application/pdf", "image/jpeg", "image/png", "application/ofd"
ENDINGS: dict[str, tuple[str, ...]] = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",), OFD: (".ofd",)}
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
)


def media_type(content: bytes) -> str | None:
    """What a file is by its first bytes; an OFD is a packed folder with an OFD.xml in it. None: nothing we take."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    return OFD if content.startswith(b"PK\x03\x04") and _is_ofd(content) else None


def _is_ofd(content: bytes) -> bool:
    """Only the list of contents is read; nothing is unpacked."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            return "OFD.xml" in packed.namelist()
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def shown_name(name: str, kind: str) -> str:
    """A file's name to be shown and to be saved under: without folders, control and direction characters, and with the
    ending of what the file is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if dot and f".{ending.lower()}" in ENDINGS[kind]:
        return f"{stem[:LONGEST_NAME] or 'paper'}.{ending.lower()}"
    return f"{plain[:LONGEST_NAME] or 'paper'}{ENDINGS[kind][0]}"
