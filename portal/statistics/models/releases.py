"""Releases and their cells. What is published refuses change."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from portal.lib import clock
from portal.lib.acts import Immutable, ImmutableQuerySet
from portal.lib.quarters import Quarter
from portal.statistics.dimensions import Cut, Measure, Mode, Span, Standing, Status


class ReleaseQuerySet(ImmutableQuerySet):
    def published(self, at: datetime | None = None):
        """Those that are public at a moment, now if none is named: an embargo ends to the minute, by itself."""
        return self.filter(publication__published_at__lte=at or clock.now())

    def newest_first(self):
        return self.order_by("-period__first_on", "-number")

    def delete(self):
        """Only what was never published may be thrown away."""
        if self.filter(publication__isnull=False).exists():
            raise TypeError("A published release is never deleted")
        for rows in PARTS_OF_A_BUILD:
            rows.objects.filter(release__in=self)._raw_delete(self.db)
        return models.QuerySet.delete(self)


class Release(Immutable):
    """All facts known at a moment that the tables of a period use, counted: `2020Q1-1`.

    Written once, when it is built. Publishing adds a Publication; a correction is the next number.
    """

    name = models.CharField(_("release"), max_length=12, unique=True)
    period = models.ForeignKey("filings.Period", models.PROTECT, related_name="+", verbose_name=_("period"))
    number = models.PositiveIntegerField(_("number"))
    as_of = models.DateTimeField(_("as known at"))
    built_by = models.UUIDField(null=True)
    digest = models.CharField(_("digest"), max_length=64)
    fact_count = models.PositiveIntegerField(_("facts"))
    firm_count = models.PositiveIntegerField(_("firms filing"))
    editions = models.JSONField(default=dict, help_text="list → {number, digest}")
    belt_and_road_list = models.CharField(max_length=40)
    standing = models.CharField(
        _("standing"), max_length=12, default=Standing.FINAL, choices=[(item.value, item.value) for item in Standing]
    )
    coverage = models.JSONField(default=dict, help_text="who had filed when it was built, by count and by value")
    thresholds = models.JSONField(default=dict, help_text="when a figure is withheld: settings.DISCLOSURE")
    min_firms = models.PositiveSmallIntegerField()
    low_base_floor = models.BigIntegerField()
    checks = models.JSONField(default=list)
    facts_file = models.FileField(upload_to="releases/")

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["period", "number"]
        constraints = [
            models.UniqueConstraint(fields=["period", "number"], name="statistics_release_number_once_per_period")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def quarter(self) -> Quarter:
        return Quarter.parse(self.period_id)

    @property
    def is_published(self) -> bool:
        return hasattr(self, "publication")

    def is_public(self, at: datetime) -> bool:
        """Whether it may be read by anybody at a moment: published, and its embargo over."""
        return self.is_published and self.publication.published_at <= at


class PublicationQuerySet(ImmutableQuerySet):
    def take_back(self, at: datetime) -> int:
        """Undo what is public to nobody yet. A publication whose moment has come is never deleted."""
        return self.filter(published_at__gt=at)._raw_delete(self.db)


class Publication(Immutable):
    """The moment from which a release is public: one that lies ahead is an embargo."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="publication")
    published_at = models.DateTimeField(_("published at"))
    published_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    note_zh = models.TextField(_("public note, in Chinese"), blank=True)
    note_en = models.TextField(_("public note, in English"), blank=True)

    objects = PublicationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.release} {self.published_at:%Y-%m-%d}"


class CellQuerySet(ImmutableQuerySet):
    def write(self, release: Release, rows: Iterable[object]) -> None:
        """All cells of a release, by plain SQL: tens of thousands, which are not worth an object each.

        `rows` have the columns as attributes.
        """
        names = [field.attname for field in self.model._meta.concrete_fields if field.name not in ("id", "release")]
        columns = ", ".join(connection.ops.quote_name(name) for name in ("release_id", *names))
        places = ", ".join(["%s"] * (len(names) + 1))
        columns_of = attrgetter(*names)
        values = ((release.pk, *columns_of(row)) for row in rows)
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {self.model._meta.db_table} ({columns}) VALUES ({places})", values)


