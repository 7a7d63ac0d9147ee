"""What the association's staff type. Nothing here has a field for a firm's figure."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.filings.desk.letters import blank_point
from portal.filings.desk.points import Point
from portal.filings.fields import PeriodField
from portal.filings.lifecycle import RETURN_REASONS
from portal.filings.models.period import Period
from portal.journal.words import VERBS
from portal.lib import clock
from portal.lib.quarters import Quarter
from portal.members.models import Firm
from portal.ui.fields import day_field

FIRST_YEAR, LAST_YEAR = 2000, 2099


# ── Review ───────────────────────────────────────────────────────────────────────────────────────


class DecisionForm(forms.Form):
    """Which version was looked at, and when it had been submitted: a decision is about that and nothing newer."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    submitted_at = forms.CharField(widget=forms.HiddenInput)


class ApproveForm(DecisionForm):
    """One box for each kind of point that takes a reviewer's word, naming the rows that it is about."""

    def __init__(self, *args: object, points: list[Point], **kwargs: object):
        super().__init__(*args, auto_id="approve_%s", **kwargs)
        rows: dict[tuple[str, str], list[int]] = {}
        for point in points:
            if point.is_to_be_weighed:
                rows.setdefault((point.code, point.severity), []).append(point.position)
        for (code, severity), positions in rows.items():
            self.fields[f"weighed_{code}"] = forms.BooleanField(label=_weighed(severity, positions), required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        left = [name for name in self._names() if not cleaned.get(name)]
        if left:
            raise ValidationError(_("Not approved: points still to be ticked: %(number)d.") % {"number": len(left)})
        return cleaned

    def boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in self._names()]

    def _names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("weighed_")]


def _weighed(severity: str, positions: list[int]) -> str:
    words = {
        "ask": _("Rows %(rows)s: receipts of the back-filings compared"),
        "explain": _("Rows %(rows)s: the explanation can be accepted"),
        "error": _("Rows %(rows)s: looked at, and right all the same"),
    }
    return words[severity] % {"rows": _runs(sorted(set(positions)))}


def _runs(numbers: list[int]) -> str:
    """`1–3, 5`: rows that follow one another are told as one."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


class ReturnForm(DecisionForm):
    reason = forms.ChoiceField(label=gettext_lazy("Reason"))
    mend_by_on = day_field(gettext_lazy("To be mended by"))
    letter = forms.CharField(
        label=gettext_lazy("Letter to the firm"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, auto_id="return_%s", **kwargs)
        codes = [(code, f"{code}　{_(words)}") for code, words in RETURN_REASONS.items()]
        self.fields["reason"].choices = [("", _("Choose a reason")), *codes]

    def clean_mend_by_on(self) -> date:
        day = self.cleaned_data["mend_by_on"]
        if day < clock.today():
            raise ValidationError(_("This day lies in the past."))
        return day

    def clean_letter(self) -> str:
        letter = self.cleaned_data["letter"]
        if blank_point() in letter:
            raise ValidationError(
                _("Write in place of “%(line)s” what is to be mended."), params={"line": blank_point()}
            )
        return letter


# ── Periods and extensions ───────────────────────────────────────────────────────────────────────


class PeriodForm(forms.Form):
    opens_on = day_field(gettext_lazy("Opens on"))
    due_on = day_field(gettext_lazy("Due on"))
    locks_on = day_field(
        gettext_lazy("Locks on"), help_text=gettext_lazy("First filings after this day need an extension.")
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        days = [cleaned.get(name) for name in ("opens_on", "due_on", "locks_on")]
        given = [day for day in days if day]
        if given != sorted(given):
            raise ValidationError(_("A period opens before it is due, and is due before it locks."))
        return cleaned


class PeriodAddForm(PeriodForm):
    """A quarter; each date that is left out takes its default."""

    field_order = ("quarter",)
    quarter = forms.CharField(
        label=gettext_lazy("Quarter"), max_length=6, help_text=gettext_lazy("Year and quarter, such as 2021Q1.")
    )

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        for name in ("opens_on", "due_on", "locks_on"):
            self.fields[name].required = False

    def clean_quarter(self) -> Quarter:
        try:
            quarter = Quarter.parse(self.cleaned_data["quarter"].strip().upper())
        except ValueError as error:
            raise ValidationError(_("Write the year and the quarter, such as 2021Q1.")) from error
        if not FIRST_YEAR <= quarter.year <= LAST_YEAR:
            raise ValidationError(_("The year lies between 2000 and 2099."))
        return quarter

    def dates(self) -> dict[str, date]:
        """The dates that were typed."""
        return {name: self.cleaned_data[name] for name in ("opens_on", "due_on", "locks_on") if self.cleaned_data[name]}


class ExtensionForm(forms.Form):
    firm = forms.CharField(
        label=gettext_lazy("Firm"),
        max_length=120,
        help_text=gettext_lazy("Unified social credit code, or the full Chinese name."),
    )
    period = PeriodField(label=gettext_lazy("Period"), queryset=Period.objects.newest_first())
    until_on = day_field(gettext_lazy("More time until"))
    accepts_from_on = day_field(
        gettext_lazy("Accepts dates from"),
        required=False,
        help_text=gettext_lazy("Only where dates older than the period's own window are to be accepted."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: object, firms: QuerySet[Firm], **kwargs: object):
        super().__init__(*args, **kwargs)
        self.firms = firms

    def clean_firm(self) -> Firm:
        return firm_typed(self.cleaned_data["firm"], self.firms)


def firm_typed(text: str, firms: QuerySet[Firm]) -> Firm:
    """The firm whose code or full name was typed, of those in scope; the same sentence for all others."""
    text = text.strip()
    found = firms.filter(credit_code=text.upper()).first()
    named = [found] if found else list(firms.filter(name_zh=text)[:2])
    if len(named) != 1:
        raise ValidationError(_("No member of yours has this credit code or this name."))
    return named[0]


# ── Looking things up ────────────────────────────────────────────────────────────────────────────


class JournalForm(forms.Form):
    """What is sought in the journal."""

    verb = forms.ChoiceField(label=gettext_lazy("Act"), required=False)
    firm = forms.CharField(label=gettext_lazy("Credit code"), max_length=18, required=False)
    person = forms.UUIDField(label=gettext_lazy("Person's key"), required=False)
    since_on = day_field(gettext_lazy("From"), required=False)
    until_on = day_field(gettext_lazy("To"), required=False)

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        verbs = sorted(((verb, _(words)) for verb, words in VERBS.items()), key=lambda pair: pair[0])
        self.fields["verb"].choices = [("", _("All")), *verbs]
