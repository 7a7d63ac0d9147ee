"""The examples of docs/examples do what they say, against a portal that runs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.statistics.conftest import GUIYANG, Deal, file, firms, publish

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
# The one in R runs where R is.
PROGRAMS = {"figures.py": [sys.executable], "figures.R": ["Rscript"]}
RUNNING = {name: command for name, command in PROGRAMS.items() if shutil.which(command[0])}


def test_every_example_is_known():
    assert {path.name for path in EXAMPLES.iterdir()} == set(PROGRAMS)


@pytest.mark.parametrize("name", RUNNING)
def test_an_example_reads_the_newest_release(world, live_server, name):
    for firm in firms(4):
        file(world, firm, Deal(executed="800.00"), period="2019Q1")
        file(world, firm, Deal(executed="900.00"))
    # Of one firm alone: withheld.
    file(world, firms(1, first=200)[0], Deal(market="KHM", executed="100.00"))
    publish(world)
    command = [*RUNNING[name], str(EXAMPLES / name), live_server.url, GUIYANG]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert printed[0] == "2020Q1-1 (final), as known at 2020-04-20"
    assert "KHM  Cambodia  withheld  no growth" in printed
    assert "VNM  Viet Nam  US$3,600.00  +12.50 %" in printed
