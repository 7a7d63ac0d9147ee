"""What a page costs the server: the city's page against the same blocks in Wagtail, and kept pages against hello.

Each site answers in a process of its own (`bench/serving.py`), in turn, through the whole of its middleware; what is
compared is processor time.
"""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from statistics import median

from django.db import connections

from bench.association import database
from bench.cube import SMALL
from bench.harness import Measured, bench
from bench.releases import made

ROUNDS = 7


class Site:
    """A site in a process of its own."""

    def __init__(self, name: str, folder: Path, **environ: str):
        command = [sys.executable, "-m", "bench.serving", name, str(folder)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=os.environ | environ)

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.stdin.close()
        self.process.wait()

    def ask(self, path: str, tag: str = "") -> dict[str, object]:
        self.process.stdin.write(f"{path}|{tag}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The site has ended")
        return json.loads(line)


def compared(ours: Site, our_path: str, other: Site, path: str, tag: str = "") -> Measured:
    """Both in turn; the medians of what one request takes."""
    rounds = [(ours.ask(our_path, tag), other.ask(path)) for _round in range(ROUNDS)]
    for found in rounds[0]:
        if not str(found["status"]).startswith(("200", "304")):
            raise RuntimeError(f"answered {found['status']}")
    mine, others = (median(pair[side]["ms"] for pair in rounds) for side in (0, 1))
    detail = {"ours_ms": round(mine, 3), "other_ms": round(others, 3), "ours_status": rounds[0][0]["status"]}
    return Measured("processor time, ours ÷ other", mine / others, "times", detail)


def city() -> str:
    """By the name of its release: others, of more facts or fewer figures, may have been published in the same run."""
    return f"/statistics/{made(SMALL).name}/places/520100/"


@cache
def environment() -> dict[str, str]:
    """The association with a release of synthetic facts; the sites read it."""
    made(SMALL)
    connections.close_all()
    return {"DATABASE_URL": f"sqlite:///{database()}"}


@bench("cube-page", bound=1.0)
def page(folder: Path) -> Measured:
    with Site("portal", folder, PAGES_KEPT="0", **environment()) as ours:
        (folder / "page.html").write_text(str(ours.ask(city())["body"]), "utf-8")
        wagtail = f"sqlite:///{folder / 'wagtail.sqlite3'}"
        with Site("wagtail", folder, DATABASE_URL=wagtail) as other:
            return compared(ours, city(), other, "/")


@bench("cube-page-cached", bound=1.5)
def page_cached(folder: Path) -> Measured:
    with Site("portal", folder, PAGES_KEPT="64", **environment()) as ours, Site("hello", folder) as hello:
        return compared(ours, city(), hello, "/")


@bench("cube-page-304", bound=1.3)
def page_304(folder: Path) -> Measured:
    with Site("portal", folder, PAGES_KEPT="64", **environment()) as ours, Site("hello", folder) as hello:
        return compared(ours, city(), hello, "/", tag=str(ours.ask(city())["tag"]))
