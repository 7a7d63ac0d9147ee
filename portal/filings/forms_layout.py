"""Telling which column of a firm's own table holds which field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.filings.actions.layouts import why_not_tell
from portal.filings.columns import KIND_WORDS, Column, csv_columns
from portal.filings.intake.heads import Heads
from portal.filings.intake.layouts import OwnHead
from portal.reference.queries import CodeLists
from portal.ui.rendering import in_chinese

SAMPLES = 3


@dataclass(frozen=True)
class OwnColumn:
    """One column of the firm's table as the page shows it: its head, its first values, and the choice."""

    head: str
    samples: Sequence[str]
    field: forms.BoundField


class LayoutForm(forms.Form):
    """A choice for each column of the table, and the texts that stand for a column which is not there."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What are the rows?"),
        required=False,
        help_text=gettext_lazy("Choose one where all rows are alike and no column says it."),
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        required=False,
        help_text=gettext_lazy("Choose one where all rows have the same and no column says it."),
    )

    def __init__(self, *args, head: OwnHead, lists: CodeLists, told: Mapping[str, str], **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.head = head
        titles = [(column.field, _title(column)) for column in csv_columns()]
        known = Heads(csv_columns(), lists.currencies)
        for place, text in enumerate(head.texts):
            column, _unit = known.meaning(text)
            guess = told.get(str(place), column.field if column else "")
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=text or _("Column %(number)d") % {"number": place + 1},
                required=False, choices=[("", _("not used")), *titles], initial=guess,
                widget=forms.Select(attrs={"class": "in"}),
            )  # fmt: skip
        words = [(zh, zh if in_chinese() else en) for zh, *_other, en in _kind_words()]
        self.fields["kind"].choices = [("", _("A column says it")), *words]
        self.fields["currency"].choices = [("", _("A column says it")), *((code, code) for code in lists.currencies)]

    def clean(self) -> dict[str, object]:
        if reason := why_not_tell(self.columns, self.constants):
            self.add_error(None, reason)
        return self.cleaned_data

    @property
    def columns(self) -> dict[str, str]:
        """Place of a column → field, for those that are used."""
        chosen = ((str(place), self.cleaned_data.get(f"column-{place}")) for place in range(len(self.head.texts)))
        return {place: name for place, name in chosen if name}

    @property
    def constants(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("kind", "currency") if self.cleaned_data.get(name)}

    def own_columns(self, rows: Sequence[Sequence[str]]) -> list[OwnColumn]:
        """The columns with their first values, in the order of the table."""
        found = []
        for place, text in enumerate(self.head.texts):
            samples = [row[place] for row in rows if place < len(row) and row[place]]
            found.append(OwnColumn(text, samples[:SAMPLES], self[f"column-{place}"]))
        return found


def _title(column: Column) -> str:
    return column.zh if in_chinese() else column.en


def _kind_words() -> list[tuple[str, ...]]:
    return [(words[0], next(word for word in words if word.isascii())) for words in KIND_WORDS.values()]
