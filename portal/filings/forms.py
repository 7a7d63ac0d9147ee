"""The forms of a firm's workspace. Labels, hints and choices come from columns.py; what is typed is kept as it is
and judged by the rules, so that form and workbook hear the same."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.filings.actions.contracts import CHANGEABLE, LONGEST_REASON
from portal.filings.actions.uploads import LARGEST_BYTES
from portal.filings.columns import CONTRACTS, NEW_MODE_WORDS, SUPPLY_WORDS, Column, Form
from portal.filings.differences import kept_columns
from portal.filings.sheet import CONTRACT_KINDS, Finding, Kind
from portal.filings.telling import finding_in_words, name_of, word_of
from portal.reference.queries import CodeLists, CodeRow
from portal.ui.fields import day_field
from portal.ui.rendering import in_chinese

CONTRACT_LIST_ID = "known-contracts"


class Typed(forms.CharField):
    """A cell: any text is accepted here. `required` only marks its label."""

    def validate(self, value: str) -> None:
        pass


class CellForm(forms.Form):
    """A form whose fields are cells of a workbook, as text."""

    def __init__(self, *args, columns: Sequence[Column], kind: Kind, lists: CodeLists, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.cells = [column.field for column in columns]
        for column in columns:
            self.fields[column.field] = cell_field(column, kind, lists)
            offer_what_stands(self, column.field)

    @property
    def typed(self) -> dict[str, str]:
        """Raw cells by field name, as intake takes them."""
        return {name: self.cleaned_data[name] for name in self.cells}

    def tell(self, findings: Iterable[Finding]) -> None:
        """Put findings at their fields: what is wrong, how to mend it, and what was expected."""
        for finding in findings:
            words = finding_in_words(finding)
            text = words["message"]
            if words["expected"]:
                text += " " + _("Expected: %(expected)s.") % {"expected": words["expected"].rstrip(".。")}
            self.add_error(finding.field if finding.field in self.fields else None, text)


class EntryForm(CellForm):
    """One entry of a filing."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, kind: Kind, lists: CodeLists, **kwargs):
        super().__init__(*args, columns=kept_columns(kind), kind=kind, lists=lists, **kwargs)


# What an address may begin a contract with: all of it is chosen from a list.
BEGUN = ("market", "category", "supply", "new_mode", "is_abroad", "contracts_back")


def begun_with(given: Mapping[str, str], lists: CodeLists) -> dict[str, str]:
    """What an address says of a contract that is not yet written down. Whatever is in no list is left out."""
    form = EntryForm(kind=Kind.SIGNED, lists=lists)
    known = ((name, given.get(name, "")) for name in BEGUN if name in form.fields)
    return {name: value for name, value in known if value and value in _choices_of(form.fields[name].widget)}


def _choices_of(select: forms.Select) -> set[str]:
    return {str(key) for _group, options, _index in select.optgroups("", []) for key in _values(options)}


class ContractChangeForm(CellForm):
    """What describes a contract, with the day on which it changed and why."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    happened_on = day_field(
        gettext_lazy("Changed on"), help_text=gettext_lazy("From this day on; what happened before stays as it was.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, lists: CodeLists, **kwargs):
        columns = [CONTRACTS.column(name) for name in CHANGEABLE]
        super().__init__(*args, columns=columns, kind=Kind.SIGNED, lists=lists, **kwargs)
        self.order_fields([*self.cells, "happened_on", "reason"])


def offer_what_stands(form: forms.Form, name: str) -> None:
    """A word that is in no list is kept as a choice of its own, so that the person sees what was typed."""
    widget = form.fields[name].widget
    if not isinstance(widget, forms.Select):
        return
    value = str(form[name].value() or "")
    known = {str(key) for _group, options, _index in widget.optgroups(name, []) for key in _values(options)}
    if value not in known:
        widget.choices = [*widget.choices, (value, value)]


def _values(options: Iterable[Mapping]) -> list[object]:
    return [option["value"] for option in options]


def cell_field(column: Column, kind: Kind, lists: CodeLists) -> Typed:
    """A form field for one cell: its head, its hint, and a list to choose from where there is one."""
    widget = _select(column, lists) or _text_input(column, kind)
    return Typed(
        label=column.zh if in_chinese() else column.en,
        help_text=_(column.hint) if column.hint else "",
        required=column.required,
        widget=widget,
    )


def _text_input(column: Column, kind: Kind) -> forms.Widget:
    if column.field == "reason":
        return forms.Textarea(attrs={"rows": 3})
    attrs = {"autocomplete": "off"}
    if column.form in (Form.AMOUNT, Form.SHARE):
        attrs["inputmode"] = "decimal"
    if column.field == "number" and kind not in CONTRACT_KINDS:
        attrs["list"] = CONTRACT_LIST_ID
    return forms.TextInput(attrs=attrs)


def _select(column: Column, lists: CodeLists) -> forms.Select | None:
    choices = {
        Form.MARKET: lambda: _coded(lists.markets.values()),
        Form.CATEGORY: lambda: _categories(lists),
        Form.CURRENCY: lambda: _coded(lists.currencies.values()),
        Form.YES_NO: lambda: [("是", _("Yes")), ("否", _("No"))],
        Form.SUPPLY: lambda: [(key, word_of(SUPPLY_WORDS, key)) for key in SUPPLY_WORDS],
        Form.NEW_MODE: lambda: [(key, word_of(NEW_MODE_WORDS, key)) for key in NEW_MODE_WORDS],
    }.get(column.form)
    return forms.Select(choices=[("", "—"), *choices()]) if choices else None


def _coded(rows: Iterable[CodeRow]) -> list[tuple[str, str]]:
    return [(row.code, f"{row.code} {name_of(row)}") for row in rows]


def _categories(lists: CodeLists) -> list[tuple[str, list[tuple[str, str]]]]:
    """Third-level categories under their groups: a group's code is the beginning of its members' codes."""
    groups: dict[str, list[CodeRow]] = {}
    for row in lists.categories.values():
        if row.is_leaf:
            groups.setdefault(row.code.rpartition("-")[0], []).append(row)
    return [
        (f"{code} {name_of(lists.categories[code])}" if code in lists.categories else code, _coded(rows))
        for code, rows in groups.items()
    ]


class UploadForm(forms.Form):
    """A workbook or CSV file. What is in it is judged by intake and rules, and kept either way."""

    file = forms.FileField(
        label=gettext_lazy("Workbook or CSV file"),
        help_text=gettext_lazy("An .xlsx, .xls, .ods or .csv file of at most 20 MB."),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file first.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 20 MB. Leave out pictures and other sheets, and upload it again.")
            )
        return file
