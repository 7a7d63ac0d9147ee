import pytest

from portal.reference.models import Division


@pytest.mark.parametrize(
    ("path", "name"),
    [("/lists/divisions/", "贵阳市 520100"), ("/en/lists/divisions/", "Guiyang 520100")],
)
def test_it_names_places_with_their_codes_in_both_languages(read, path, name):
    assert name in read(path)


def test_it_shows_every_place(read):
    page = read("/lists/divisions/")
    assert [code for code in Division.objects.values_list("code", flat=True) if code not in page] == []


def test_it_takes_two_queries_however_many_places_there_are(read, django_assert_num_queries):
    with django_assert_num_queries(2):
        read("/lists/divisions/")
