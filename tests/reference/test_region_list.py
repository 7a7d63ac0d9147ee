from portal.lib import clock
from portal.reference.models import Division, RegionMember


def test_it_shows_schemes_regions_and_when_places_entered(read):
    page = read("/lists/regions/")
    assert "中国服务外包示范城市" in page
    assert page.index("2009-01-01") < page.index("2016-05-05") < page.index("2021-01-01")


def test_it_counts_the_places_of_today(read, settings):
    assert ">37</td>" in read("/en/lists/regions/")
    RegionMember.objects.filter(region="so_demo_city-all", division="520100").update(until_on="2022-12-31")
    assert ">36</td>" in read("/en/lists/regions/")
    assert "2022-12-31" in read("/en/lists/regions/")


def test_it_tells_source_and_doubt(read):
    page = read("/en/lists/regions/")
    assert "商服贸函〔2016〕208号" in page
    assert "No definition of" in page


def test_it_takes_as_many_queries_for_more_places(read, assert_constant_queries):
    def add_rows() -> None:
        taken = RegionMember.objects.filter(region="jjj-all").values("division")
        for place in Division.objects.exclude(code__in=taken)[:5]:
            RegionMember.objects.create(region_id="jjj-all", division=place, since_on=clock.today())

    assert_constant_queries(add_rows, lambda: read("/lists/regions/"))
