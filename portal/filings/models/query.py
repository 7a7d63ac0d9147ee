"""A reviewer's question pinned to a cell, and its answers. They stay with the figure for ever."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.lib.acts import Immutable


class QueryQuerySet(models.QuerySet):
    def open(self, filing: int):
        """Those of a filing that wait for the firm."""
        return self.filter(filing=filing, state=Query.State.OPEN)

    def running(self, filing: int):
        """Those of a filing that nobody has closed yet."""
        return self.filter(filing=filing, state__in=(Query.State.OPEN, Query.State.ANSWERED))


class Query(models.Model):
    """A question on one cell of a version that was handed in: the line by its key, the cell by its field.

    While it is open the firm may change that cell and no other. The clock of the side whose turn it is runs.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for the firm")
        ANSWERED = "answered", _("Answered")
        SETTLED = "settled", _("Settled")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="asked")
    version_number = models.PositiveIntegerField()
    line_key = models.UUIDField(db_index=True)
    field = models.CharField(max_length=30)
    found = models.CharField(max_length=300, blank=True, help_text=_("what stood in the cell when it was asked"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.UUIDField()
    due_on = models.DateField(_("answer by"))
    settled_at = models.DateTimeField(_("settled at"), null=True)
    settled_by = models.UUIDField(null=True)

    objects = QueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("review question")
        verbose_name_plural = _("review questions")
        ordering = ["filing", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "line_key", "field"],
                condition=Q(state__in=["open", "answered"]),
                name="filings_query_one_running_per_cell",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False) | ~Q(state__in=["settled", "withdrawn"]),
                name="filings_query_settled_when_it_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing} {self.field}"


class Remark(Immutable):
    """One turn of the talk: the question, the firm's answer (with the value it put in, if any), a further question."""

    class Side(models.TextChoices):
        FIRM = "firm", _("Firm")
        ASSOCIATION = "association", _("Association")

    query = models.ForeignKey(Query, models.PROTECT, related_name="remarks")
    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=Side.choices)
    text = models.TextField(_("text"))
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(_("at"))
    made_by = models.UUIDField()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["query", "made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.query} {self.made_at:%Y-%m-%d %H:%M}"
