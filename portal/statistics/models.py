"""Releases and their cells. What is published refuses change."""

from collections.abc import Iterable

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from portal.lib.acts import Immutable, ImmutableQuerySet
from portal.lib.quarters import Quarter
from portal.statistics.dimensions import Cut, Measure, Mode, Span, Status


class ReleaseQuerySet(ImmutableQuerySet):
    def published(self):
        return self.filter(publication__isnull=False)

    def newest_first(self):
        return self.order_by("-period__first_on", "-number")

    def delete(self):
        """Only what was never published may be thrown away."""
        if self.published().exists():
            raise TypeError("A published release is never deleted")
        Cell.objects.filter(release__in=self)._raw_delete(self.db)
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


class Publication(Immutable):
    """The moment a release became public."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="publication")
    published_at = models.DateTimeField(_("published at"))
    published_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.release} {self.published_at:%Y-%m-%d}"


class CellQuerySet(ImmutableQuerySet):
    def write(self, release: Release, rows: Iterable[object]) -> None:
        """All cells of a release, by plain SQL: tens of thousands, which are not worth an object each.

        `rows` have the columns as attributes.
        """
        names = [field.name for field in self.model._meta.concrete_fields if field.name not in ("id", "release")]
        columns = ", ".join(connection.ops.quote_name(name) for name in ("release_id", *names))
        places = ", ".join(["%s"] * (len(names) + 1))
        values = [(release.pk, *(getattr(row, name) for name in names)) for row in rows]
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {self.model._meta.db_table} ({columns}) VALUES ({places})", values)


class Cell(Immutable):
    """One precomputed figure: reading costs the same at any number of facts.

    Amounts are cents of both currencies, each the sum of lines rounded once. `contributors` counts
    firms, those of one controller as one.
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
