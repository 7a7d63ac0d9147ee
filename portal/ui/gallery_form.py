"""The form that the gallery page shows: filled in, and refused."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each kind."""

    receipt = forms.CharField(label=_("Receipt number"), help_text=_("Or the number of the bank's note."))
    code = forms.CharField(label=_("Unified social credit code"))
    reason = forms.ChoiceField(label=_("Reason for the return"), choices=[("R03", "R03"), ("R05", "R05")])
    letter = forms.CharField(label=_("Letter"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    basis = forms.ChoiceField(
        label=_("Counted on"),
        widget=forms.RadioSelect,
        choices=[("reporting", _("the filing's period")), ("occurrence", _("the event's own quarter"))],
    )
    checked = forms.BooleanField(label=_("The receipts have been compared"), required=False)
    book = forms.FileField(label=_("Filled-in workbook"), help_text=_("XLSX or CSV, at most 20 MB."), required=False)

    def clean_code(self) -> str:
        raise forms.ValidationError(
            _("The check character does not fit: 18 characters, the last one computed from the 17 before it.")
        )
