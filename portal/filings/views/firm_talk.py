"""The association's questions where the figures stand: at the cells of the firm's own sheet."""

from collections.abc import Iterable, Mapping

from portal.filings.models.filing import Version
from portal.filings.workspace.periods import Standing
from portal.filings.workspace.questions import Thread, by_line, threads_of
from portal.lib import clock
from portal.reference.queries import CodeLists

Talk = Mapping[int, list[Thread]]


def questions_about(stand: Standing, lists: CodeLists) -> list[Thread]:
    """Every question about the filing; none where nobody has begun it."""
    return threads_of(stand.filing, on=clock.today(), lists=lists, for_firm=True) if stand.filing.pk else []


def by_row(version: Version | None, threads: Iterable[Thread]) -> Talk:
    """The threads of each line of a version, by the line's row."""
    talk = by_line(threads)
    if version is None or not talk:
        return {}
    lines = version.lines.filter(key__in=list(talk)).values_list("pk", "key")
    return {pk: talk[key] for pk, key in lines}


def with_talk(item: dict[str, object], talk: Talk) -> dict[str, object]:
    """A drawn row with its threads; a cell that waits for an answer carries the seal of the question."""
    stored = item["row"].stored
    threads = talk.get(stored.line, []) if stored is not None and stored.line is not None else []
    cells = dict(item["cells"])
    for thread in threads:
        if thread.is_open and thread.query.field in cells:
            cells[thread.query.field] = {"kind": "ask", "seal": "ask"}
    return item | {"threads": threads, "cells": cells}
