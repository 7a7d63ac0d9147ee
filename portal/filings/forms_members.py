"""What the association types about firms and the people who act for them."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.filings.forms_desk import firm_typed
from portal.members.forms import places
from portal.members.models import FIRM_ROLE_LABELS, Firm, Grade, Representation, SizeBand, check_credit_code
from portal.members.roles import FirmRole
from portal.reference.models import Division
from portal.ui.fields import day_field


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


# ── Joining, terms and dues ──────────────────────────────────────────────────────────────────────


class AdmitForm(forms.Form):
    grade = forms.ChoiceField(label=gettext_lazy("Membership grade"), choices=Grade.choices)
    from_on = day_field(gettext_lazy("Member from"))
    until_on = day_field(gettext_lazy("Until"), required=False, help_text=gettext_lazy("Empty: until further notice."))


class DeclineForm(forms.Form):
    letter = forms.CharField(
        label=gettext_lazy("Letter to the applicant"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("It is sent by e-mail and stands on the application's page."),
    )


class TermForm(forms.Form):
    grade = forms.ChoiceField(label=gettext_lazy("Membership grade"), choices=Grade.choices)
    from_on = day_field(gettext_lazy("From"))
    until_on = day_field(gettext_lazy("Until"), required=False, help_text=gettext_lazy("Empty: until further notice."))


class DuesForm(forms.Form):
    from_on = day_field(gettext_lazy("From"))
    until_on = day_field(gettext_lazy("Until"))
    amount = forms.DecimalField(
        label=gettext_lazy("Amount in yuan"), min_value=0, max_digits=12, decimal_places=2, localize=False
    )
    paid_on = day_field(gettext_lazy("Paid on"), required=False, help_text=gettext_lazy("Empty while they are owed."))
    receipt_number = forms.CharField(label=gettext_lazy("Receipt for the dues"), max_length=80, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)


# ── What becomes of a firm ───────────────────────────────────────────────────────────────────────


class EventForm(forms.Form):
    on = day_field(gettext_lazy("On"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("And the paper that shows it.")
    )


class RenameForm(EventForm):
    field_order = ("name_zh", "name_en", "on", "reason")
    name_zh = forms.CharField(label=gettext_lazy("New Chinese name"), max_length=120)
    name_en = forms.CharField(label=gettext_lazy("New English name"), max_length=160, required=False)


class MoveForm(EventForm):
    field_order = ("division", "on", "reason")
    division = forms.ChoiceField(label=gettext_lazy("New place of registration"), choices=places)

    def clean_division(self) -> Division:
        return Division.objects.get(pk=self.cleaned_data["division"])


STAYS = ""


class MergeForm(EventForm):
    """Each person of the firm that goes has a field of their own: stays behind, or comes along in a role."""

    field_order = ("into", "on", "takes_contracts")
    into = forms.CharField(
        label=gettext_lazy("Merged into"),
        max_length=120,
        help_text=gettext_lazy("Unified social credit code, or the full Chinese name."),
    )
    takes_contracts = forms.BooleanField(
        label=gettext_lazy("The other firm takes the open contracts over"), required=False
    )

    def __init__(self, *args: object, firms: QuerySet[Firm], people: list[Representation], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.firms, self.people = firms, people
        roles = [(role.value, FIRM_ROLE_LABELS[role]) for role in FirmRole]
        for row in people:
            words = _("%(person)s, here %(role)s") % {"person": row.user, "role": row.get_role_display()}
            self.fields[f"person_{row.pk}"] = forms.ChoiceField(
                label=words, choices=[(STAYS, _("is not carried over")), *roles], required=False
            )

    def clean_into(self) -> Firm:
        return firm_typed(self.cleaned_data["into"], self.firms)

    def carried(self) -> dict[int, FirmRole]:
        typed = {row.pk: self.cleaned_data.get(f"person_{row.pk}") for row in self.people}
        return {pk: FirmRole(role) for pk, role in typed.items() if role}


class SplitForm(EventForm):
    field_order = ("credit_code", "name_zh", "name_en", "division", "size_band", "grade", "on", "reason")
    credit_code = forms.CharField(
        label=gettext_lazy("Unified social credit code of the new firm"), max_length=18, min_length=18
    )
    name_zh = forms.CharField(label=gettext_lazy("Chinese name"), max_length=120)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=160, required=False)
    division = forms.ChoiceField(label=gettext_lazy("Place of registration"), choices=places)
    size_band = forms.ChoiceField(label=gettext_lazy("Size"), choices=SizeBand.choices)
    grade = forms.ChoiceField(label=gettext_lazy("Membership grade"), choices=Grade.choices)
    clean_credit_code = FirmForm.clean_credit_code
    clean_division = ProfileForm.clean_division
