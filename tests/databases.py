"""The databases of the tests: each template is built once, then copied for every worker.

Three templates. `lists` is what tests start from: migrated, with the code lists. `world` has the cast of tests/world.py
besides; tests that take the fixture `world` get it. `demo` has the demo association; tests marked `demo` get it. A
template is kept in build/test-databases under a digest of the files that it comes from, so it is built again only when
one of them has changed.

Besides, a file's tests may share a beginning: a state that one test process makes once, on a copy of `world`, and that
each of them finds (tests/beginnings.py).

`python -m tests.databases NAME…` builds them; PostgreSQL's when DATABASE_URL names one, else SQLite's.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import django
import pytest  # noqa: F401  (where pytest is loaded, settings read no .env)
from django.core.management import call_command
from django.db import connections
from django.utils.module_loading import import_string

from tests.stores import KEPT, ROOT, folder, remove, store

# Another run may still be copying from the template of an earlier state of the files.
SECONDS_KEPT = 24 * 60 * 60
SUFFIXES = (".py", ".csv", ".toml", ".txt")


@dataclass(frozen=True)
class Template:
    """`sources`: globs of the files that it is made from. `base`: the template that it starts as a copy of.

    `function`, a dotted name, is called after the commands.
    """

    name: str
    sources: tuple[str, ...]
    commands: tuple[tuple[str, ...], ...]
    base: "Template | None" = None
    function: str = ""

    def digest(self) -> str:
        files = {path for glob in self.sources for path in ROOT.glob(glob) if path.suffix in SUFFIXES}
        together = hashlib.sha256((digest_once(self.base) if self.base else "").encode())
        for path in sorted(files):
            together.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
        return together.hexdigest()[:12]

    def database_name(self) -> str:
        return f"{self.name}-{digest_once(self)}"


@cache
def digest_once(template: Template) -> str:
    """Of the files as they were when this process first asked."""
    return template.digest()


LISTS = Template(
    "lists",
    sources=("portal/*/migrations/*.py", "portal/reference/**/*", "requirements.txt", "tests/databases.py"),
    commands=(
        ("migrate", "--verbosity", "0"),
        ("createcachetable",),
        ("load_lists", "--at", "2019-01-01T00:00:00+08:00"),
    ),
)
DEMO = Template("demo", sources=("portal/**/*", "association/*"), commands=(("load_demo",),), base=LISTS)
WORLD = Template(
    "world", ("portal/**/*.py", "tests/world.py"), commands=(), base=LISTS, function="tests.world.build_world"
)
TEMPLATES = {template.name: template for template in (LISTS, WORLD, DEMO)}


@dataclass(frozen=True)
class Beginning:
    """What `make` does to a copy of `world`. Only the test process that made it has it."""

    name: str
    make: Callable[[], None]


def copied(source: str, target: str) -> None:
    """`target` anew, as a copy of `source`."""
    remove(target)
    folder(target).mkdir(parents=True)
    store().copy(source, target)
    if (folder(source) / "private").exists():
        shutil.copytree(folder(source) / "private", folder(target) / "private")


@contextmanager
def alone(template: Template) -> Iterator[None]:
    """One process at a time builds a template, of all that run tests here; others may build another meanwhile."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{store().kind}-{template.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def built(template: Template) -> str:
    """The name of the template's database, which is built first where it does not exist."""
    with alone(template):
        return _built(template)


def is_built(template: Template) -> bool:
    name = template.database_name()
    return store().exists(name) and folder(name).exists()


def _built(template: Template) -> str:
    name = template.database_name()
    if is_built(template):
        os.utime(folder(name))
        return name
    if store().bring_back(name):
        os.utime(folder(name))
        return name
    draft = f"{name}-draft"
    if template.base:
        copied(built(template.base), draft)
    else:
        remove(draft)
        folder(draft).mkdir(parents=True)
        store().create(draft)
    _fill(draft, template)
    store().put_by(draft)
    remove(name)
    store().rename(draft, name)
    folder(draft).rename(folder(name))
    _sweep()
    return name


def _fill(name: str, template: Template) -> None:
    """Run the template's commands in a process of their own, as the demo is set up."""
    surroundings = {
        **{key: value for key, value in os.environ.items() if key not in ("PRIVATE_ROOT", "DEMO_SET_UP_AT")},
        "DATABASE_URL": store().url(name),
        "PORTAL_MODE": "demo",
        "PORTAL_VAR": str(folder(name)),
        "DJANGO_SETTINGS_MODULE": "association.settings",
    }
    command = [sys.executable, "-m", "tests.databases", "--fill", template.name]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"The database {template.name!r} could not be built:\n{done.stdout}\n{done.stderr}")


def _sweep() -> None:
    """Forget templates, and copies of runs that broke off, when nobody can be using them any more."""
    for path in (KEPT / store().kind).iterdir():
        if path.is_dir() and time.time() - path.stat().st_mtime > SECONDS_KEPT:
            remove(path.name)


class OwnCopies:
    """The databases of one test process: its copy of each template, of which one is in use."""

    def __init__(self) -> None:
        self.in_use: Template | Beginning | None = None
        self.made: set[str] = set()
        self.used: set[str] = set()

    def name(self, template: Template | Beginning) -> str:
        return f"run-{os.getpid()}-{template.name}"

    def use(self, template: Template | Beginning) -> None:
        """Point Django at this process's copy, made now if there is none or it was spoilt."""
        if self.in_use == template:
            return
        connections.close_all()
        self.in_use = None
        name = self.name(template)
        is_new = template.name not in self.made
        if is_new:
            self.used.add(name)
            copied(built(template if isinstance(template, Template) else WORLD), name)
        connections.settings["default"]["NAME"] = store().setting(name)
        if is_new and isinstance(template, Beginning):
            template.make()
        self.made.add(template.name)
        self.in_use = template

    def spoil(self) -> None:
        """Somebody committed to the copy in use: the next test gets a new one."""
        if self.in_use:
            self.made.discard(self.in_use.name)
        self.in_use = None

    def files(self) -> Path:
        """The uploads that belong to the template in use."""
        return self.files_of(self.in_use)

    def files_of(self, template: Template | Beginning) -> Path:
        return folder(self.name(template)) / "private"

    def remove(self) -> None:
        connections.close_all()
        for name in self.used:
            remove(name)


def main(arguments: list[str]) -> None:
    if arguments[0] != "--fill":
        for name in arguments:
            built(TEMPLATES[name])
        return
    django.setup()
    template = TEMPLATES[arguments[1]]
    for command in template.commands:
        call_command(*command)
    if template.function:
        import_string(template.function)()


if __name__ == "__main__":
    main(sys.argv[1:])
