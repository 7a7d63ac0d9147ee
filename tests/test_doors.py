"""Every page is closed unless it stands in this list; outsiders find nothing, readers are told no."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.test_names import own_patterns
from tests.world import World, file_quarter, world  # noqa: F401 (a fixture)

PUBLIC = {
    "api-page:api-reference",
    "api:cell-list", "api:changelog", "api:date-list", "api:edition-detail", "api:edition-list", "api:list-detail",
    "api:list-list", "api:nothing-here", "api:openapi", "api:release-concentration", "api:release-detail",
    "api:release-list", "api:release-places", "api:release-structure", "api:release-tables", "api:service-detail",
    "api:table-detail",
    "front:accessibility", "front:contact", "front:favicon", "front:health", "front:home", "front:methodology",
    "front:privacy", "front:robots", "front:sitemap",
    "publishing:article-detail", "publishing:article-edition", "publishing:article-list", "publishing:edition-file",
    "publishing:event-file", "publishing:event-list", "publishing:handbook-detail", "publishing:handbook-edition",
    "publishing:handbook-list", "publishing:issue-detail", "publishing:issue-edition", "publishing:issue-list",
    "publishing:issue-piece", "publishing:newsletter-feed", "publishing:notice-feed", "publishing:notice-list",
    "publishing:policy-feed", "publishing:release-feed",
    "publishing:city-detail", "publishing:city-list", "publishing:member-detail", "publishing:member-list",
    "publishing:search",
    "publishing:catalogue-tree", "publishing:class-detail", "publishing:decide", "publishing:knowledge-home",
    "publishing:supply-mode-list", "publishing:term-detail", "publishing:trade-category-list",
    "publishing:subscription-add", "publishing:subscription-asked", "publishing:subscription-change",
    "publishing:subscription-confirm", "publishing:subscription-erase", "publishing:subscription-leave",
    "publishing:authority-list", "publishing:entrance-list", "publishing:entrance-manual",
    "publishing:policy-copy", "publishing:policy-detail", "publishing:policy-list",
    "receipts:receipt-check",
    "members:application-add", "members:application-state", "members:invitation-open",
    "reference:category-list", "reference:currency-list", "reference:division-list", "reference:list-download",
    "reference:list-index", "reference:market-group-detail", "reference:market-group-list", "reference:market-list",
    "reference:region-list",
    "statistics:calendar-file", "statistics:calendar-list", "statistics:preview-open",
    "statistics:place-axes", "statistics:place-brief", "statistics:place-chart", "statistics:place-detail",
    "statistics:place-list", "statistics:place-release", "statistics:place-tables",
    "statistics:release-detail", "statistics:release-changes", "statistics:changes-feed", "statistics:figure-about",
    "statistics:release-list", "statistics:release-tables",
    "statistics:category-detail", "statistics:category-list", "statistics:concentration", "statistics:digital-trade",
    "statistics:glossary", "statistics:group-detail", "statistics:group-list", "statistics:scheme-detail",
    "statistics:scheme-list", "statistics:series", "statistics:service-trade", "statistics:size-list",
    "statistics:table-choose", "statistics:table-detail", "statistics:table-file", "statistics:table-index",
    "statistics:theme-chart", "statistics:theme-member-chart", "statistics:theme-member-table",
    "statistics:theme-table",
    "publishing:article-word", "publishing:edition-word", "publishing:handbook-word", "publishing:issue-word",
    "ui:gallery", "ui:language", "ui:text-size",
}  # fmt: skip
# Open to everybody who has signed in: it leads each person to the right home.
SHARED = {"front:workspace"}

SAMPLES = {
    "standing": "final", "topic": "policies",
    "slug": "nothing", "revision_id": 1,
    "pk": 1, "code": "520100", "period": "2020Q1", "kind": "signed", "place": "line-1", "name": "2020Q1-1",
    "release": "2020Q1-1", "form": "csv", "theme": "groups", "chart": "modes", "table": "markets",
    "token": "x" * 43, "paper": 1,
    "medium": "pdf", "edition": 1, "rest": "nothing", "anchor": "a1",
    "key": "00000000-0000-4000-8000-000000000000", "batch": "00000000-0000-4000-8000-000000000000",
}  # fmt: skip
NAMES = sorted(name for name, _pattern in own_patterns())
PARAMETERS = {name: list(pattern.pattern.converters) for name, pattern in own_patterns()}


def address(name: str, **changed: object) -> str:
    return reverse(name, kwargs={key: (SAMPLES | changed)[key] for key in PARAMETERS[name]})


OF_A_FIRM = (
    "desk:firm", "desk:profile", "desk:representation-add", "desk:consent", "desk:term", "desk:dues-add",
    "desk:invitation-add", "desk:viewing",
)  # fmt: skip


def own(world: World, name: str) -> str:
    """The address with what really exists in the world: the firm's filing, lines, upload and people."""
    if name.startswith(OF_A_FIRM):
        return address(name, code=world.firm.credit_code)
    return address(name, code="2020Q1") if name.startswith(("desk:period", "releases:")) else address(name)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def statuses(client: Client, path: str) -> set[int]:
    return {client.get(path).status_code, client.post(path).status_code}


