"""Files really written by LibreOffice, without a screen: ours, opened and saved by it."""

import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
# What each ending asks for: CSV in the character set 76 (UTF-8), with 44 a comma, 59 a semicolon, 9 a tab.
FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8"}
UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
CSV_IN_UTF8 = "Text - txt - csv (StarCalc):44,34,76"
SEMICOLON_CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,true,false"

_HARD_RECALCULATION = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Protect(source As String, target As String, filter As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim how(1) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden": hidden(0).Value = True
  how(0).Name = "FilterName": how(0).Value = filter
  how(1).Name = "Password"
  how(1).Value = "shili-2021"
  Dim book As Object
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  book.storeToURL(target, how())
  book.close(True)
End Sub
</script:module>
"""
_profile = tempfile.TemporaryDirectory()


def _run(*arguments: str) -> None:
    if PROGRAM is None:
        raise SystemExit("LibreOffice is needed for the files that it writes: install it, then run this again.")
    settings = Path(_profile.name) / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_HARD_RECALCULATION, encoding="utf-8")
    command = [PROGRAM, f"-env:UserInstallation=file://{_profile.name}", "--headless", *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def saved_by_libreoffice(content: bytes, ending: str, to: str) -> bytes:
    """The file as LibreOffice saves it; `to` is an ending or a filter. Formulas are calculated when it is opened."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"source.{ending}"
        source.write_bytes(content)
        reading = [f"--infilter={CSV_IN_UTF8}"] if ending == "csv" else []
        _run(*reading, "--convert-to", FILTERS.get(to, to), "--outdir", f"{folder}/out", str(source))
        (saved,) = (Path(folder) / "out").iterdir()
        return saved.read_bytes()


def locked_by_libreoffice(content: bytes, to: str) -> bytes:
    """The .xlsx file as LibreOffice saves it with a password, as .xls or .ods."""
    module = Path(_profile.name) / "user" / "basic" / "Standard" / "Module1.xba"
    if not module.exists():
        # The first run makes the profile, with an empty module.
        saved_by_libreoffice(content, "xlsx", to)
    module.write_text(_MODULE, encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "source.xlsx", Path(folder) / f"locked.{to}"
        source.write_bytes(content)
        name = FILTERS[to].partition(":")[2]
        _run(f'macro:///Standard.Module1.Protect("file://{source}","file://{target}","{name}")')
        return target.read_bytes()
