"""Terms of the trade, told in both languages, and cases of the catalogue."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]


class TermGroup(models.TextChoices):
    TRADE = "trade", _("service trade")
    OUTSOURCING = "outsourcing", _("service outsourcing")
    DIGITAL = "digital", _("digital trade")
    MODES = "modes", _("new modes")
    STATISTICS = "statistics", _("statistics")
    LABOUR = "labour", _("labour and contracts")


class KnowledgeTerm(ClusterableModel):
    """A term: a sentence that defines it, and a page. `aliases` (a line each) are linked where they occur."""

    slug = models.SlugField(_("address"), unique=True)
    group = models.CharField(_("group"), max_length=12, choices=TermGroup.choices)
    name_zh = models.CharField(_("name, Chinese"), max_length=60)
    name_en = models.CharField(_("name, English"), max_length=120)
    aliases = models.TextField(_("also written"), blank=True, help_text=_("a line each, in any language"))
    short_zh = models.TextField(_("in a sentence, Chinese"))
    short_en = models.TextField(_("in a sentence, English"))
    body_zh = RichTextField(_("text, Chinese"), features=FEATURES, blank=True)
    body_en = RichTextField(_("text, English"), features=FEATURES, blank=True)
    sources = models.TextField(_("sources"), blank=True, help_text=_("a line each"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_public = models.BooleanField(_("public"), default=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["group", "order", "slug"]

    def __str__(self) -> str:
        return self.name_zh


class PointQuerySet(models.QuerySet):
    def about(self, term: KnowledgeTerm) -> "PointQuerySet":
        """From whichever side they were written."""
        return self.filter(Q(term=term) | Q(beside=term))

    def between_public(self) -> "PointQuerySet":
        return self.filter(term__is_public=True, beside__is_public=True)


class ComparedPoint(models.Model):
    """A point in which a term differs from another: 劳务派遣 beside 服务外包."""

    term = ParentalKey(KnowledgeTerm, on_delete=models.CASCADE, related_name="points", verbose_name=_("term"))
    beside = models.ForeignKey(KnowledgeTerm, models.CASCADE, related_name="+", verbose_name=_("beside"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    aspect_zh = models.CharField(_("point, Chinese"), max_length=60)
    aspect_en = models.CharField(_("point, English"), max_length=120)
    this_zh = models.TextField(_("this term, Chinese"))
    this_en = models.TextField(_("this term, English"))
    other_zh = models.TextField(_("the other, Chinese"))
    other_en = models.TextField(_("the other, English"))

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of comparison")
        verbose_name_plural = _("points of comparison")
        ordering = ["term", "beside", "order"]

    def __str__(self) -> str:
        return self.aspect_zh


class CatalogueCase(models.Model):
    """A case of a class of the catalogue. Firms in it are invented, or have agreed."""

    category = models.ForeignKey(
        "reference.ServiceCategory", models.PROTECT, related_name="+", verbose_name=_("class of the catalogue")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text_zh = models.TextField(_("case, Chinese"))
    text_en = models.TextField(_("case, English"), blank=True)
    is_public = models.BooleanField(_("public"), default=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["category", "order"]

    def __str__(self) -> str:
        return self.text_zh[:40]
