"""Terms of membership and dues as tables of the admin's import: each row is saved by its own act.

A row that stands already is left alone; one of the same firm and first day that says otherwise replaces it.
"""

from decimal import Decimal, InvalidOperation

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from import_export import fields
from import_export.widgets import CharWidget, Widget

from portal.lib import clock
from portal.lib.money import from_cents, to_cents
from portal.members.actions import record_dues, record_term
from portal.members.models import Dues, Grade, Term
from portal.members.resources import ActResource, ChoiceWidget, FirmWidget, acted, day
from portal.ui.exchange import ExchangeResource

TERM = ("firm", "grade", "from_on", "until_on")
DUES = ("firm", "from_on", "until_on", "amount", "paid_on", "receipt_number", "note")


class YuanWidget(Widget):
    """Renminbi in yuan, kept in fen."""

    def clean(self, value: object, row: object = None, **kwargs: object) -> int:
        try:
            return to_cents(Decimal(str(value or "").replace(",", "").strip()))
        except InvalidOperation as problem:
            raise ValueError(_("“%(text)s” is no amount in yuan.") % {"text": value}) from problem

    def render(self, value: int | None, obj: object = None, **kwargs: object) -> str:
        return "" if value is None else str(from_cents(value))


class StandingResource(ActResource):
    """Rows known by firm and first day; of those, the one that nothing has replaced."""

    firm = fields.Field("firm", "firm", widget=FirmWidget())
    from_on, until_on = day("from_on"), day("until_on")

    class Meta(ExchangeResource.Meta):
        import_id_fields = ("firm", "from_on")
        # Nothing is changed in place: what the row says is saved by an act, which checks it.
        clean_model_instances = False

    def get_queryset(self) -> QuerySet:
        return self._meta.model.objects.filter(replaced_by__isnull=True).select_related("firm")

    def get_instance(self, instance_loader: object, row: dict) -> Term | Dues | None:
        firm, since = (self.fields[name].clean(row) for name in ("firm", "from_on"))
        return self.get_queryset().filter(firm=firm, from_on=since).first()

    def do_instance_save(self, instance: Term | Dues, is_create: bool) -> None:
        old = None if is_create else self._meta.model.objects.get(pk=instance.pk)
        instance.pk = acted(lambda: self._record(instance, old)).pk
        instance._state.adding = False

    def _record(self, typed: Term | Dues, old: Term | Dues | None) -> Term | Dues:
        raise NotImplementedError


class TermResource(StandingResource):
    grade = fields.Field("grade", "grade", widget=ChoiceWidget(Grade.values, Grade.MEMBER))

    class Meta(StandingResource.Meta):
        model = Term
        fields = import_order = export_order = TERM

    def _record(self, typed: Term, old: Term | None) -> Term:
        return record_term(
            firm=typed.firm, grade=typed.grade, from_on=typed.from_on, until_on=typed.until_on, replaces=old,
            by=self.by, at=clock.now(),
        )  # fmt: skip


class DuesResource(StandingResource):
    amount = fields.Field("amount_cents", "amount", widget=YuanWidget())
    paid_on = day("paid_on")
    receipt_number = fields.Field("receipt_number", "receipt_number", widget=CharWidget())
    note = fields.Field("note", "note", widget=CharWidget())

    class Meta(StandingResource.Meta):
        model = Dues
        fields = import_order = export_order = DUES

    def _record(self, typed: Dues, old: Dues | None) -> Dues:
        return record_dues(
            firm=typed.firm, from_on=typed.from_on, until_on=typed.until_on, amount_cents=typed.amount_cents,
            paid_on=typed.paid_on, receipt_number=typed.receipt_number or "", note=typed.note or "", replaces=old,
            by=self.by, at=clock.now(),
        )  # fmt: skip
