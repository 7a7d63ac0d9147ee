"""What is typed around a question and around papers: by the reviewer who asks, and by the firm that answers."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.filings.actions.answering import Answer
from portal.filings.actions.asking import LONGEST_TEXT, asked_fields
from portal.filings.attachments import ENDINGS, LARGEST_BYTES
from portal.filings.columns import PLAN_OF
from portal.filings.forms import cell_field, offer_what_stands
from portal.filings.forms_desk import DecisionForm
from portal.filings.models.evidence import Attachment
from portal.filings.models.query import Query
from portal.filings.policies import why_not_mend
from portal.filings.sheet import Finding, Kind
from portal.filings.telling import field_in_words, finding_in_words
from portal.filings.workspace.questions import Thread
from portal.reference.queries import CodeLists
from portal.ui.fields import day_field


def _text(label: str, rows: int = 3) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows}))


class AskForm(DecisionForm):
    """A question about one cell of one line of the version that was looked at."""

    line = forms.UUIDField(widget=forms.HiddenInput)
    field = forms.ChoiceField(label=gettext_lazy("About"))
    text = _text(gettext_lazy("Question"))
    due_on = day_field(gettext_lazy("Answer by"))

    def __init__(self, *args: object, kind: str, **kwargs: object):
        super().__init__(*args, auto_id="ask_%s", **kwargs)
        self.fields["field"].choices = [(name, field_in_words(kind, name)) for name in asked_fields(kind)]


class FurtherForm(forms.Form):
    """One more turn of a question."""

    text = _text(gettext_lazy("Ask further"), rows=2)
    due_on = day_field(gettext_lazy("Answer by"))

    def __init__(self, *args: object, query: Query, **kwargs: object):
        super().__init__(*args, auto_id=f"further_{query.pk}_%s", **kwargs)


class AnswersForm(forms.Form):
    """All open questions of a filing: a text for each, and the cell as it stands, which may be typed anew.

    A question whose text is left empty stays open. `kinds` are the lines by key that are still in the filing, `cells`
    what stands in each question's cell.
    """

    def __init__(
        self, *args: object, threads: Iterable[Thread], kinds: Mapping[UUID, object], cells: Mapping[int, str],
        lists: CodeLists, **kwargs: object,
    ):  # fmt: skip
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.threads, self.cells = list(threads), cells
        for thread in self.threads:
            self._add(thread, kinds.get(thread.query.line_key), lists)

    def _add(self, thread: Thread, line: object, lists: CodeLists) -> None:
        query = thread.query
        self.fields[f"text_{query.pk}"] = _text(_("Your answer"))
        self.fields[f"text_{query.pk}"].required = False
        if why_not_mend(line, query.field) is None:
            name = f"value_{query.pk}"
            column = PLAN_OF[Kind(line.kind)].column(query.field)
            self.fields[name] = cell_field(column, Kind(line.kind), lists)
            self.fields[name].required = False
            self.fields[name].initial = self.cells[query.pk]
            self.fields[name].help_text = _("Change it only if another value is right. Nothing else can be changed.")
            offer_what_stands(self, name)

    def rows(self) -> list[dict[str, object]]:
        """Each question with its two fields, as the page shows them."""
        return [
            {
                "thread": thread,
                "text": self[f"text_{thread.query.pk}"],
                "value": self[name] if (name := f"value_{thread.query.pk}") in self.fields else None,
            }
            for thread in self.threads
        ]

    def clean(self) -> dict:
        cleaned = super().clean()
        for pk, cell in self.cells.items():
            typed = cleaned.get(f"value_{pk}")
            if typed is not None and typed != cell and not cleaned.get(f"text_{pk}"):
                self.add_error(f"text_{pk}", _("You have changed the value: say why."))
        if not self.errors and not self.answers():
            raise ValidationError(_("Answer at least one question."))
        return cleaned

    def answers(self) -> list[Answer]:
        """What was said; a cell that was left as it stood is no value."""
        said = []
        for thread in self.threads:
            pk = thread.query.pk
            if text := self.cleaned_data.get(f"text_{pk}"):
                value = self.cleaned_data.get(f"value_{pk}")
                said.append(Answer(pk, text, None if value == self.cells.get(pk) else value))
        return said

    def tell(self, findings: Iterable[tuple[int | None, Finding]]) -> None:
        """Put findings at the questions' cells; those of other rows above the form."""
        for pk, finding in findings:
            words = finding_in_words(finding)
            expected = words["expected"].rstrip(".。")
            text = f"{words['message']} {_('Expected: %(expected)s.') % {'expected': expected}}" if expected else ""
            name = f"value_{pk}"
            self.add_error(name if name in self.fields else None, text or words["message"])


# ── Papers ───────────────────────────────────────────────────────────────────────────────────────


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PaperField(forms.FileField):
    """One or more files; what they are is judged by their content, when they are kept."""

    def clean(self, data: object, initial: object = None) -> list:
        files = list(data or [None]) if isinstance(data, list | tuple) else [data]
        kept = [super(PaperField, self).clean(file, initial) for file in files]
        if any(file.size > LARGEST_BYTES for file in kept):
            raise ValidationError(_("The file is larger than 10 MB. Scan it at a lower resolution, or in parts."))
        return kept


class PapersForm(forms.Form):
    """Papers for one line or one contract."""

    line = forms.UUIDField(required=False, widget=forms.HiddenInput)
    contract = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Attachment.Kind.choices)
    files = PaperField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("PDF, JPG, PNG or OFD, at most 10 MB each; several may be chosen at once."),
        error_messages={"required": gettext_lazy("Choose a file first.")},
        widget=SeveralFiles(attrs={"accept": ",".join(end for ends in ENDINGS.values() for end in ends)}),
    )
