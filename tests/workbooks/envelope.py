"""What surrounds the sheets in a file: the marks that programs leave, macros, passwords."""

import io
import struct
import zipfile
from random import Random

from xlwt.CompoundDoc import XlsDoc

_WPS_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<Application>WPS 表格</Application><HeadingPairs><vt:vector size="2" baseType="variant"><vt:variant>'
    "<vt:lpstr>工作表</vt:lpstr></vt:variant><vt:variant><vt:i4>3</vt:i4></vt:variant></vt:vector></HeadingPairs>"
    "</Properties>"
)
_WPS_CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
    "<vt:lpwstr>2052-11.1.0.10228</vt:lpwstr></property></Properties>"
)


def repacked(content: bytes, parts: dict[str, bytes], replaced: dict[str, tuple[str, str]]) -> bytes:
    """A packed workbook with further or other parts, and with words replaced in some."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name in replaced:
                data = data.decode().replace(*replaced[name]).encode()
            if name not in parts:
                new.writestr(zipfile.ZipInfo(name, (2021, 1, 12, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
        for name, data in parts.items():
            new.writestr(zipfile.ZipInfo(name, (2021, 1, 12, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def like_wps(content: bytes) -> bytes:
    """A workbook with the properties that WPS writes."""
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    kind = f'<Override PartName="/docProps/custom.xml" ContentType="{kind}"/>'
    types = {"[Content_Types].xml": ("</Types>", f"{kind}</Types>")}
    parts = {"docProps/app.xml": _WPS_APP.encode(), "docProps/custom.xml": _WPS_CUSTOM.encode()}
    return repacked(content, parts, types)


def with_macros(content: bytes) -> bytes:
    """The same sheets as a workbook with macros: another kind of file, and a part that nobody runs."""
    plain, macros = "sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    types = (f"application/vnd.openxmlformats-officedocument.spreadsheetml.{plain}", macros)
    return repacked(content, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(60)}, {"[Content_Types].xml": types})


def locked_like_excel() -> bytes:
    """The envelope in which Excel keeps a workbook with a password; what is inside is noise here."""
    file = io.BytesIO()
    XlsDoc().save(file, Random(1904).randbytes(4096))
    content = bytearray(file.getvalue())
    at = content.index("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le")
    content[at : at + len(name)] = name
    struct.pack_into("<H", content, at + 64, len(name) + 2)
    return bytes(content)
