"""What applicants, invited people and firms' owners type."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lib.media import paper_type
from portal.members.actions import Attached
from portal.members.models import FIRM_ROLE_LABELS, Invitation, Representation, SizeBand, User, check_credit_code
from portal.members.roles import FirmRole
from portal.reference.models import Division
from portal.reference.queries import provinces

PAPER_LIMIT = 10 * 1024 * 1024
PAPERS_AT_MOST = 5
ROLE_NOTES = {
    FirmRole.FILER: gettext_lazy("types and uploads figures, and submits them"),
    FirmRole.CERTIFIER: gettext_lazy("checks what others typed, and certifies it"),
    FirmRole.VIEWER: gettext_lazy("looks, and changes nothing"),
    FirmRole.OWNER: gettext_lazy("all of it, and the team"),
}


def places() -> list[tuple[str, object]]:
    """Every place, each province with its cities: one list that needs no script."""
    groups = []
    for province, cities in provinces():
        rows = [(place.code, f"{place.name}　{place.code}") for place in (province, *cities)]
        groups.append((province.name, rows))
    return [("", "—"), *groups]


def role_choices() -> list[tuple[str, str]]:
    return [(role.value, f"{FIRM_ROLE_LABELS[role]}：{note}") for role, note in ROLE_NOTES.items()]


# ── Joining ──────────────────────────────────────────────────────────────────────────────────────

NO_ADDRESS = {"invalid": gettext_lazy("This is no e-mail address. Write it whole, as in name@example.com.")}


class PapersInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Several files, each a PDF, JPEG or PNG by its content."""

    widget = PapersInput

    def clean(self, data: list[UploadedFile] | None, initial: object = None) -> list[Attached]:
        files = [file for file in data or [] if file]
        if not files:
            super().clean(None, initial)
        if len(files) > PAPERS_AT_MOST:
            raise ValidationError(_("At most %(number)d papers."), params={"number": PAPERS_AT_MOST})
        return [self._attached(super(PapersField, self).clean(file, initial)) for file in files]

    def _attached(self, file: UploadedFile) -> Attached:
        if file.size > PAPER_LIMIT:
            raise ValidationError(_("%(name)s is larger than 10 MB."), params={"name": file.name})
        content = file.read()
        kind = paper_type(content)
        if kind is None:
            raise ValidationError(_("%(name)s is no PDF, JPG or PNG."), params={"name": file.name})
        return Attached(file.name, kind, content)


class ApplicationForm(forms.Form):
    credit_code = forms.CharField(
        label=gettext_lazy("Unified social credit code"),
        max_length=18,
        min_length=18,
        help_text=gettext_lazy("18 characters, as on the business licence."),
    )
    name_zh = forms.CharField(
        label=gettext_lazy("Chinese name"), max_length=120, help_text=gettext_lazy("In full, as registered.")
    )
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=160, required=False)
    division = forms.ChoiceField(
        label=gettext_lazy("Place of registration"),
        choices=places,
        help_text=gettext_lazy("The cities stand beneath their provinces."),
    )
    size_band = forms.ChoiceField(label=gettext_lazy("Size"), choices=SizeBand.choices, initial=SizeBand.SMALL)
    business = forms.CharField(
        label=gettext_lazy("What the firm does"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    contact_name = forms.CharField(label=gettext_lazy("Contact person"), max_length=60)
    contact_email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("The answer goes there, and the invitation of the firm's first owner."),
        error_messages=NO_ADDRESS,
    )
    contact_phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    papers = PapersField(
        label=gettext_lazy("Papers"),
        help_text=gettext_lazy(
            "The business licence, and what else speaks for the firm: up to five files, PDF, JPG or PNG, 10 MB each."
        ),
    )
    # People do not see it; machines fill it in.
    website = forms.CharField(label=gettext_lazy("Leave this empty"), required=False, max_length=200)

    def clean_credit_code(self) -> str:
        code = self.cleaned_data["credit_code"].strip().upper()
        check_credit_code(code)
        return code

    def clean_division(self) -> Division:
        return Division.objects.get(pk=self.cleaned_data["division"])

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.pop("website", ""):
            raise ValidationError(_("This looks filled in by a machine. Leave the field “Leave this empty” empty."))
        return cleaned


# ── Invitations and the team ─────────────────────────────────────────────────────────────────────


class ClaimForm(forms.Form):
    """Somebody invited who has no account yet chooses a name and a password."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Password, again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, invitation: Invitation, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["password"].help_text = " ".join(strip_tags(password_validators_help_text_html()).split())

    def clean(self) -> dict:
        cleaned = super().clean()
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ."))
        elif password:
            try:
                validate_password(password, User(email=self.invitation.email, name=cleaned.get("name", "")))
            except ValidationError as problem:
                self.add_error("password", problem)
        return cleaned


class InvitationForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254, error_messages=NO_ADDRESS)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60, required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), widget=forms.RadioSelect, choices=role_choices, initial=FirmRole.FILER.value
    )

    def clean_role(self) -> FirmRole:
        return FirmRole(self.cleaned_data["role"])


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), widget=forms.RadioSelect, choices=role_choices)

    def clean_role(self) -> FirmRole:
        return FirmRole(self.cleaned_data["role"])


LEAVES = "leave"


class HandOverForm(forms.Form):
    """To a member of the team, or to an address that is invited as the next owner."""

    to = forms.ChoiceField(label=gettext_lazy("The next owner"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("or somebody new, by e-mail"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("Your own role ends at the moment in which the invitation is accepted."),
        error_messages=NO_ADDRESS,
    )
    stays_as = forms.ChoiceField(label=gettext_lazy("Afterwards you are"), widget=forms.RadioSelect, initial=LEAVES)

    def __init__(self, *args: object, others: QuerySet[Representation], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.others = {str(row.pk): row for row in others}
        people = [(pk, f"{row.user}　{row.user.email}") for pk, row in self.others.items()]
        self.fields["to"].choices = [("", "—"), *people]
        roles = [(role.value, FIRM_ROLE_LABELS[role]) for role in FirmRole if role != FirmRole.OWNER]
        self.fields["stays_as"].choices = [*roles, (LEAVES, _("nobody here: my role ends at once"))]

    def clean_to(self) -> Representation | None:
        return self.others.get(self.cleaned_data["to"])

    def clean_stays_as(self) -> FirmRole | None:
        word = self.cleaned_data["stays_as"]
        return None if word == LEAVES else FirmRole(word)

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("to")) == bool(cleaned.get("email")):
            raise ValidationError(_("Choose one person: of the team, or by an e-mail address."))
        return cleaned
