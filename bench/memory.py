"""`python -m bench.memory FOLDER WORKBOOK`: how far memory rises while a workbook is received and taken over."""

import json
import re
import sys
from importlib import import_module
from pathlib import Path

from bench.association import prepared, set_up

STATUS = Path("/proc/self/status")


def megabytes(name: str) -> float:
    """What the kernel says of this process alone: VmRSS is now, VmHWM the most there ever was."""
    return int(re.search(rf"^{name}:\s+(\d+) kB", STATUS.read_text(), re.M)[1]) / 1024


def forget_peak() -> None:
    """From here on VmHWM is the most since now: preparing the database does not count."""
    Path("/proc/self/clear_refs").write_text("5")


def main(folder: str, workbook: str) -> None:
    Path(folder).mkdir()
    set_up(Path(folder))
    prepared()
    draft = import_module("bench.draft")
    forget_peak()
    base = megabytes("VmRSS")
    draft.taken_over(Path(workbook))
    peak = megabytes("VmHWM")
    found = {"megabytes": peak - base, "base": round(base, 1), "lines": draft.open_draft().lines.count()}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
