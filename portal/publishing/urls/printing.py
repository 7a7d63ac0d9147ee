"""Editions to take away: PDF for print, which is not public, and Word."""

from django.urls import path

from portal.publishing.views import printing

urlpatterns = [
    path("newsletters/<slug:code>/print.pdf", printing.issue_print, name="issue-print"),
    path("newsletters/<slug:code>/word.docx", printing.issue_word, name="issue-word"),
    path("handbooks/<slug:code>/print.pdf", printing.handbook_print, name="handbook-print"),
    path("handbooks/<slug:code>/word.docx", printing.handbook_word, name="handbook-word"),
    path("articles/<row:pk>/word.docx", printing.article_word, name="article-word"),
    # /publications/12/print.pdf: of an edition by its number, also after corrections
    path("publications/<row:edition>/print.pdf", printing.edition_pdf, name="edition-pdf"),
    path("publications/<row:edition>/word.docx", printing.edition_word, name="edition-word"),
]
