"""What a firm types for its page in the directory, and what it releases of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.lib import clock
from portal.publishing.directories import TITLES_OF_FIELDS, lines_of_business
from portal.publishing.models import MemberPage

FIRST_YEAR = 1900
MOST_TEXT = 1200


class MemberPageForm(forms.ModelForm):
    class Meta:
        model = MemberPage
        fields = ["intro_zh", "intro_en", "categories", "founded_year", "website", "phone", "email"]
        widgets = {
            "intro_zh": forms.Textarea({"rows": 5, "maxlength": MOST_TEXT, "lang": "zh-Hans"}),
            "intro_en": forms.Textarea({"rows": 5, "maxlength": MOST_TEXT, "lang": "en"}),
            "website": forms.URLInput({"placeholder": "https://"}),
            "phone": forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
            "founded_year": forms.NumberInput({"inputmode": "numeric"}),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["categories"]
        chosen.queryset = lines_of_business()
        chosen.widget = forms.CheckboxSelectMultiple(
            choices=[(row.pk, f"{row.pk}　{row.name}") for row in chosen.queryset]
        )
        for widget in (field.widget for name, field in self.fields.items() if name != "categories"):
            widget.attrs.setdefault("class", "in")
        self.fields["website"].assume_scheme = "https"

    def clean_founded_year(self) -> int | None:
        year = self.cleaned_data["founded_year"]
        if year is not None and not FIRST_YEAR <= year <= clock.today().year:
            raise forms.ValidationError(_("A year from %(first)d to today's."), params={"first": FIRST_YEAR})
        return year


class ReleaseForm(forms.Form):
    """Field by field: nothing is chosen for the firm."""

    shown = forms.MultipleChoiceField(
        label=_("What everybody may read"), choices=list(TITLES_OF_FIELDS.items()),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip


class HideForm(forms.Form):
    because = forms.CharField(label=_("Reason, which the firm reads"), max_length=300)
