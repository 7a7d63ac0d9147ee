"""Drawings that were made once, in the private store: a release never changes, and so neither do they."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from django.core.files.storage import default_storage

FOLDER = "drawings"
# Raised whenever drawings come to look different, so that none of before is handed out again.
LOOK = 1
READABLE = 0o644

_ONE_AT_A_TIME = Lock()


def kept(name: str, draw: Callable[[], bytes | None]) -> bytes | None:
    """The file of this name, drawn now where there is none yet; None where there is nothing to draw.

    A reader finds a whole file or none: it is written beside its place and moved there. Threads that want drawings
    wait for each other, since the engine draws one at a time anyway; two processes may draw the same, and alike.
    """
    path = Path(default_storage.path(f"{FOLDER}/{LOOK}/{name}"))
    if path.exists():
        return path.read_bytes()
    with _ONE_AT_A_TIME:
        if path.exists():
            return path.read_bytes()
        content = draw()
        if content is not None:
            _write(path, content)
        return content


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(content)
    os.chmod(file.name, READABLE)
    os.replace(file.name, path)
