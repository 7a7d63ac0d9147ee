"""`python -m bench [NAME]`: runs the benches and writes build/bench.json."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import workbooks  # noqa: F401  (importing a module registers its benches)
from bench.harness import chosen, measure, write

OUT = Path(__file__).resolve().parent.parent / "build" / "bench.json"


def main(only: str = "") -> None:
    try:
        benches = chosen(only)
    except LookupError as unknown:
        sys.exit(str(unknown.args[0]))
    results = []
    for name, make in benches.items():
        with TemporaryDirectory(prefix="bench-") as folder:
            results.append(measure(name, *make(Path(folder))))
        print(results[-1].line(), flush=True)
    write(results, OUT)
    print(f"Written to {OUT}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
