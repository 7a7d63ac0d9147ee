"""Words of the trade in running text, linked to their pages: on the web alone, never in what an edition keeps."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.publishing.document import Piece, Run
from portal.publishing.linking import Linker
from portal.publishing.media.web import Addresses, html_of, line_html
from portal.publishing.richtext import blocks_of
from portal.ui.rendering import in_chinese


def here() -> Addresses:
    """Pages of this site in the active language; texts of the desk have no files."""
    return Addresses(files="", language="" if in_chinese() else f"/{get_language()}")


def text_html(text: str, linker: Linker) -> SafeString:
    """A plain text as a line of HTML, its terms linked."""
    return mark_safe(line_html(linker((Run(text),)), here()))


def rich_html(html: str, linker: Linker, *, under: int = 1) -> SafeString:
    """Rich text as the desk keeps it, its terms linked. `under` is the level of the heading that it stands under."""
    return mark_safe(html_of(Piece(linker.key or "text", "", blocks_of(html)), here(), under=under, linked=linker))
