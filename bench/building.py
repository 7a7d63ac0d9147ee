"""`python -m bench.building FOLDER PARQUET FACTS`: how much memory a release takes to count and write."""

import json
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter

from bench.association import prepared, set_up
from bench.memory import forget_peak, megabytes


def main(folder: str, parquet: str, facts: str) -> None:
    Path(folder).mkdir()
    set_up(Path(folder))
    prepared()
    releases, synthetic = import_module("bench.releases"), import_module("bench.facts").Synthetic(int(facts))
    counting = releases.Counting(synthetic, Path(parquet))
    forget_peak()
    base, began = megabytes("VmRSS"), perf_counter()
    counting.run()
    counting.write()
    found = {"megabytes": megabytes("VmHWM"), "base": round(base, 1), "cells": len(counting.cells)}
    sys.stdout.write(json.dumps(found | {"seconds": round(perf_counter() - began, 1)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
