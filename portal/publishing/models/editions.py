"""What is public: frozen when it was published, read by all media, never changed."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.lib import clock
from portal.lib.acts import Immutable, ImmutableQuerySet
from portal.publishing.document import Document
from portal.publishing.document_json import from_json
from portal.publishing.models.writing import Article, Column, Issue


def edition_path(file: "EditionFile", name: str) -> str:
    return f"editions/{file.edition_id}/{name}"


_SAME_TEXT = models.Q(article=models.OuterRef("article")) | models.Q(issue=models.OuterRef("issue"))


class EditionQuerySet(ImmutableQuerySet):
    def public(self, at: datetime | None = None):
        """The newest edition of each text that was published by a moment (now), where it is not withdrawn."""
        return self.newest(at).filter(withdrawal__isnull=True)

    def newest(self, at: datetime | None = None):
        """Of each text that was published by a moment (now), withdrawn or not."""
        at = at or clock.now()
        later = Edition.objects.filter(_SAME_TEXT, number__gt=models.OuterRef("number"), published_at__lte=at)
        return self.filter(~models.Exists(later), published_at__lte=at)

    def readable(self, at: datetime | None = None):
        """Whatever readers can open by a moment (now), earlier editions too: nothing that is withdrawn, and nothing of
        a text whose newest is. `is_newest` tells the public one from those behind it."""
        at = at or clock.now()
        newest = Edition.objects.newest(at).filter(_SAME_TEXT)
        rows = self.filter(published_at__lte=at, withdrawal__isnull=True)
        rows = rows.exclude(models.Exists(newest.filter(withdrawal__isnull=False)))
        return rows.annotate(is_newest=models.Exists(newest.filter(pk=models.OuterRef("pk"))))


class Edition(Immutable):
    """A text as it was published. A correction is the next number, with a public note.

    `document` is `document_json.to_json`; `text` is all that it says, for search; `digest` is of the document. What
    lists go by (kind, column, city, firm, the times of an event, the date of an issue) is as it was then, whatever is
    drafted since.
    """

    article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="editions")
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    kind = models.CharField(_("kind"), max_length=10)
    column = models.ForeignKey(Column, models.PROTECT, null=True, related_name="+")
    city = models.ForeignKey("reference.Division", models.PROTECT, null=True, related_name="+")
    firm = models.ForeignKey("members.Firm", models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"), blank=True)
    language = models.CharField(max_length=10)
    starts_at = models.DateTimeField(_("event begins at"), null=True)
    ends_at = models.DateTimeField(_("event ends at"), null=True)
    issued_on = models.DateField(_("date of issue"), null=True)
    document = models.JSONField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), db_index=True)
    published_by = models.UUIDField(null=True)
    checked_by = models.UUIDField(null=True)
    note_zh = models.CharField(_("note of the correction, Chinese"), max_length=300, blank=True)
    note_en = models.CharField(_("note of the correction, English"), max_length=300, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["kind", "published_at"], name="publishing_edition_of_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=True) ^ models.Q(issue__isnull=True),
                name="publishing_edition_of_one_text",
            ),
            models.UniqueConstraint(fields=["article", "number"], name="publishing_article_edition_once"),
            models.UniqueConstraint(fields=["issue", "number"], name="publishing_issue_edition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def as_document(self) -> Document:
        return from_json(self.document)


class EditionFile(Immutable):
    """A picture, a drawing or a download of an edition, under the name that its document says."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    name = models.CharField(max_length=80, help_text="SHA-256 and ending")
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    file = models.FileField(upload_to=edition_path)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="publishing_file_once_per_edition")]

    def __str__(self) -> str:
        return self.name


class Withdrawal(Immutable):
    """An edition is public no longer; its page says so, and why."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()
    by = models.UUIDField()
    note_zh = models.CharField(_("reason, Chinese"), max_length=300)
    note_en = models.CharField(_("reason, English"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.edition} {self.at:%Y-%m-%d}"


class Check(Immutable):
    """What a second person said of a working text. `digest` is of the text that was looked at."""

    article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="checks")
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, related_name="checks")
    digest = models.CharField(max_length=64)
    is_approval = models.BooleanField()
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=True) ^ models.Q(issue__isnull=True),
                name="publishing_check_of_one_text",
            )
        ]

    def __str__(self) -> str:
        return f"{self.article or self.issue} {self.at:%Y-%m-%d}"
