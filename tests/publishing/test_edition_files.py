"""Files of editions: kept by caches for good, shown only where they are pictures, gone with their edition."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.lib import clock
from tests.publishing.editions import article_edition, document_of_article, edition_of, file_of, withdrawn

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def address(file) -> str:
    return f"/publications/{file.edition_id}/files/{file.name}"


def got(path: str, **headers: str):
    """The answer, and what it carries."""
    response = Client().get(path, headers=headers)
    return response, response.getvalue() if response.streaming else response.content


def test_a_picture_may_be_kept_for_a_year_and_runs_nothing(world):
    response, content = got(address(file_of(article_edition("读数"), SVG, "svg")))
    assert content == SVG
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Disposition"] == "inline"
    assert not response.cookies


@pytest.mark.parametrize("ending", ["pdf", "csv", "zip", "html"])
def test_all_else_is_saved_and_never_shown(world, ending):
    response, _content = got(address(file_of(article_edition("读数"), b"x", ending)))
    assert response.headers["Content-Disposition"] == "attachment"
    assert not response.headers["Content-Type"].startswith("text/html")


def test_who_has_it_already_is_told_so(world):
    file = file_of(article_edition("读数"), SVG, "svg")
    known = {"if-none-match": f'"{file.name}"'}
    assert got(address(file), **known)[0].status_code == 304
    withdrawn(file.edition)
    assert got(address(file), **known)[0].status_code == 404


def test_files_of_an_earlier_edition_stay(world):
    first = article_edition("读数")
    file = file_of(first, SVG, "svg")
    edition_of(first.article, document_of_article(first.article))
    assert got(address(file))[0].status_code == 200


def test_files_come_and_go_with_their_edition(world):
    coming = file_of(article_edition("明天", at=clock.now() + timedelta(hours=1)), SVG, "svg")
    gone = file_of(article_edition("旧闻"), SVG, "svg")
    withdrawn(gone.edition)
    other = article_edition("别的")
    for path in (address(coming), address(gone), f"/publications/{other.pk}/files/{gone.name}"):
        assert got(path)[0].status_code == 404, path
