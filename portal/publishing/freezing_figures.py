"""Figures of a release, by value: sentences, rows and drawings as the release says them."""

from collections.abc import Iterator
from typing import Any

from portal.publishing.document import Figure
from portal.publishing.freezing_files import Files


def figure(value: Any, language: str, files: Files) -> Iterator[Figure]:
    yield Figure(
        form=value["form"], title=value["place"], release=value["release"], source=value["release"],
        href=f"/statistics/releases/{value['release']}/",
    )  # fmt: skip
