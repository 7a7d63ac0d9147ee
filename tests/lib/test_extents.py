"""A small file that would become a huge table is found out before it is read."""

import io
import zipfile

import pytest
import xlsxwriter

from portal.lib.extents import LARGEST_CELLS, TooLarge, check_extent
from portal.lib.workbooks import UnreadableFile, workbook_rows


def book(*cells: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for row, column in cells:
            sheet.write(row, column, "x")
    return file.getvalue()


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_ordinary_workbooks_pass():
    check_extent(book((0, 0), (5000, 25)))
    check_extent(book())


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 an older format"])
def test_what_is_no_packed_file_passes(content):
    check_extent(content)


def test_two_cells_in_far_corners_do_not():
    content = book((0, 0), (1_048_575, 16_383))
    assert len(content) < 10_000
    with pytest.raises(TooLarge):
        check_extent(content)
    with pytest.raises(UnreadableFile):
        workbook_rows(content)


def test_a_wide_row_and_a_long_column_are_taken_together():
    check_extent(book((0, 16_000)))
    check_extent(book((200_000, 0)))
    with pytest.raises(TooLarge):
        check_extent(book((0, 16_000), (200_000, 0)))


def test_it_does_not_matter_what_the_sheet_is_called_or_how_it_is_quoted():
    with pytest.raises(TooLarge):
        check_extent(packed(anything=b"<c r = 'XFD1048576'/>"))


def test_a_reference_is_found_across_the_pieces_in_which_a_part_is_read():
    for shift in range(24):
        content = packed(sheet=b" " * (1024 * 1024 - shift) + b'<c r="XFD1048576"/>')
        with pytest.raises(TooLarge):
            check_extent(content)


def test_what_unpacks_to_too_much_does_not_pass():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(21):
            archive.writestr(str(number), bytes(20 * 1024 * 1024))
    with pytest.raises(TooLarge):
        check_extent(file.getvalue())


def test_binary_sheets_do_not_pass():
    with pytest.raises(TooLarge):
        check_extent(packed(**{"xl/workbook.bin": b"x"}))


def test_the_limit_is_far_above_a_quarter():
    assert LARGEST_CELLS > 100_000 * 20


def rows(repeated: int, cell: bytes) -> bytes:
    return packed(
        **{"content.xml": b'<table:table-row table:number-rows-repeated="%d">%s</table:table-row>' % (repeated, cell)}
    )


def test_equal_rows_and_cells_are_counted_as_often_as_they_are_meant():
    value = b'<table:table-cell table:number-columns-repeated="%d" office:value="1">1</table:table-cell>'
    empty = b'<table:table-cell table:number-columns-repeated="16384"/>'
    check_extent(rows(1000, value % 20))
    check_extent(rows(1_048_000, empty))
    with pytest.raises(TooLarge):
        check_extent(rows(1_000_000, value % 20))
    with pytest.raises(TooLarge):
        check_extent(rows(1, (value % 16_000) * 300))
