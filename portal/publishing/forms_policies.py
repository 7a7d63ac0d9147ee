"""What is typed on the desk's pages of policies and entrances."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.publishing.actions.archiving import LARGEST, ending_of

MANUALS = ("pdf", "docx", "doc")


class CopyForm(forms.Form):
    """A copy from the editor's own machine."""

    file = forms.FileField(
        label=_("Copy of the original"), help_text=_("PDF, a saved web page, or Word; at most 20 MB")
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        return not_too_large(self.cleaned_data["file"])


class EntranceForm(WagtailAdminModelForm):
    """An entrance; its manual is what it says it is."""

    def clean_manual(self) -> object:
        manual = self.cleaned_data["manual"]
        if not isinstance(manual, UploadedFile):
            return manual
        ending = ending_of(not_too_large(manual).read())
        manual.seek(0)
        if ending not in MANUALS or manual.name.lower().rpartition(".")[2] != ending:
            raise forms.ValidationError(
                _("A manual is a PDF or a Word file, and its name ends like one (.pdf, .docx, .doc).")
            )
        return manual


def not_too_large(upload: UploadedFile) -> UploadedFile:
    if upload.size > LARGEST:
        raise forms.ValidationError(_("The file is larger than 20 MB."))
    return upload
