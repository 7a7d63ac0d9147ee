"""One settings file: it starts from a clean clone, and production does not start half-configured."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAFE = {
    "PORTAL_MODE": "production", "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "portal.example.org",
    "SITE_URL": "https://portal.example.org",
}  # fmt: skip


def start(
    tmp_path: Path, code: str = "import association.settings", **surroundings: str
) -> subprocess.CompletedProcess:
    """Run a line of Python in a process of its own, with nothing in its surroundings but what is given."""
    base = {"PATH": os.environ["PATH"], "PORTAL_VAR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    # From another folder, so that a developer's .env does not stand in for what is missing.
    code = f"import pathlib; pathlib.Path.exists = lambda path: False; {code}" if "migrate" not in code else code
    return subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=base | surroundings, capture_output=True, text=True, check=False
    )


def test_it_starts_without_any_setting(tmp_path):
    done = start(tmp_path)
    assert done.returncode == 0, done.stderr


def test_production_starts_when_it_is_told_everything(tmp_path):
    done = start(tmp_path, **SAFE)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"SITE_URL": ""}, "SITE_URL"),
        ({"DEMO_PASSWORD": "shili-2021"}, "DEMO_PASSWORD"),
        ({"DEBUG": "True"}, "DEBUG"),
        ({"PORTAL_MODE": "prod"}, "PORTAL_MODE"),
        ({"DEBUG": "yes"}, "DEBUG"),
    ],
)
def test_production_refuses_what_is_missing_or_unsafe(tmp_path, changed, told):
    done = start(tmp_path, **SAFE | changed)
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert told in done.stderr


WSGI = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "association.settings"
django.setup()
from django.core.management import call_command
call_command("migrate", "--verbosity", "0")
from portal.members.models import User
User.objects.create_user("somebody@example.org", "x" * 20, is_demo={is_demo})
import association.wsgi
"""


@pytest.mark.slow
@pytest.mark.parametrize(("is_demo", "starts"), [(False, True), (True, False)])
def test_production_does_not_serve_demo_accounts(tmp_path, is_demo, starts):
    done = start(tmp_path, WSGI.format(is_demo=is_demo), **SAFE)
    assert (done.returncode == 0) == starts, done.stderr
    assert starts or "demo accounts" in done.stderr
