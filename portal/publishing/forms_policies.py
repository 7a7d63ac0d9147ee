"""What is typed on the desk's pages of policies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.publishing.actions.archiving import LARGEST


class CopyForm(forms.Form):
    """A copy from the editor's own machine."""

    file = forms.FileField(
        label=_("Copy of the original"), help_text=_("PDF, a saved web page, or Word; at most 20 MB")
    )  # fmt: skip

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return upload
