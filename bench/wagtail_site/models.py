"""The page: headings, paragraphs, tables and key figures in a StreamField, as Wagtail's own tutorial lays it out."""

from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import StreamField
from wagtail.models import Page

FIGURE = StructBlock([("label", CharBlock()), ("value", CharBlock())])


class ReportPage(Page):
    body = StreamField(
        [
            ("heading", CharBlock()),
            ("paragraph", RichTextBlock()),
            ("table", TableBlock()),
            ("figures", ListBlock(FIGURE)),
        ]
    )
