"""What the desk asks about figures and files."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from portal.publishing import choices
from portal.publishing.models import Column

# How the content of a file to download begins, by the ending of its name; a CSV begins as it likes.
BEGINNINGS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "zip": b"PK\x03\x04"}
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]


class FigureForm(forms.Form):
    """A figure block as it is being chosen."""

    form = forms.ChoiceField(choices=choices.forms)
    release = forms.ChoiceField(choices=choices.releases)
    place = forms.ChoiceField(choices=choices.places)
    indicator = forms.ChoiceField(choices=choices.indicators, required=False)
    table = forms.ChoiceField(choices=choices.tables, required=False)
    chart = forms.ChoiceField(choices=choices.charts, required=False)
    currency = forms.ChoiceField(choices=choices.currencies, required=False)
    language = forms.ChoiceField(choices=LANGUAGES, required=False)


class UpdateForm(forms.Form):
    note = forms.CharField(
        label=_("What has changed, for readers"), max_length=300,
        help_text=_("goes into the journal, and is offered as the public note of the correction"),
    )  # fmt: skip


class DocumentForm(BaseDocumentForm):
    """A file that readers will download is what its name says."""

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            ending = file.name.lower().rpartition(".")[2]
            begins = file.read(5)
            file.seek(0)
            if not begins.startswith(BEGINNINGS.get(ending, b"")):
                told = _("The content of this file is no %(ending)s: save it anew in its own program, and upload that.")
                raise forms.ValidationError(told, params={"ending": ending.upper()})
        return file


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Word file"), help_text=_(".docx, up to 20 MB"), widget=forms.FileInput(attrs={"accept": ".docx"})
    )
    language = forms.ChoiceField(label=_("language"), choices=LANGUAGES)
    column = forms.ModelChoiceField(
        label=_("newsletter column"), queryset=Column.objects.filter(is_open=True), required=False
    )
