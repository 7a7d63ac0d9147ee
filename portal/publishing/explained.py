"""What the pages of terms and classes show, put together from queries."""

from portal.publishing.catalogue import ClassPage
from portal.publishing.knowing import TermPage, term_book
from portal.publishing.linking import Linker
from portal.publishing.media.terms import rich_html, text_html


def term_context(page: TermPage) -> dict[str, object]:
    linker = Linker(term_book(), page.line.slug)
    return {"page": page, "short": text_html(page.line.short, linker), "body": rich_html(page.body, linker)}


def class_context(page: ClassPage) -> dict[str, object]:
    linker = Linker(term_book())
    cases = [
        (text_html(case.text, linker) if not case.is_foreign else case.text, case.is_foreign) for case in page.cases
    ]
    return {"page": page, "definition": text_html(page.of.definition, linker), "cases": cases}
