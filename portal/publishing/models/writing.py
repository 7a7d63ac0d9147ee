"""What editors write. The rows here are working texts: what is public stands in editions."""

import re
from collections.abc import Iterable
from typing import ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin, RevisionMixin

from portal.publishing.blocks import ArticleBlocks, ContentsBlocks, with_ids
from portal.publishing.lifecycle import Kind, Serial, Standing
from portal.ui.rendering import in_chinese

_CODE = re.compile(r".+\s+https?://\S+")
# 内部资料性出版物管理办法, article 15: no name of the press. A 简报 is none.
_OF_THE_PRESS = re.compile(r"(?<!简)报$|刊|杂志")


class Column(models.Model):
    """A fixed column of the newsletter (行业新闻速览, 优秀企业推介 …): the association's to edit."""

    code = models.SlugField(_("code"), unique=True)
    name_zh = models.CharField(_("name, Chinese"), max_length=40)
    name_en = models.CharField(_("name, English"), max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_open = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("newsletter column")
        verbose_name_plural = _("newsletter columns")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name_zh if in_chinese() else self.name_en or self.name_zh


class Written(PreviewableMixin, RevisionMixin, ClusterableModel):
    """A working text with its revisions and its life (`lifecycle.py`). People are named by their keys. `STREAM` is the
    field that its blocks are in."""

    STREAM: ClassVar[str]

    title = models.CharField(_("title"), max_length=120)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), max_length=400, blank=True, help_text=_("one or two sentences"))
    language = models.CharField(
        _("language"), max_length=10, default="zh-hans", choices=[("zh-hans", _("Chinese")), ("en", _("English"))]
    )
    standing = models.CharField(
        _("standing"), max_length=12, default=Standing.DRAFT, editable=False,
        choices=[(item.value, item.value) for item in Standing],
    )  # fmt: skip
    edited_at = models.DateTimeField(_("edited at"), null=True, editable=False)
    edited_by = models.UUIDField(null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.UUIDField(null=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    checked_by = models.UUIDField(null=True, editable=False)
    scheduled_at = models.DateTimeField(_("comes out at"), null=True, editable=False)
    scheduled_by = models.UUIDField(null=True, editable=False)
    correction_zh = models.CharField(
        _("public note of the correction, Chinese"), max_length=300, blank=True, editable=False
    )
    correction_en = models.CharField(
        _("public note of the correction, English"), max_length=300, blank=True, editable=False
    )

    revisions_of_text = GenericRelation(
        "wagtailcore.Revision", content_type_field="base_content_type", object_id_field="object_id",
        related_query_name="%(class)s", for_concrete_model=False,
    )  # fmt: skip

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, update_fields: Iterable[str] | None = None, **kwargs: object) -> None:
        """Blocks are told apart by their ids, also those that no form has written."""
        if update_fields is None or self.STREAM in update_fields:
            setattr(self, self.STREAM, with_ids(getattr(self, self.STREAM).get_prep_value()))
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def revisions(self):
        return self.revisions_of_text

    def with_content_json(self, content: dict) -> "Written":
        """A revision gives back what was written. Its life goes on: it is no part of what is reverted."""
        text = super().with_content_json(content)
        for field in self._meta.concrete_fields:
            if not field.editable and not field.primary_key:
                setattr(text, field.attname, getattr(self, field.attname))
        return text


class Article(Written):
    """An article, a notice or an event."""

    STREAM = "body"
    kind = models.CharField(
        _("kind"), max_length=10, default=Kind.ARTICLE,
        choices=[(Kind.ARTICLE, _("article")), (Kind.NOTICE, _("notice")), (Kind.EVENT, _("event"))],
    )  # fmt: skip
    column = models.ForeignKey(
        Column, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("newsletter column")
    )
    byline = models.CharField(_("author"), max_length=60, blank=True)
    body = StreamField(ArticleBlocks(), verbose_name=_("text"), blank=True)
    city = models.ForeignKey(
        "reference.Division", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about the city"),
    )  # fmt: skip
    firm = models.ForeignKey(
        "members.Firm", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about the firm")
    )
    starts_at = models.DateTimeField(_("event begins at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("event ends at"), null=True, blank=True)
    venue = models.CharField(_("place of the event"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-edited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")),
                name="publishing_event_ends_after_it_begins",
            )
        ]

    def clean(self) -> None:
        """Times of an event in their order, said beside the field and not by the name of a constraint."""
        super().clean()
        if self.ends_at and not self.starts_at:
            raise ValidationError({"starts_at": _("It has an end: say when it begins.")})
        if self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("It ends before it begins: mend one of the two.")})


class Issue(Written):
    """A number of the newsletter, or a handbook."""

    STREAM = "contents"
    kind = models.CharField(
        _("kind"), max_length=10, default=Serial.NEWSLETTER,
        choices=[(Serial.NEWSLETTER, _("newsletter")), (Serial.HANDBOOK, _("handbook"))],
    )  # fmt: skip
    code = models.SlugField(
        _("address"), max_length=40, unique=True, help_text=_("of its page: 2020-08, or a word for a handbook")
    )
    number = models.PositiveSmallIntegerField(_("number in the year"), null=True, blank=True)
    running_number = models.PositiveIntegerField(_("running number"), null=True, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    contents = StreamField(ContentsBlocks(), verbose_name=_("contents"), blank=True)
    permit_number = models.CharField(_("number of the printing permit (准印证号)"), max_length=60, blank=True)
    compiled_by = models.CharField(_("compiled by (编印单位)"), max_length=80, blank=True)
    editor = models.CharField(_("editor"), max_length=60, blank=True)
    signed_by = models.CharField(_("signed by (签发)"), max_length=60, blank=True)
    audience = models.CharField(_("for (发送对象)"), max_length=120, blank=True)
    printed_by = models.CharField(_("printed by (印刷单位)"), max_length=80, blank=True)
    printed_on = models.DateField(_("printed on"), null=True, blank=True)
    copies = models.PositiveIntegerField(_("copies"), null=True, blank=True)
    report_to = models.TextField(_("报 (to superiors)"), blank=True, help_text=_("empty: drawn from the authorities"))
    send_to = models.TextField(_("送 (to heads of the association)"), blank=True, help_text=_("empty: by grades"))
    issue_to = models.TextField(_("发 (to members)"), blank=True, help_text=_("empty: by grades"))
    contacts = models.TextField(_("contacts"), blank=True, help_text=_("a line each; empty: the association's"))
    codes = models.TextField(
        _("square codes"), blank=True, help_text=_("a line each: a label, a blank, an address beginning https://")
    )

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["running_number"], condition=models.Q(kind=Serial.NEWSLETTER),
                name="publishing_running_number_once",
            )
        ]  # fmt: skip

    def clean(self) -> None:
        """Readers keep the address of what was published; square codes lead to web pages alone."""
        super().clean()
        if self.kind == Serial.NEWSLETTER and _OF_THE_PRESS.search(self.title):
            words = _(
                "An internal publication may not be named like the press (…报, …刊, 杂志): name it 动态, 简讯 or 简报."
            )
            raise ValidationError({"title": words})
        twin = Issue.objects.filter(kind=self.kind, running_number=self.running_number).exclude(pk=self.pk).first()
        if self.kind == Serial.NEWSLETTER and self.running_number and twin:
            raise ValidationError({"running_number": _("“%(issue)s” has this running number.") % {"issue": twin}})
        stored = Issue.objects.filter(pk=self.pk, editions__isnull=False).first()
        if stored and stored.code != self.code:
            raise ValidationError({"code": _("It was published at “%(code)s”: the address stays.") % vars(stored)})
        wrong = [line for line in self.codes.splitlines() if line.strip() and not _CODE.fullmatch(line.strip())]
        if wrong:
            words = _("“%(line)s” is no label, a blank and an address that begins with https:// or http://.")
            raise ValidationError({"codes": words % {"line": wrong[0]}})

    def __str__(self) -> str:
        """Numbers of a newsletter share their title: told apart by their address."""
        return f"{self.title} {self.code}" if self.kind == Serial.NEWSLETTER else self.title


class Pin(models.Model):
    """A figure in a working text and the release that it was chosen from: what is looked at when a newer one comes.

    Written anew whenever the text is saved. `block` is the id of the block; `asked` is what the block asks for, `told`
    what the release says (label → text), so that old and new can be set side by side.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="pins")
    block = models.CharField(max_length=36)
    release = models.ForeignKey("statistics.Release", models.PROTECT, related_name="+")
    asked = models.JSONField(default=dict)
    told = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "block"], name="publishing_pin_once_per_block")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.block} {self.release_id}"
