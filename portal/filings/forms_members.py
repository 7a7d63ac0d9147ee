"""What the association types about firms and the people who act for them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.filings.forms_desk import day_field
from portal.members.models import FIRM_ROLE_LABELS, Grade, SizeBand, check_credit_code
from portal.members.roles import FirmRole
from portal.reference.models import Division
from portal.reference.queries import provinces


def places() -> list[tuple[str, object]]:
    """Every place, each province with its cities."""
    groups = []
    for province, cities in provinces():
        rows = [(place.code, f"{place.name}　{place.code}") for place in (province, *cities)]
        groups.append((province.name, rows))
    return [("", "—"), *groups]


class ProfileForm(forms.Form):
    """What statistics need of a firm, true from a day on."""

    effective_on = day_field(
        gettext_lazy("True from"), help_text=gettext_lazy("Earlier profiles stay as they were recorded.")
    )
    division = forms.ChoiceField(label=gettext_lazy("Place of registration"), choices=places)
    size_band = forms.ChoiceField(label=gettext_lazy("Size"), choices=SizeBand.choices)
    grade = forms.ChoiceField(label=gettext_lazy("Membership grade"), choices=Grade.choices)
    controller = forms.CharField(
        label=gettext_lazy("Controller"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "Firms of one controller count as one when figures are protected; empty: the firm itself."
        ),
    )

    def clean_division(self) -> Division:
        return Division.objects.get(pk=self.cleaned_data["division"])


class FirmForm(ProfileForm):
    """A new member, with its first profile."""

    field_order = ("credit_code", "name_zh", "name_en", "joined_on")
    effective_on = None
    credit_code = forms.CharField(label=gettext_lazy("Unified social credit code"), max_length=18, min_length=18)
    name_zh = forms.CharField(label=gettext_lazy("Chinese name"), max_length=120)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=160, required=False)
    joined_on = day_field(gettext_lazy("Joined on"))

    def clean_credit_code(self) -> str:
        code = self.cleaned_data["credit_code"].strip().upper()
        check_credit_code(code)
        return code


class FirmChangeForm(forms.Form):
    """What identifies a firm, but for its credit code, which stays."""

    name_zh = forms.CharField(label=gettext_lazy("Chinese name"), max_length=120)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=160, required=False)
    joined_on = day_field(gettext_lazy("Joined on"))
    left_on = day_field(gettext_lazy("Left on"), required=False, help_text=gettext_lazy("Empty while it is a member."))

    def clean(self) -> dict:
        cleaned = super().clean()
        joined, left = cleaned.get("joined_on"), cleaned.get("left_on")
        if joined and left and left < joined:
            raise ValidationError(_("A firm cannot leave before it joined."))
        return cleaned


class RepresentationForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("Somebody new gets an account, and a letter with a link for choosing a password."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    since_on = day_field(gettext_lazy("Since"))

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, FIRM_ROLE_LABELS[role]) for role in FirmRole]

    def clean_role(self) -> FirmRole:
        return FirmRole(self.cleaned_data["role"])


class EndForm(forms.Form):
    on = day_field(
        gettext_lazy("Last day"), help_text=gettext_lazy("From the next day the person sees nothing of the firm.")
    )


class ConsentForm(forms.Form):
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=200,
        help_text=gettext_lazy("The signed paper and where it is kept."),
    )
