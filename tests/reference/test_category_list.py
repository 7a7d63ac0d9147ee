import pytest

from portal.reference.models import ServiceCategory


@pytest.mark.parametrize(
    ("path", "words"),
    [("/lists/categories/", ("知识流程外包", "药品")), ("/en/lists/categories/", ("Knowledge process", "medicines"))],
)
def test_it_defines_every_category_in_both_languages(read, path, words):
    page = read(path)
    assert all(word in page for word in words)
    assert [row.code for row in ServiceCategory.objects.filter(level__gt=1) if f'id="{row.code}"' not in page] == []


def test_it_keeps_the_order_ito_bpo_kpo(read):
    page = read("/lists/categories/")
    assert page.index('id="ITO"') < page.index('id="ITO-3-99"') < page.index('id="BPO"') < page.index('id="KPO"')


def test_it_tells_the_service_trade_category_and_how_sure_we_are(read):
    page = read("/en/lists/categories/")
    row = page[page.index('id="BPO-2-04"') :]
    row = row[: row.index("</tr>")]
    assert "SG Financial services, digitally deliverable" in row
    assert "unsure" in row


def test_it_shows_a_kind_that_somebody_added(read):
    ServiceCategory.objects.create(code="XPO", level=1, name_zh="其他外包", name_en="Other outsourcing")
    assert "其他外包" in read("/lists/categories/")


def test_it_takes_one_query_however_many_categories_there_are(read, django_assert_num_queries):
    with django_assert_num_queries(1):
        read("/lists/categories/")
