"""A file in a layout of the firm's own: its columns are told once, and the file is read again."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.filings.actions.layouts import layouts_of, tell_layout
from portal.filings.actions.uploads import receive
from portal.filings.forms_layout import LayoutForm
from portal.filings.intake.cells import text_of
from portal.filings.intake.layouts import Layout, OwnHead, own_head
from portal.filings.intake.tables import Table, Unreadable, read_tables
from portal.filings.models.upload import Upload
from portal.filings.views.firm_room import draft_in, firm_page, standing_in
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.reference.queries import code_lists

# Rows looked at for the first values of each column.
ROWS_LOOKED_AT = 20


@require_http_methods(["GET", "POST"])
@requires_firm(Permission.FILING_EDIT)
def upload_layout(request: HttpRequest, pk: int, *, firm: Firm) -> HttpResponse:
    upload = get_object_or_404(Upload.objects.select_related("filing__period"), pk=pk, firm=firm)
    content = _content(upload)
    tables = _tables(content, upload.file_name)
    name = request.POST.get("sheet", request.GET.get("sheet", ""))
    table = next((table for table in tables if table.name == name), tables[0] if tables else None)
    if table is None:
        return firm_page(request, firm, "filings/upload_layout.html", {"upload": upload})
    head = own_head(table)
    lists = code_lists()
    told = layouts_of(firm).get(head.signature, Layout())
    form = LayoutForm(request.POST or None, head=head, lists=lists, told=told.columns, initial=told.constants)
    if form.is_bound and form.is_valid():
        try:
            return redirect("filings:upload-detail", _read_again(request, firm, upload, content, head, form).pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "upload": upload, "form": form, "tables": tables, "table": table,
        "columns": form.own_columns(_first_rows(table, head)),
    }  # fmt: skip
    return firm_page(request, firm, "filings/upload_layout.html", context)


def _content(upload: Upload) -> bytes:
    try:
        with upload.file.open() as file:
            return file.read()
    except FileNotFoundError as problem:
        raise Http404 from problem


def _tables(content: bytes, file_name: str) -> list[Table]:
    """The tables whose heads can be told."""
    try:
        tables = read_tables(content, file_name)
    except Unreadable:
        return []
    return [table for table in tables if not table.is_hidden and own_head(table)]


def _first_rows(table: Table, head: OwnHead) -> list[list[str]]:
    rows = table.rows[head.index + 1 : head.index + 1 + ROWS_LOOKED_AT]
    return [[text_of(value) for value in row] for row in rows]


def _read_again(
    request: HttpRequest, firm: Firm, upload: Upload, content: bytes, head: OwnHead, form: LayoutForm
) -> Upload:
    """Keep what was told, and hand the same file in anew."""
    with transaction.atomic():
        tell_layout(
            firm=firm, name=upload.file_name, head=head, columns=form.columns, constants=form.constants,
            by=request.user, at=clock.now(),
        )  # fmt: skip
        stand = standing_in(firm, upload.filing.period_id)
        again = receive(
            version=draft_in(stand, request), content=content, file_name=upload.file_name, lists=code_lists(),
            by=request.user, at=clock.now(),
        )  # fmt: skip
    messages.success(request, _("The columns are kept for your firm: the next file of this layout is read at once."))
    return again
