from portal.reference.models import MarketGroup


def test_it_shows_every_group_with_its_members_of_today(read):
    page = read("/en/lists/market-groups/")
    for code in MarketGroup.objects.values_list("code", flat=True):
        assert f"/en/lists/market-groups/{code}/" in page
    union = page[page.index("European Union") :]
    assert ">27</td>" in union[: union.index("</tr>")]


def test_it_says_that_the_report_s_list_is_our_own(read):
    assert "our reconstruction" in read("/en/lists/market-groups/")
    assert "重建" in read("/lists/market-groups/")


def test_it_takes_one_query_however_many_groups_there_are(read, django_assert_num_queries):
    with django_assert_num_queries(1):
        read("/lists/market-groups/")
