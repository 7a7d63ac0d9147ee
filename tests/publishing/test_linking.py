"""Terms found in running text."""

from portal.publishing.document import Paragraph, Piece, Run
from portal.publishing.linking import Book, Entry, Linker, TermRun, named_in
from portal.publishing.media.web import Addresses, html_of

BOOK = Book(
    (
        Entry("outsourcing", "服务外包", "交给外部完成", ("服务外包", "outsourcing")),
        Entry("city", "服务外包示范城市", "先行先试的城市", ("服务外包示范城市", "示范城市")),
        Entry("ito", "信息技术外包", "IT 交给外部", ("信息技术外包", "ITO")),
    )
)


def linked(text: str, **values) -> list[tuple[str, str]]:
    runs = Linker(BOOK, **values)((Run(text),))
    assert "".join(run.text for run in runs) == text
    return [(run.text, run.slug) for run in runs if isinstance(run, TermRun)]


def test_the_longest_name_wins():
    assert linked("贵阳是服务外包示范城市。") == [("服务外包示范城市", "city")]


def test_a_term_is_linked_once_by_whichever_of_its_words_comes_first():
    assert linked("示范城市发展服务外包，服务外包示范城市再发展服务外包") == [
        ("示范城市", "city"),
        ("服务外包", "outsourcing"),
    ]


def test_a_word_is_not_found_inside_another_of_latin_letters():
    assert linked("MITO and ITOs and xITO") == []
    assert linked("the ITO's share, Outsourcing too") == [("ITO", "ito"), ("Outsourcing", "outsourcing")]


def test_neither_a_link_nor_the_title_of_a_document_is_touched():
    link = Run("服务外包", href="https://example.org/")
    assert Linker(BOOK)((link,)) == (link,)
    assert linked("按《服务外包统计调查制度》执行") == []


def test_a_page_is_not_linked_to_itself():
    assert linked("服务外包与ITO", own="outsourcing") == [("ITO", "ito")]


def test_emphasis_is_kept():
    runs = Linker(BOOK)((Run("做ITO的", is_strong=True),))
    assert [(run.text, run.is_strong) for run in runs] == [("做", True), ("ITO", True), ("的", True)]


def test_terms_of_texts_are_named_in_their_order():
    assert named_in(("ITO", "示范城市与服务外包"), BOOK, own="city") == ("ito", "outsourcing")


def test_the_web_page_leads_to_the_term_and_its_definition_without_hovering():
    piece = Piece("a1", "", (Paragraph((Run("做<ITO>"),)),))
    linker = Linker(BOOK, key="a1-term")
    html = html_of(piece, Addresses(files="", language="/en"), linked=linker)
    assert '<a class="term" href="/en/knowledge/terms/ito/" title="IT 交给外部" aria-describedby="a1-term-ito">' in html
    assert "做&lt;" in html
    assert [(anchor, entry.slug) for anchor, entry in linker.definitions] == [("a1-term-ito", "ito")]


def test_without_terms_nothing_is_done():
    runs = (Run("服务外包"),)
    assert Linker(Book())(runs) is runs
