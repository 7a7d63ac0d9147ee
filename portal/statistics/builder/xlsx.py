"""A table as a workbook: laid out as on the page, with its notes, definitions, source and permanent address."""

import io
from collections.abc import Sequence

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.statistics.builder.counting import Answer
from portal.statistics.builder.grid import Grid, Head, Row, grid
from portal.statistics.builder.page import legend, notes
from portal.statistics.exports import citation, licence

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDEST = 48


def as_xlsx(answer: Answer, address: str = "") -> bytes:
    """Two sheets: the table, and what has to be known of it. `address` is where the same table stays for ever."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        writer = _Writer(book)
        writer.table(answer)
        writer.about(answer, address)
    return file.getvalue()


class _Writer:
    """Numbers as numbers, rounded as shown; everything else as text, whatever it begins with."""

    def __init__(self, book: xlsxwriter.Workbook):
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.small = book.add_format({"font_color": "#555555"})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "align": "right"})
        self.over = book.add_format({"bold": True, "bottom": 1, "align": "center", "text_wrap": True})
        self.stub = book.add_format({"bold": True, "bottom": 1, "valign": "bottom"})
        self.band = book.add_format({"bold": True, "top": 1})
        self.mark = book.add_format({"align": "right", "font_color": "#555555"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.numbers = {
            decimals: book.add_format({"num_format": "#,##0.00" if decimals else "#,##0"}) for decimals in (0, 2)
        }
        self.indents = {depth: book.add_format({"indent": depth}) for depth in range(4)}

    # ── The table ────────────────────────────────────────────────────────────────────────────────

    def table(self, answer: Answer) -> None:
        laid_out = grid(answer)
        self.sheet = self.book.add_worksheet(_("Table"))
        self.sheet.write_string(0, 0, laid_out.title, self.title)
        line = 1
        for label, told in laid_out.fixed:
            self.sheet.write_string(line, 0, _("%(name)s: %(what)s") % {"name": label, "what": told}, self.small)
            line += 1
        line = self._heads(laid_out, line + 1)
        self.sheet.freeze_panes(line, 1)
        line = self._bands(laid_out, line)
        for sign in legend(answer):
            line += 1
            self.sheet.write_string(line, 0, f"{sign.sign}　{sign.meaning}", self.small)
        self.sheet.write_string(line + 1, 0, " ".join(citation(row) for row in answer.releases), self.small)
        self._widths(laid_out)

    def _heads(self, laid_out: Grid, line: int) -> int:
        last = line + len(laid_out.heads) - 1
        self._over(line, 0, last, 0, laid_out.stub, self.stub)
        for heads in laid_out.heads:
            column = 1
            for head in heads:
                form = self.head if line == last else self.over
                self._over(line, column, line, column + head.span - 1, _head_text(head), form)
                column += head.span
            line += 1
        return line

    def _over(self, top: int, left: int, bottom: int, right: int, text: str, form: object) -> None:
        """One head over several columns or lines, as one cell."""
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", form)
        self.sheet.write_string(top, left, text, form)

    def _bands(self, laid_out: Grid, line: int) -> int:
        for band in laid_out.bands:
            if band.text:
                self.sheet.write_string(line, 0, band.text, self.band)
                line += 1
            for row in band.rows:
                self._row(line, row, 1 if band.text else 0)
                line += 1
        return line

    def _row(self, line: int, row: Row, indent: int) -> None:
        text = f"{row.text} {row.unit}".strip() if row.unit else row.text
        self.sheet.write_string(line, 0, text, self.indents[min(row.depth + indent, 3)])
        for column, cell in enumerate(row.cells, start=1):
            if cell.value.number is None:
                self.sheet.write_string(line, column, cell.text, self.mark)
            else:
                self.sheet.write_number(line, column, cell.value.number, self.numbers[2 if cell.value.decimals else 0])
                if cell.value.is_low_base:
                    self.sheet.write_comment(line, column, _("low base"))

    def _widths(self, laid_out: Grid) -> None:
        wide = [_wide(row.text) + 2 * row.depth + 3 for row in laid_out.rows]
        wide += [_wide(band.text) for band in laid_out.bands]
        self.sheet.set_column(0, 0, min(max([12, *wide]), _WIDEST))
        self.sheet.set_column(1, max(len(laid_out.columns), 1), 16)

    # ── What has to be known ─────────────────────────────────────────────────────────────────────

    def about(self, answer: Answer, address: str) -> None:
        sheet = self.book.add_worksheet(_("Notes"))
        for line, (name, text) in enumerate(_about(answer, address)):
            sheet.write_string(line, 0, name, self.stub if line == 0 else None)
            sheet.write_string(line, 1, text, self.wrapped)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 96)


def _head_text(head: Head) -> str:
    return f"{head.text}\n{head.unit}" if head.unit else head.text


def _wide(text: str) -> int:
    """About how wide a text is: Han characters are as wide as two others."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def _about(answer: Answer, address: str) -> Sequence[tuple[str, str]]:
    rows = [(_("Notes"), grid(answer).title)]
    rows += [(_("Definition"), note) for note in notes(answer)]
    rows += [(sign.sign, sign.meaning) for sign in legend(answer)]
    for release in answer.releases:
        rows += [
            (_("Release"), release.name),
            (_("Facts as known at"), f"{timezone.localtime(release.as_of):%Y-%m-%d %H:%M}"),
            (_("Digest"), release.digest),
            (_("Source"), citation(release)),
        ]
    return [*rows, (_("Use"), licence()), (_("Permanent link"), address)]
