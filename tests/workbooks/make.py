"""Makes the files of tests/workbooks again, with the list of what is to be said of each:

    python -m tests.workbooks.make

It needs LibreOffice (`soffice` on the path) for the files that LibreOffice writes; the others come from XlsxWriter,
openpyxl, xlwt, odfpy and csv. What those write is the same at each run; LibreOffice writes the time into its files.
`make.py NAME …` makes only the files whose names begin with one of the names.
"""

import csv
import sys
from pathlib import Path

from tests.workbooks import failing, passing
from tests.workbooks.rows import FIRM, PERIOD, Case

HERE = Path(__file__).resolve().parent
LARGEST = 15_000
HEAD = ("file", "firm", "period", "code", "sheet", "cell")


def made(only: tuple[str, ...]) -> list[Case]:
    found = []
    for case in (*passing.cases(), *failing.cases()):
        if len(case.content) > LARGEST:
            raise SystemExit(f"{case.file} has {len(case.content)} bytes: these files are to stay small")
        found.append(case)
        if not only or Path(case.file).name.startswith(only):
            path = HERE / case.file
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(case.content)
    return found


def main() -> None:
    found = made(tuple(sys.argv[1:]))
    names = {HERE / case.file for case in found}
    for path in (*HERE.glob("pass/*"), *HERE.glob("fail/*")):
        if path not in names:
            path.unlink()
    with (HERE / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(HEAD)
        rows.writerows((case.file, FIRM, PERIOD, case.code, case.sheet, case.cell) for case in found)
    print(f"{len(found)} files")  # noqa: T201 (a program for the command line)


if __name__ == "__main__":
    main()
