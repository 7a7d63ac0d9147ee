"""The examples of docs/examples do what they say, against a portal that runs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.statistics.conftest import GUIYANG
from tests.statistics.hand_made import made_release

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
# The one in R runs where R is.
PROGRAMS = {"figures.py": [sys.executable], "figures.R": ["Rscript"]}
RUNNING = {name: command for name, command in PROGRAMS.items() if shutil.which(command[0])}


def test_every_example_is_known():
    assert {path.name for path in EXAMPLES.iterdir()} == set(PROGRAMS)


@pytest.mark.parametrize("name", RUNNING)
def test_an_example_reads_the_newest_release(world, live_server, name):
    made_release()
    command = [*RUNNING[name], str(EXAMPLES / name), live_server.url, GUIYANG]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert printed[0] == "2020Q1-1 (final), as known at 2020-04-20"
    assert printed[1:] == [
        "DEU  Germany  US$300.00  no growth",
        "KHM  Cambodia  withheld  no growth",
        "VNM  Vietnam  US$2,300.00  +15.00 %",
    ]
