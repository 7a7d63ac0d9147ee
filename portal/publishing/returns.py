"""Mails that came back (RFC 3464), and which delivery each was."""

import mailbox
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from portal.publishing.answers import plain
from portal.publishing.letter_mails import LETTER, delivery_named

_NAME = re.compile(rf"(?:{LETTER}\.|\+)([0-9]{{1,18}}\.[0-9a-f]{{20}})@")
LONGEST = 300


@dataclass(frozen=True)
class Returned:
    """A mail that did not arrive, for good, and what its server said."""

    delivery: int
    answer: str


def mails_in(path: Path) -> Iterator[Message]:
    """The mails of a file (one, or a mailbox of many), of a maildir, or of a folder of files."""
    if path.is_dir() and (path / "new").is_dir():
        yield from (_read(one.read_bytes()) for folder in ("new", "cur") for one in _files(path / folder))
    elif path.is_dir():
        yield from (_read(one.read_bytes()) for one in _files(path))
    elif path.read_bytes()[:5] == b"From ":
        with closing(mailbox.mbox(path, create=False)) as mails:
            yield from (_read(one.as_bytes()) for one in mails)
    else:
        yield _read(path.read_bytes())


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []


def _read(content: bytes) -> Message:
    """Its heads as they came: whatever servers write into them, nothing that reads them fails."""
    return message_from_bytes(content)


def returned_in(mail: Message) -> Returned | None:
    """None for what is no return, only says that it takes longer, or is not of ours."""
    parts = (part for part in mail.walk() if part.get_content_type() == "message/delivery-status")
    report = next((part for part in parts if part.is_multipart()), None)
    failed = _failed(report) if report is not None else None
    if failed is None:
        return None
    delivery = next(filter(None, map(delivery_named, _names(mail))), None)
    return Returned(delivery, failed[:LONGEST]) if delivery else None


def _failed(report: Message) -> str | None:
    """What the report says of an address that failed; None where it is only late."""
    for part in report.get_payload():
        if str(part.get("Action", "")).strip().lower() == "failed":
            return plain(f"{part.get('Status', '')} {part.get('Diagnostic-Code', '')}")
    return None


def _names(mail: Message) -> Iterator[str]:
    """Names of deliveries in the address that it came back to, in what it answers, and in the mail that it returns."""
    for part in mail.walk():
        for header in ("To", "Delivered-To", "X-Original-To", "In-Reply-To", "References", "Message-ID"):
            for value in part.get_all(header, ()):
                yield from _NAME.findall(str(value))
        if part.get_content_type() == "text/rfc822-headers":
            yield from _NAME.findall(part.get_payload(decode=True).decode("ascii", "replace"))
