"""`python -m bench [NAME]`: runs the benches, writes build/bench.json, and fails when a bound is missed."""

import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.association import set_up
from bench.harness import chosen, write

OUT = Path(__file__).resolve().parent.parent / "build" / "bench.json"
# Importing a module registers its benches; those of the portal's own code need its settings first.
MODULES = (
    "bench.workbooks",
    "bench.imports",
    "bench.cube",
    "bench.pages",
    "bench.disclosure",
    "bench.newsletter",
    "bench.newsletter_pdf",
    "bench.search",
)


def main(only: str = "") -> None:
    set_up()
    for module in MODULES:
        import_module(module)
    try:
        benches = chosen(only)
    except LookupError as unknown:
        sys.exit(str(unknown.args[0]))
    results = []
    for bench in benches.values():
        with TemporaryDirectory(prefix="bench-") as folder:
            results.append(bench.run(Path(folder)))
        print(results[-1].line(), flush=True)
    write(results, OUT)
    print(f"Written to {OUT}")
    if missed := [result.name for result in results if not result.is_kept]:
        sys.exit(f"Above their bounds: {', '.join(missed)}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