class Cell(Immutable):
    """One precomputed figure: reading costs the same at any number of facts.

    Amounts are cents of both currencies, each the sum of lines rounded once. `contributors` counts
    firms, those of one controller as one. `protect_*` is how far from a sensitive figure an outsider's estimate has
    to stay, to each side; zero where it is not sensitive.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    span = models.CharField(max_length=14, choices=[(item.value, item.value) for item in Span])
    place = models.CharField(max_length=40)
    measure = models.CharField(max_length=14, choices=[(item.value, item.value) for item in Measure])
    mode = models.CharField(max_length=10, choices=[(item.value, item.value) for item in Mode])
    cut = models.CharField(max_length=14, blank=True, choices=[(item.value, item.value) for item in Cut])
    member = models.CharField(max_length=40, blank=True)
    usd_cents = models.BigIntegerField(default=0)
    cny_cents = models.BigIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)
    contributors = models.PositiveIntegerField(default=0)
    protect_usd_cents = models.BigIntegerField(default=0)
    protect_cny_cents = models.BigIntegerField(default=0)
    status = models.CharField(max_length=14, choices=[(item.value, item.value) for item in Status])

    objects = CellQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["release", "place", "cut"], name="statistics_cell_by_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "place", "span", "measure", "mode", "cut", "member"],
                name="statistics_cell_once_per_release",
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.place} {self.measure} {self.mode} {self.cut} {self.member}"


class Concentration(Immutable):
    """How few hold how much of a place's mode: internal, but for what `is_cr4_public` and `is_hhi_public` allow."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    span = models.CharField(max_length=14)
    place = models.CharField(max_length=40)
    measure = models.CharField(max_length=14)
    mode = models.CharField(max_length=10)
    firm_count = models.PositiveIntegerField()
    usd_cents = models.BigIntegerField()
    cr4_usd_cents = models.BigIntegerField()
    hhi = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    is_cr4_public = models.BooleanField(default=False)
    is_hhi_public = models.BooleanField(default=False)
    leaders = models.JSONField(default=list, help_text="the ten largest: [credit code, US cents, renminbi cents]")

    objects = CellQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "place", "span", "measure", "mode"], name="statistics_concentration_once_per_release"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.place} {self.measure} {self.mode}"


class Move(Immutable):
    """How far a figure is from the one published before, for one reason: what a release says has changed."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    against = models.ForeignKey(Release, models.PROTECT, related_name="+")
    period = models.CharField(max_length=6, help_text="the quarter that changed")
    place = models.CharField(max_length=40)
    measure = models.CharField(max_length=14)
    mode = models.CharField(max_length=10)
    cut = models.CharField(max_length=14, blank=True)
    member = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=18)
    usd_cents = models.BigIntegerField()
    cny_cents = models.BigIntegerField()
    line_count = models.PositiveIntegerField()
    firm_count = models.PositiveIntegerField()
    status = models.CharField(max_length=14)

    objects = CellQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "against", "period", "place", "measure", "mode", "cut", "member", "reason"],
                name="statistics_move_once_per_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.place} {self.reason}"


class Audit(Immutable):
    """What an outsider can work out of a release, by linear programming over everything published."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    made_by = models.UUIDField(null=True)
    is_full = models.BooleanField(help_text="whether every withheld figure's interval was worked out")
    is_safe = models.BooleanField()
    summary = models.JSONField(default=dict)
    intervals_file = models.FileField(upload_to="releases/", blank=True)

    class Meta:
        ordering = ["release", "-made_at"]

    def __str__(self) -> str:
        return f"{self.release_id} {self.made_at:%Y-%m-%d}"

    @property
    def suppressed_percent(self) -> float:
        return 100 * self.summary["suppressed_value_share"]

    @property
    def narrowest_percent(self) -> float | None:
        narrowest = self.summary["narrowest_protection"]
        return None if narrowest is None else 100 * narrowest


class Waiver(Immutable):
    """A named person answers for publishing what an earlier release already gave away, or what moved for one firm."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    check_name = models.CharField(max_length=40)
    cells = models.PositiveIntegerField()
    reason = models.TextField(_("reason"))
    waived_at = models.DateTimeField()
    waived_by = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.release_id} {self.check_name}"


class Commentary(Immutable):
    """What a statistician says of a place in a release and signs: causes that are no arithmetic. The newest counts."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    place = models.CharField(max_length=40)
    text_zh = models.TextField(_("in Chinese"))
    text_en = models.TextField(_("in English"))
    signed_as = models.CharField(_("signed as"), max_length=80)
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["release", "place", "-signed_at"]

    def __str__(self) -> str:
        return f"{self.release_id} {self.place}"


# What goes with a build that was never published, when a new one takes its name.
PARTS_OF_A_BUILD: tuple[type[models.Model], ...] = (Cell, Concentration, Move, Audit, Waiver, Commentary)