@pytest.mark.django_db
def test_a_public_page_asks_nobody_to_sign_in_and_touches_no_session():
    for name in sorted(PUBLIC):
        response = Client().get(address(name, code="en") if name == "ui:language" else address(name))
        assert response.status_code in (200, 301, 302, 404), name
        assert "/accounts/login" not in response.headers.get("Location", ""), name
        assert not {"sessionid", "csrftoken"} & set(response.cookies), name


@pytest.mark.django_db
def test_every_other_page_sends_a_stranger_to_the_sign_in():
    for name in sorted(set(NAMES) - PUBLIC):
        for response in (Client().get(address(name)), Client().post(address(name))):
            assert response.status_code == 302, name
            assert response.headers["Location"].startswith(reverse("account_login")), name


def test_the_list_of_public_pages_is_whole():
    assert set(NAMES) >= PUBLIC


@pytest.mark.django_db
def test_no_firm_learns_that_a_page_of_the_desk_exists(world):
    file_quarter(world, until="submitted")
    client = signed_in(world.alice)
    for name in NAMES:
        if name.startswith(("desk:", "releases:")):
            assert statuses(client, own(world, name)) <= {404, 405}, name


@pytest.mark.parametrize("who", ["dora", "erik", "frida"])
@pytest.mark.django_db
def test_nobody_of_the_association_enters_a_firm_s_workspace(world, who):
    file_quarter(world, until="submitted")
    client = signed_in(getattr(world, who))
    for name in NAMES:
        if name.startswith(("filings:", "benchmark:", "directory:", "members:team")):
            assert statuses(client, address(name)) <= {404, 405}, name


WRITES = (
    "entry-add", "entry-edit", "entry-delete", "upload-add", "upload-confirm", "filing-nil", "filing-submit",
    "filing-file", "filing-take-back", "filing-send-back", "query-answer", "evidence-add", "evidence-delete",
    "filing-withdraw", "filing-reopen", "grid-save", "cell-save", "contract-add", "contract-change",
)  # fmt: skip


@pytest.mark.django_db
def test_who_may_only_read_changes_nothing(world):
    file_quarter(world, until="draft")
    client = signed_in(world.bob)
    for write in WRITES:
        assert client.post(address(f"filings:{write}")).status_code == 403, write


# What each of the association's people is refused, among the pages without a name of their own in the address.
REFUSED = {
    "dora": {"desk:period-add", "desk:firm-add", "desk:journal"},
    "erik": {"desk:period-add", "desk:firm-add", "desk:journal", "desk:extension-add"},
    "frida": {"desk:queue"},
}


@pytest.mark.parametrize("who", sorted(REFUSED))
@pytest.mark.django_db
def test_the_association_s_people_are_told_where_they_may_not_go(world, who):
    client = signed_in(getattr(world, who))
    pages = [name for name in NAMES if name.startswith(("desk:", "releases:")) and not PARAMETERS[name]]
    told = {name for name in pages if client.get(address(name)).status_code == 403}
    assert told >= REFUSED[who]
    opened = {name for name in pages if client.get(address(name)).status_code == 200}
    assert opened
    assert opened.isdisjoint(told)


@pytest.mark.django_db
def test_an_act_after_the_session_ended_leads_back_to_its_page(world):
    submit, check = address("filings:filing-submit"), address("filings:filing-check")
    response = Client().post(submit, headers={"referer": f"http://testserver{check}"})
    assert response.headers["Location"] == f"{reverse('account_login')}?next={check}"
    elsewhere = Client().post(submit, headers={"referer": "https://elsewhere.example/trap/"})
    assert elsewhere.headers["Location"] == f"{reverse('account_login')}?next={reverse('front:workspace')}"


@pytest.mark.django_db
def test_an_act_opened_as_a_page_is_answered_with_a_page(world):
    response = signed_in(world.alice).get(address("filings:filing-submit"))
    assert response.status_code == 405
    assert reverse("front:workspace") in response.content.decode()
