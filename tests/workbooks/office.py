"""Files really written by LibreOffice, without a screen: ours, opened and saved by it."""

import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
# What each ending asks for: CSV in the character set 76 (UTF-8), with 44 a comma, 59 a semicolon, 9 a tab.
FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8"}
UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
SEMICOLON_CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,true,false"

_HARD_RECALCULATION = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
_profile = tempfile.TemporaryDirectory()


def saved_by_libreoffice(content: bytes, ending: str, to: str) -> bytes:
    """The file as LibreOffice saves it; `to` is an ending or a filter. Formulas are calculated when it is opened."""
    if PROGRAM is None:
        raise SystemExit("LibreOffice is needed for the files that it writes: install it, then run this again.")
    settings = Path(_profile.name) / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_HARD_RECALCULATION, encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"source.{ending}"
        source.write_bytes(content)
        command = [PROGRAM, f"-env:UserInstallation=file://{_profile.name}", "--headless", "--convert-to"]
        command += [FILTERS.get(to, to), "--outdir", f"{folder}/out", str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        (saved,) = (Path(folder) / "out").iterdir()
        return saved.read_bytes()
