"""A Word file becomes an article on the editing desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder

from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing.actions.importing import import_article
from portal.publishing.forms_figures import ImportForm
from portal.publishing.models import Article
from portal.publishing.pictures import undescribed
from portal.publishing.word_blocks import WordFile
from portal.publishing.word_files import Unreadable, read

SUMMARY = "imported"
REASONS = {
    "old": gettext_lazy("This is an old .doc file, or one with a password: save it as .docx without a password."),
    "foreign": gettext_lazy("This is no .docx file: save the text in Word, WPS or LibreOffice as .docx."),
    "large": gettext_lazy("The file is too large: make its pictures smaller, or import it in parts."),
    "broken": gettext_lazy("The file is damaged: open it, save it anew as .docx, and try again."),
}
UNDERSTOOD = (
    ("heading", gettext_lazy("headings")), ("table", gettext_lazy("tables")), ("picture", gettext_lazy("pictures")),
    ("quotation", gettext_lazy("quotations")),
)  # fmt: skip
DROPPED = {
    "picture": gettext_lazy("drawings in a format that no browser shows (EMF, WMF): save them as PNG and add them"),
    "linked": gettext_lazy("pictures that the file only refers to: put them into it, or add them here"),
    "chart": gettext_lazy("charts: choose them from a release, or add a picture of each"),
    "formula": gettext_lazy("formulas"), "shape": gettext_lazy("text boxes and shapes"),
    "comment": gettext_lazy("comments"), "deletion": gettext_lazy("passages that were marked as deleted"),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def article_import(request: HttpRequest) -> HttpResponse:
    """Ask for the file; then show what was understood, beside the new draft."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _imported(request, form)
        except Unreadable as error:
            form.add_error("file", str(REASONS[error.reason]))
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return render(request, "publishing/desk/article_import.html", {"form": form})


def _imported(request: HttpRequest, form: ImportForm) -> HttpResponse:
    upload = form.cleaned_data["file"]
    file = read(upload.read())
    article = import_article(
        file=file, name=upload.name, by=request.user, at=clock.now(), language=form.cleaned_data["language"],
        column=form.cleaned_data["column"],
    )  # fmt: skip
    request.session[SUMMARY] = {"article": article.pk, "name": upload.name, **_summary(file)}
    return redirect("desk-article-imported", article.pk)


def _summary(file: WordFile) -> dict[str, object]:
    counted = {kind: file.count(kind) for kind, _words in UNDERSTOOD}
    return {"counted": counted | {"paragraph": file.paragraph_count}, "dropped": file.dropped, "styles": file.styles,
            "guessed": file.guessed_count}  # fmt: skip


@require_safe
def article_imported(request: HttpRequest, pk: int) -> HttpResponse:
    """What was taken over of the file and what was not, until the next file is imported."""
    article = get_object_or_404(Article, pk=pk)
    found = request.session.get(SUMMARY) or {}
    edit_href = AdminURLFinder(request.user).get_edit_url(article)
    if found.get("article") != pk:
        return redirect(edit_href)
    understood = [(_("paragraphs and items of lists"), found["counted"]["paragraph"])]
    understood += [(words, found["counted"][kind]) for kind, words in UNDERSTOOD]
    return render(request, "publishing/desk/article_imported.html", {
        "article": article, "edit_href": edit_href, "name": found["name"], "undescribed": undescribed(article),
        "understood": [row for row in understood if row[1]], "styles": found["styles"],
        "guessed": found["guessed"],
        "dropped": [(DROPPED[kind], number) for kind, number in found["dropped"].items()],
    })  # fmt: skip
