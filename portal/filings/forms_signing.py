"""Forms of signing, of checking a receipt, and of comparing with the ministry's platform."""

from django import forms
from django.utils.translation import gettext_lazy

LARGEST_BYTES = 20 * 1024 * 1024


class DeclarationForm(forms.Form):
    """The tick beside the declaration. A signature without it is none."""

    is_true = forms.BooleanField(
        label=gettext_lazy("I have read the declaration and sign it."),
        error_messages={"required": gettext_lazy("Tick the declaration before you sign.")},
    )


class SendBackForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What is to be mended"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write what is to be mended, so that the colleague knows.")},
    )


class ReceiptCheckForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Number of the receipt"),
        max_length=60,
        help_text=gettext_lazy("Such as 2020Q1-00001K-v1-K7RM."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type the number that stands on the paper.")},
    )
    code = forms.CharField(
        label=gettext_lazy("Check code"),
        max_length=60,
        help_text=gettext_lazy("Sixteen characters in four groups; capitals and dashes make no difference."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type the check code that stands on the paper.")},
    )


class ReconcileForm(forms.Form):
    """What the ministry's platform exported: looked at once, and not kept."""

    file = forms.FileField(
        label=gettext_lazy("File of the ministry's platform"),
        help_text=gettext_lazy("An .xlsx, .xls, .ods or .csv file of at most 20 MB. It is compared and not kept."),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file first.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(gettext_lazy("The file is larger than 20 MB."))
        return file
