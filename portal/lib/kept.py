"""What was made once, in the private store: for what never changes, so that its drawing does not either."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from django.core.files.storage import default_storage

READABLE = 0o644

_ONE_AT_A_TIME = Lock()


def kept(name: str, make: Callable[[], bytes | None]) -> bytes | None:
    """The file of this name in the store, made now where there is none yet; None where there is nothing to make.

    A reader finds a whole file or none: it is written beside its place and moved there. Threads that want files wait
    for each other, since the engines work one at a time anyway; two processes may make the same, and alike.
    """
    path = Path(default_storage.path(name))
    if path.exists():
        return path.read_bytes()
    with _ONE_AT_A_TIME:
        if path.exists():
            return path.read_bytes()
        content = make()
        if content is not None:
            _write(path, content)
        return content


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(content)
    os.chmod(file.name, READABLE)
    os.replace(file.name, path)
