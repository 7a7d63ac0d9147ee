"""The blocks that an editor writes with. What each becomes when it is published is in `freezing.py`."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from portal.publishing.choices import (
    charts,
    currencies,
    forms,
    indicators,
    languages_of_figures,
    places,
    releases,
    tables,
)
from portal.publishing.freezing_figures import why_not_told

TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul"]
LEVELS = [("2", _("section")), ("3", _("part of a section"))]
# Its menu has one language for all: `table-language.js` says it in that of the person who edits.
TABLE_OPTIONS = {"renderer": "text", "startRows": 4, "startCols": 3, "contextMenu": True, "language": "zh-CN"}


class TitleBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("level"), choices=[("2", _("section")), ("3", _("part of a section"))], default="2"
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        form_classname = "struct-block"


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(
        label=_("description"), max_length=250, help_text=_("what the picture shows, for those who cannot see it")
    )
    caption = blocks.CharBlock(label=_("caption"), max_length=250, required=False)
    credit = blocks.CharBlock(label=_("credit"), max_length=120, required=False)

    class Meta:
        label = _("Picture")
        icon = "image"


class GridBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("title of the table"), max_length=150, required=False)
    table = TableBlock(label=_("table"), table_options=TABLE_OPTIONS)
    note = blocks.CharBlock(label=_("note"), max_length=250, required=False)

    class Meta:
        label = _("Table")
        icon = "table"


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("quotation"))
    who = blocks.CharBlock(label=_("who said it"), max_length=120, required=False)

    class Meta:
        label = _("Quotation")
        icon = "openquote"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("what is asked"), max_length=200)
    answer = blocks.RichTextBlock(label=_("answer"), features=TEXT_FEATURES)

    class Meta:
        label = _("Question and answer")
        icon = "help"


class CreditBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("source"), max_length=200)
    address = blocks.URLBlock(label=_("address"), required=False)

    class Meta:
        label = _("Source credit")
        icon = "link-external"


class FirmBlock(blocks.StructBlock):
    page = SnippetChooserBlock("publishing.MemberPage", label=_("member"))

    class Meta:
        label = _("Firm profile")
        icon = "group"


class CityBlock(blocks.StructBlock):
    place = blocks.ChoiceBlock(label=_("city"), choices=places)
    release = blocks.ChoiceBlock(
        label=_("release"), choices=releases, required=False, help_text=_("none: a card without figures")
    )

    class Meta:
        label = _("City card")
        icon = "site"


class PolicyBlock(blocks.StructBlock):
    policy = SnippetChooserBlock("publishing.Policy", label=_("policy"))

    class Meta:
        label = _("Policy card")
        icon = "doc-full"


class FigureBlock(blocks.StructBlock):
    """A figure of a release: chosen, never typed."""

    form = blocks.ChoiceBlock(label=_("what"), choices=forms, default="brief")
    release = blocks.ChoiceBlock(label=_("release"), choices=releases)
    place = blocks.ChoiceBlock(label=_("place"), choices=places)
    indicator = blocks.ChoiceBlock(label=_("indicator"), choices=indicators, required=False)
    table = blocks.ChoiceBlock(label=_("table"), choices=tables, required=False)
    chart = blocks.ChoiceBlock(label=_("chart"), choices=charts, required=False)
    currency = blocks.ChoiceBlock(label=_("currency"), choices=currencies, default="usd")
    language = blocks.ChoiceBlock(label=_("language"), choices=languages_of_figures, required=False)
    note = blocks.CharBlock(label=_("note"), max_length=250, required=False)

    def clean(self, value):
        """Whatever is chosen has to be there, or the editor hears of it here and not when it is published."""
        cleaned = super().clean(value)
        if wrong := why_not_told(cleaned):
            name, reason = wrong
            raise StructBlockValidationError(block_errors={name: ValidationError(reason)})
        return cleaned

    class Meta:
        label = _("Figure of a release")
        icon = "order"
        form_classname = "struct-block figure-block"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("file"))
    title = blocks.CharBlock(label=_("title"), max_length=120, required=False)

    class Meta:
        label = _("Download")
        icon = "download"


class ArticleBlocks(blocks.StreamBlock):
    heading = TitleBlock()
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES, icon="pilcrow")
    picture = PictureBlock()
    table = GridBlock()
    quotation = QuotationBlock()
    question = QuestionBlock()
    credit = CreditBlock()
    firm = FirmBlock()
    city = CityBlock()
    policy = PolicyBlock()
    figure = FigureBlock()
    download = DownloadBlock()

    class Meta:
        block_counts = {"credit": {"max_num": 3}}


class ColumnSection(blocks.StructBlock):
    """A column of this issue with its articles, in order."""

    column = SnippetChooserBlock("publishing.Column", label=_("column"))
    articles = blocks.ListBlock(SnippetChooserBlock("publishing.Article", label=_("article")), label=_("articles"))

    class Meta:
        label = _("Column of the issue")
        icon = "list-ul"


class Chapter(blocks.StructBlock):
    """A chapter of a handbook: text of its own, and what is drawn from the site's pages as they stand."""

    title = blocks.CharBlock(label=_("title"), max_length=80)
    text = ArticleBlocks(label=_("text"), required=False)
    draws = blocks.MultipleChoiceBlock(
        label=_("drawn from the site"), required=False,
        choices=[
            ("terms_trade", _("terms: service trade")), ("terms_outsourcing", _("terms: service outsourcing")),
            ("terms_digital", _("terms: digital trade")), ("terms_modes", _("terms: new modes")),
            ("terms_statistics", _("terms: statistics")), ("terms_labour", _("terms: labour and contracts")),
            ("catalogue", _("the catalogue ITO, BPO, KPO")), ("trade_categories", _("the twelve categories")),
            ("supply_modes", _("the four modes of supply")), ("policies", _("policies")),
            ("entrances", _("entrances to systems")), ("authorities", _("contacts of authorities")),
            ("cities", _("demonstration cities")), ("members", _("members")),
        ],
    )  # fmt: skip

    class Meta:
        label = _("Chapter")
        icon = "folder-open-inverse"


class ContentsBlocks(blocks.StreamBlock):
    column = ColumnSection()
    chapter = Chapter()


def with_ids(plain: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Blocks as they are kept, each with an id, in chapters too: those that have one keep it."""
    return [dict(block) | {"id": block.get("id") or str(uuid4()), "value": _with_ids(block)} for block in plain]


def _with_ids(block: Mapping[str, Any]) -> Any:
    value = block["value"]
    return value | {"text": with_ids(value.get("text") or ())} if block["type"] == "chapter" else value
