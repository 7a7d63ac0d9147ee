"""Filings, their numbered versions, and the lines of each."""

import uuid

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from portal.filings.lifecycle import OWNER, Side, Status
from portal.filings.sheet import Kind, Mode

STATUS_LABELS = {
    Status.DRAFT: _("Draft"),
    Status.SUBMITTED: _("Waiting for review"),
    Status.RETURNED: _("Returned"),
    Status.APPROVED: _("Approved"),
    Status.SUPERSEDED: _("Superseded"),
    Status.AMENDED: _("Amended by an answer"),
}
LINE_KINDS = {Kind.SIGNED: _("Signed"), Kind.CHANGED: _("Changed"), Kind.EXECUTED: _("Executed")}
MODE_LABELS = {Mode.OFFSHORE: _("Offshore"), Mode.ONSHORE: _("Onshore"), Mode.OVERSEAS: _("Overseas")}


class Filing(models.Model):
    """One firm's return for one period. Never a second one: what changes is its version."""

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+", verbose_name=_("firm"))
    period = models.ForeignKey("filings.Period", models.PROTECT, related_name="filings", verbose_name=_("period"))
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        constraints = [
            models.UniqueConstraint(fields=["firm", "period"], name="filings_filing_one_per_firm_and_period")
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.period_id}"


class VersionQuerySet(models.QuerySet):
    def known_at(self, at):
        """Approved at or before a moment, and not superseded then."""
        return self.filter(approved_at__lte=at).filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=at))

    def newest_of_each(self):
        """The newest version of each filing."""
        newest = Version.objects.filter(filing=models.OuterRef("filing")).order_by("-number").values("pk")[:1]
        return self.filter(pk=models.Subquery(newest))

    def with_totals(self):
        """Adds `signed_cents` (with changes) and `executed_cents` in US dollar cents, and `line_count`."""
        signed = Q(lines__kind__in=(Kind.SIGNED, Kind.CHANGED))
        return self.annotate(
            signed_cents=Sum("lines__usd_cents", filter=signed, default=0),
            executed_cents=Sum("lines__usd_cents", filter=Q(lines__kind=Kind.EXECUTED), default=0),
            line_count=models.Count("lines"),
        )


class Version(models.Model):
    """One numbered version of a filing. Once submitted its lines stand still; once approved, for ever."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="versions")
    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("version"))
    status = models.CharField(
        _("status"), max_length=12, choices=[(status.value, label) for status, label in STATUS_LABELS.items()]
    )
    is_nil = models.BooleanField(_("nil return"), default=False)
    opened_at = models.DateTimeField(_("opened at"))
    saved_at = models.DateTimeField(_("saved at"), null=True)
    filed_at = models.DateTimeField(_("filed at"), null=True, help_text=_("handed to the firm's certifier"))
    filed_by = models.UUIDField(null=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    submitted_by = models.UUIDField(null=True)
    returned_at = models.DateTimeField(_("returned at"), null=True)
    return_reason = models.CharField(_("reason"), max_length=3, blank=True)
    return_letter = models.TextField(_("letter"), blank=True)
    mend_by_on = models.DateField(_("to be mended by"), null=True)
    return_opened_at = models.DateTimeField(_("letter opened at"), null=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, db_index=True)
    approved_by = models.UUIDField(null=True)
    superseded_at = models.DateTimeField(_("superseded at"), null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["filing", "number"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "number"], name="filings_version_number_once_per_filing"),
            models.UniqueConstraint(
                fields=["filing"],
                condition=Q(status__in=[Status.DRAFT, Status.SUBMITTED]),
                name="filings_version_one_open_per_filing",
            ),
            models.UniqueConstraint(
                fields=["filing"],
                condition=Q(status=Status.APPROVED),
                name="filings_version_one_approved_per_filing",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.APPROVED, Status.SUPERSEDED], approved_at__isnull=False)
                | (~Q(status__in=[Status.APPROVED, Status.SUPERSEDED]) & Q(approved_at__isnull=True)),
                name="filings_version_approved_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("approved_at")),
                name="filings_version_superseded_after_approval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing} v{self.number}"

    @property
    def is_open(self) -> bool:
        return self.status in (Status.DRAFT, Status.SUBMITTED)

    @property
    def waits_for(self) -> Side:
        return OWNER[Status(self.status)]


class Line(models.Model):
    """One event: a contract signed or changed, or an execution on a date.

    The amount is in hundredths of the contract's currency; it is converted once, at the rate of the
    event's month, to cents of both currencies. What statistics need of the contract is copied here, so
    that a later correction of the contract never changes an approved figure.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="lines")
    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, help_text=_("the same event in every version"))
    position = models.PositiveIntegerField()
    kind = models.CharField(
        _("kind"), max_length=10, choices=[(kind.value, label) for kind, label in LINE_KINDS.items()]
    )
    contract = models.ForeignKey("filings.Contract", models.PROTECT, related_name="lines", verbose_name=_("contract"))
    on = models.DateField(_("date"))
    amount_cents = models.BigIntegerField(_("amount"))
    currency = models.ForeignKey("reference.Currency", models.PROTECT, related_name="+", verbose_name=_("currency"))
    usd_rate = models.DecimalField(_("US dollars per unit"), max_digits=18, decimal_places=10)
    cny_rate = models.DecimalField(_("renminbi per unit"), max_digits=18, decimal_places=10)
    rate_month_on = models.DateField(_("month of the rate"))
    rate_source = models.CharField(_("source of the rate"), max_length=200)
    is_rate_provisional = models.BooleanField(_("provisional rate"), default=False)
    usd_cents = models.BigIntegerField(_("in US dollars"))
    cny_cents = models.BigIntegerField(_("in renminbi"))
    market = models.ForeignKey("reference.Market", models.PROTECT, related_name="+")
    category = models.ForeignKey("reference.ServiceCategory", models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=[(mode.value, label) for mode, label in MODE_LABELS.items()])
    upstream_firm = models.CharField(max_length=18, blank=True)
    upstream_number = models.CharField(max_length=80, blank=True)
    receipt_number = models.CharField(_("receipt number"), max_length=80, blank=True)
    receipt_on = models.DateField(_("receipt date"), null=True, blank=True)
    payer_market = models.ForeignKey(
        "reference.Market", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("payer's market")
    )
    reason = models.TextField(_("explanation"), blank=True)
    first_submitted_on = models.DateField(_("first submitted on"), null=True)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="filings_line_once_per_version"),
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0) | (Q(kind=Kind.CHANGED) & ~Q(amount_cents=0)),
                name="filings_line_amount_is_positive_unless_changed",
            ),
        ]
        indexes = [models.Index(fields=["firm", "contract"], name="filings_line_by_firm_contract")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.contract_id} {self.on}"
