import pytest

from portal.reference.models import Edition


def test_it_leads_to_every_list(read):
    page = read("/en/lists/")
    for part in ("divisions", "regions", "markets", "market-groups", "categories", "currencies"):
        assert f'href="/en/lists/{part}/"' in page


def test_it_says_how_many_rows_and_which_edition(read):
    page = read("/en/lists/")
    assert ">399<" in page
    assert ">1646<" in page
    assert "2019-01-01" in page


def test_it_says_so_when_a_list_has_no_edition_yet(read, monkeypatch):
    monkeypatch.setattr(Edition, "objects", Edition.objects.none())
    assert "none yet" in read("/en/lists/")


@pytest.mark.parametrize("path", ["/lists/", "/en/lists/"])
def test_it_is_written_in_both_languages(read, path):
    assert f'lang="{"en" if path.startswith("/en") else "zh-Hans"}"' in read(path)


def test_it_rejects_post(client):
    assert client.post("/lists/").status_code == 405
