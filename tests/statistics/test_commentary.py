"""A statistician's signed word beside the bridge: who may sign, what its digits must be, and that none is lost."""

from django.test import Client

from portal.journal.models import Entry
from portal.statistics.commentaries import commentaries_of
from portal.statistics.models import Commentary
from portal.statistics.queries import release_named
from tests.beginnings import beginning
from tests.statistics.conftest import GUIYANG, Deal, file, firms, publish, text_of
from tests.world import clock_at

DESK = f"/en/desk/releases/2020Q1-1/commentary/{GUIYANG}/"
PUBLIC = f"/en/statistics/2020Q1-1/places/{GUIYANG}/"
WORDS = {
    "text_zh": "新设子公司自2020年1月起填报。执行额由1,200美元增至2,700美元，同比增长125%。",
    "text_en": "A new subsidiary has filed since January 2020; execution rose by US$1,500 to US$2,700, 125.0 per cent.",
    "signed_as": "Erik, chief statistician",
}


@beginning
def published(world):
    """Four firms, a year before and now."""
    for firm in firms(4):
        file(world, firm, Deal(executed="300.00"), period="2019Q1")
        file(world, firm, Deal(executed="675.00"))
    publish(world)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sign(world, **changed: str):
    return signed_in(world.erik).post(DESK, WORDS | changed)


def test_what_is_signed_stands_on_the_page_with_name_and_day(published):
    assert sign(published).status_code == 302
    found = text_of(Client().get(PUBLIC))
    assert WORDS["text_en"] in found
    assert "Erik, chief statistician" in found
    assert Entry.objects.get(verb="release.commented").after["place"] == GUIYANG


def test_a_newer_one_takes_its_place_and_the_older_is_kept(published):
    sign(published)
    sign(published, text_en="Nothing else.", text_zh="无其他说明。")
    found = text_of(Client().get(PUBLIC))
    assert "Nothing else." in found
    assert WORDS["text_en"] not in found
    kept = commentaries_of(release_named("2020Q1-1"), GUIYANG)
    assert [one.text_en for one in kept] == ["Nothing else.", WORDS["text_en"]]


def test_a_number_that_is_not_published_is_refused_with_its_sentence_and_the_nearest(published):
    response = sign(published, text_zh="基数较低。执行额增至2,701美元。")
    found = text_of(response)
    assert "“执行额增至2,701美元。”: 2,701 is not among the published figures of this place." in found
    assert "Nearest: Executed value, January to March 2020 US$0.0027 million" in found
    assert not Commentary.objects.exists()
    assert WORDS["text_en"] in found


def test_a_withheld_figure_cannot_be_quoted(published):
    one = firms(1, first=400)[0]
    file(published, one, Deal(market="ZMB", executed="111.00"))
    with clock_at(publish(published).published_at):
        page = DESK.replace("2020Q1-1", "2020Q1-2")
        words = WORDS | {"text_zh": "越南执行额2,700美元。", "text_en": "Nothing else."}
        # Withheld, since with the whole it would tell what the one firm has elsewhere.
        assert "2,700 is not among the published figures" in text_of(signed_in(published.erik).post(page, words))


def test_an_older_number_of_the_period_takes_no_commentary(published):
    with clock_at(publish(published).published_at):
        assert "comment on that one" in text_of(sign(published))
        assert not Commentary.objects.exists()


def test_only_who_may_sign_comes_in(published):
    for user, status in ((published.dora, 403), (published.frida, 403), (published.alice, 404), (published.erik, 200)):
        assert signed_in(user).get(DESK).status_code == status, user
    assert signed_in(published.dora).post(DESK, WORDS).status_code == 403
    assert signed_in(published.erik).put(DESK).status_code == 405
    assert signed_in(published.erik).get(DESK.replace(GUIYANG, "nowhere")).status_code == 404
    assert not Commentary.objects.exists()
