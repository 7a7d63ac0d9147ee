"""Lists in the admin come and go as files: import with a preview, export as XLSX or CSV.

django-import-export does it. Here are its formats (portal.lib.workbooks reads and writes them), a preview that needs
no inline style, and the base of an admin page that has both.
"""

from collections.abc import Mapping
from datetime import timedelta

import tablib
from diff_match_patch import diff_match_patch
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import Format
from import_export.forms import ConfirmImportForm, ExportForm
from import_export.resources import Diff, ModelResource
from import_export.results import Result, RowResult
from import_export.tmp_storages import BaseStorage, MediaStorage

from portal.lib import clock
from portal.lib.workbooks import csv_bytes, csv_rows, workbook_bytes, workbook_rows

UPLOADS = "imports"
UPLOAD_KEPT = timedelta(days=1)
# Excel's own bound.
LONGEST_CELL = 32_767


class TableFormat(Format):
    """A file of one table with a head."""

    def __init__(self, encoding: str | None = None):
        """`encoding` is what the library would read a text with; our readers find out for themselves."""

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def get_title(self) -> str:
        return self.get_extension()

    def create_dataset(self, content: bytes) -> tablib.Dataset:
        head, *rows = self.rows(content) or [[]]
        width = len(head)
        return tablib.Dataset(*[(*row, *[""] * width)[:width] for row in rows], headers=head)

    def rows(self, content: bytes) -> list[list[str]]:
        raise NotImplementedError


class Xlsx(TableFormat):
    def get_extension(self) -> str:
        return "xlsx"

    def get_content_type(self) -> str:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def rows(self, content: bytes) -> list[list[str]]:
        return workbook_rows(content)

    def export_data(self, dataset: tablib.Dataset, **kwargs: object) -> bytes:
        """Raises ValueError, which the page shows, where a cell does not hold its text: nothing is lost unsaid."""
        for number, row in enumerate(dataset, start=2):
            for column, cell in zip(dataset.headers or [], row):
                if len(str(cell)) > LONGEST_CELL:
                    told = {"row": number, "column": column, "count": len(str(cell)), "most": LONGEST_CELL}
                    raise ValueError(_("Row %(row)s, %(column)s: %(count)s characters, and a cell of a workbook holds "
                                       "%(most)s. Export it as CSV.") % told)  # fmt: skip
        return workbook_bytes(dataset.headers or [], list(dataset), dataset.title or "")


class Csv(TableFormat):
    def get_extension(self) -> str:
        return "csv"

    def get_content_type(self) -> str:
        return "text/csv; charset=utf-8"

    def rows(self, content: bytes) -> list[list[str]]:
        return csv_rows(content)

    def export_data(self, dataset: tablib.Dataset, **kwargs: object) -> bytes:
        return csv_bytes(dataset.headers or [], list(dataset))


class PlainDiff(Diff):
    """Before and after of a row, marked by <del> and <ins> alone: the library's own adds inline styles."""

    def as_html(self) -> list[SafeString]:
        return [self._marked("" if self.new else str(old), str(new)) for old, new in zip(self.left, self.right)]

    def _marked(self, old: str, new: str) -> SafeString:
        differ = diff_match_patch()
        pieces = differ.diff_main(old, new)
        differ.diff_cleanupSemantic(pieces)
        forms = {differ.DIFF_DELETE: "<del>{}</del>", differ.DIFF_INSERT: "<ins>{}</ins>", differ.DIFF_EQUAL: "{}"}
        return mark_safe("".join(format_html(forms[kind], text) for kind, text in pieces))


class ExchangeResource(ModelResource):
    """A list as a table. A column that the list does not know is refused, not passed over."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = False

    @classmethod
    def get_diff_class(cls) -> type[Diff]:
        return PlainDiff

    def before_import(self, dataset: tablib.Dataset, **kwargs: object) -> None:
        known = {field.column_name for field in self.get_import_fields()}
        strange = [str(column) for column in dataset.headers or [] if column not in known]
        if strange:
            raise ValidationError(
                _("These columns are not known: %(columns)s. Known are: %(known)s.")
                % {"columns": ", ".join(strange), "known": ", ".join(sorted(known))}
            )


class ExchangeAdmin(ImportExportMixin, admin.ModelAdmin):
    """An admin page with import and export, by Django's own permissions: who may add and change may import.

    Override `imported` for what has to follow an import; it runs in the import's transaction.
    """

    formats = [Xlsx, Csv]
    export_formats = import_formats = formats
    export_form_class = ExportForm
    tmp_storage_class = MediaStorage

    def imported(self, request: HttpRequest, *, file_name: str, counts: Mapping[str, int]) -> None:
        """After an import that changed something: `counts` has the rows that are new and updated."""

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_tmp_storage_class_kwargs(self) -> dict[str, str]:
        return {"MEDIA_FOLDER": UPLOADS}

    def write_to_tmp_storage(self, import_file: UploadedFile, input_format: Format) -> BaseStorage:
        _forget_old_uploads()
        return super().write_to_tmp_storage(import_file, input_format)

    def process_import(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        try:
            return super().process_import(request, **kwargs)
        except FileNotFoundError:
            return self._upload_again(request, _("This file has been imported already, or is kept no longer."))

    @transaction.atomic
    def process_dataset(
        self, dataset: tablib.Dataset, form: ConfirmImportForm, request: HttpRequest, **kwargs: object
    ) -> Result:
        result = super().process_dataset(dataset, form, request, rollback_on_validation_errors=True, **kwargs)
        counts = {kind: result.totals[kind] for kind in (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE)}
        if not _has_failed(result) and any(counts.values()):
            self.imported(request, file_name=form.cleaned_data["original_file_name"], counts=counts)
        return result

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        if not _has_failed(result):
            return super().process_result(result, request)
        return self._upload_again(request, _("Nothing was imported: the list has changed since the preview."))

    def _upload_again(self, request: HttpRequest, reason: str) -> HttpResponse:
        again = _("Please upload the file again.")
        messages.error(request, f"{reason} {again}")
        return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))

    def get_data_for_export(self, request: HttpRequest, queryset: QuerySet, **kwargs: object) -> tablib.Dataset:
        dataset = super().get_data_for_export(request, queryset, **kwargs)
        dataset.title = str(self.opts.verbose_name_plural)
        return dataset


def _has_failed(result: Result) -> bool:
    return result.has_errors() or result.has_validation_errors()


def _forget_old_uploads() -> None:
    """Files that were looked at in a preview and never imported."""
    if not default_storage.exists(UPLOADS):
        return
    for name in default_storage.listdir(UPLOADS)[1]:
        path = f"{UPLOADS}/{name}"
        saved_at = default_storage.get_modified_time(path) + settings.CLOCK_OFFSET
        if saved_at < clock.now() - UPLOAD_KEPT:
            default_storage.delete(path)
