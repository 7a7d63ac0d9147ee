"""Early looks: a named person's link, what it shows and to whom, the verdict of a leader."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from portal.journal.models import Entry
from portal.lib import clock
from portal.statistics.actions import build_release, publish_release
from portal.statistics.embargo import take_back_publication
from portal.statistics.models import Preview, Release, Verdict
from portal.statistics.previewing import make_preview, token_of
from portal.statistics.views.previews import without_inner_links
from tests.beginnings import beginning
from tests.desk.conftest import english, text_of
from tests.statistics.conftest import Deal, file, firms
from tests.world import BEIJING, NOW, World, clock_at

OPENS = datetime(2020, 4, 5, 10, 0, tzinfo=BEIJING)
NAME = "2020Q1-1"
CHECK, ADD, END = "releases:release-check", "releases:preview-add", "releases:preview-end"
LEADER = {"name": "钱主任", "office": "商务厅", "may_decide": "on"}


@beginning
def built(world: World) -> Release:
    for firm in firms(4):
        file(world, firm, Deal(), at=NOW - timedelta(hours=1))
    return build_release(period="2020Q1", by=world.erik, at=NOW)


def link(world: World, release: Release, **changed: object) -> tuple[Preview, str]:
    values = {"name": "钱主任", "may_decide": True} | changed
    preview, token = make_preview(release=release, by=world.erik, at=NOW, **values)
    return preview, english("statistics:preview-open", token)


def published(world: World, release: Release, at: datetime, **changed: object) -> Release:
    return publish_release(release=release, by=world.erik, at=at, reason="Nothing to file.", **changed)


# ── The link ─────────────────────────────────────────────────────────────────────────────────────


def test_it_shows_the_page_as_it_will_be_marked_with_the_viewer_s_name(world, built):
    _preview, address = link(world, built)
    response = Client().get(address)
    words = text_of(response)
    assert response.status_code == 200
    assert "Internal · not to be passed on · 钱主任" in words
    assert "Totals" in words
    assert "contract value" in words.lower()
    assert not response.cookies


def test_nothing_keeps_it_or_finds_it(world, built):
    _preview, address = link(world, built)
    response = Client().get(address)
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    # With "no-referrer" browsers send a form's Origin as "null", and the decision would be refused.
    assert response["Referrer-Policy"] == "same-origin"
    assert '<meta name="referrer" content="same-origin">' in response.content.decode()
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


def test_it_leads_to_no_page_that_is_not_there_yet(world, built):
    _preview, address = link(world, built)
    main = Client().get(address).content.decode().partition("<main")[2]
    assert f"/statistics/{NAME}/" not in main
    page = '<main><a class="x" href="/en/statistics/a/">A <b>b</b></a> <a href="/lists/">L</a>'
    assert without_inner_links(page) == '<main>A <b>b</b> <a href="/lists/">L</a>'


def test_whatever_it_leads_to_is_there(world, built):
    _preview, address = link(world, built)
    page = Client().get(address).content.decode()
    named = {unescape(path) for path in re.findall(r'\b(?:href|src|action)="(/[^"#]*)', page)}
    pages = [path for path in named if not path.startswith("/static/")]
    gone = [path for path in pages if Client().get(path).status_code >= 400]
    assert pages
    assert gone == []
    assert "PNG" not in page


def test_each_look_is_counted_and_journalled_without_the_name(world, built):
    preview, address = link(world, built)
    Client().get(address)
    Client().get(address)
    preview.refresh_from_db()
    assert preview.look_count == 2
    entries = Entry.objects.filter(verb="preview.looked_at", target_key=NAME)
    assert [(entry.actor, entry.after["preview"]) for entry in entries] == [(None, preview.pk)] * 2
    assert "钱主任" not in str(list(entries.values()))


@pytest.mark.parametrize("change", [lambda token: token + "x", lambda token: "x" + token, lambda token: token[:-3]])
def test_a_link_that_was_not_made_here_opens_nothing(world, built, change):
    preview, _address = link(world, built)
    assert Client().get(english("statistics:preview-open", change(token_of(preview)))).status_code == 404


def test_a_link_ends_by_itself_is_taken_back_or_replaced_with_its_build(world, built):
    preview, address = link(world, built, ends_at=NOW + timedelta(days=1))
    with clock_at(NOW + timedelta(days=1, minutes=1)):
        response = Client().get(address)
    assert (response.status_code, "This link has ended" in text_of(response)) == (410, True)
    file(world, world.firm, Deal(), at=NOW - timedelta(minutes=30))
    build_release(period="2020Q1", by=world.erik, at=NOW)
    response = Client().get(address)
    assert (response.status_code, "This build has been replaced" in text_of(response)) == (410, True)


def test_a_build_that_a_later_one_left_behind_is_shown_to_nobody(world, built, erik):
    _preview, address = link(world, built)
    published(world, built, NOW, public_at=OPENS)
    build_release(period="2020Q1", by=world.erik, at=NOW)
    assert Client().get(address).status_code == 200
    take_back_publication(release=built, by=world.erik, at=NOW)
    response = Client().get(address)
    assert (response.status_code, "This build has been replaced" in text_of(response)) == (410, True)
    response = erik.post(english("releases:preview-add", NAME), {"name": "Wang"}, follow=True)
    assert "A newer build of this period exists." in text_of(response)
    assert Preview.objects.count() == 1


def test_after_publication_it_leads_to_the_public_page(world, built):
    preview, address = link(world, built, ends_at=NOW + timedelta(days=30))
    published(world, built, NOW, public_at=OPENS)
    with clock_at(OPENS - timedelta(seconds=30)):
        assert "Internal" in text_of(Client().get(address))
    with clock_at(OPENS):
        response = Client().get(address)
    assert response.status_code == 200
    assert f"Release {NAME} is public" in text_of(response)
    assert english("statistics:release-detail", NAME) in response.content.decode()
    preview.refresh_from_db()
    assert preview.look_count == 1


# ── The verdict ──────────────────────────────────────────────────────────────────────────────────


def test_a_leader_approves_once(world, built):
    preview, address = link(world, built)
    assert "Approve" in text_of(Client().get(address))
    assert Client(enforce_csrf_checks=True).post(address, {"decision": "approve"}).status_code == 302
    assert Verdict.objects.get().is_approval
    assert Entry.objects.get(verb="preview.approved").after["preview"] == preview.pk
    again = text_of(Client().post(address, {"decision": "return", "note": "No"}))
    assert "You approved this build" in again
    assert Verdict.objects.count() == 1


def test_a_return_says_what_is_to_be_mended_and_asks_the_publisher_for_a_reason(world, built, erik):
    for firm in (world.firm, world.rival):  # so that no check asks for a reason
        file(world, firm, Deal(), at=NOW - timedelta(minutes=30))
    release = build_release(period="2020Q1", by=world.erik, at=NOW)
    _preview, address = link(world, release)
    assert "Write what is to be mended" in text_of(Client().post(address, {"decision": "return", "note": " "}))
    Client().post(address, {"decision": "return", "note": "贵阳的数请核实"})
    assert Entry.objects.filter(verb="preview.returned").exists()
    page = erik.get(english(CHECK, NAME))
    assert "钱主任 returned this build 贵阳的数请核实" in text_of(page)
    refused = erik.post(english("releases:release-publish", NAME), {"digest": release.digest}, follow=True)
    assert "An early viewer returned this build" in text_of(refused)
    erik.post(english("releases:release-publish", NAME), {"digest": release.digest, "reason": "Checked again."})
    assert Release.objects.get(name=NAME).is_public(clock.now())


def test_who_was_not_asked_decides_nothing(world, built):
    _preview, address = link(world, built, may_decide=False)
    assert "Send the decision" not in text_of(Client().get(address))
    Client().post(address, {"decision": "approve"})
    assert not Verdict.objects.exists()


def test_another_site_s_page_sends_no_decision(world, built):
    _preview, address = link(world, built)
    response = Client().post(address, {"decision": "approve"}, headers={"origin": "https://elsewhere.example"})
    assert (response.status_code, Verdict.objects.exists()) == (403, False)


# ── The desk ─────────────────────────────────────────────────────────────────────────────────────


def test_the_desk_makes_a_link_and_shows_it_once(world, built, erik):
    page = erik.post(english(ADD, NAME), LEADER, follow=True)
    preview = Preview.objects.get()
    assert (preview.name, preview.office, preview.may_decide) == ("钱主任", "商务厅", True)
    address = f"http://testserver{english('statistics:preview-open', token_of(preview))}"
    assert address in page.content.decode()
    assert Entry.objects.get(verb="preview.made").actor == world.erik.key
    again = erik.get(english(CHECK, NAME)).content.decode()
    assert token_of(preview) not in again
    assert "钱主任" in again
    assert "has not looked yet" in again


def test_without_a_name_no_link_is_made(built, erik):
    typed = {"name": "Wang Wei", "office": "Ministry", "ends_at": "tomorrow"}
    page = erik.post(english(ADD, NAME), typed, follow=True)
    assert "No link was made" in text_of(page)
    for kept in typed.values():
        assert f'value="{kept}"' in page.content.decode(), kept
    assert "Wang Wei" not in text_of(erik.get(english(CHECK, NAME)))
    assert not Preview.objects.exists()


def test_the_desk_takes_a_link_back(world, built, erik):
    preview, address = link(world, built)
    Client().get(address)
    assert "looked once" in text_of(erik.get(english(CHECK, NAME)))
    assert "opens nothing any more" in text_of(erik.post(english(END, NAME, preview.pk), follow=True))
    response = Client().get(address)
    assert (response.status_code, "taken back" in text_of(response)) == (410, True)
    assert Entry.objects.get(verb="preview.ended").actor == world.erik.key
    assert "already" in text_of(erik.post(english(END, NAME, preview.pk), follow=True))


@pytest.mark.parametrize(("who", "status"), [("dora", 403), ("frida", 403), ("alice", 404)])
def test_others_make_and_end_no_links(world, built, signed_in, who, status):
    preview, _address = link(world, built)
    client = signed_in(getattr(world, who))
    assert client.post(english(ADD, NAME), LEADER).status_code == status
    assert client.post(english(END, NAME, preview.pk)).status_code == status
    assert (Preview.objects.count(), Preview.objects.get().ended_at) == (1, None)


def test_methods_and_what_does_not_exist(world, built, erik):
    preview, address = link(world, built)
    assert erik.get(english(ADD, NAME)).status_code == 405
    assert erik.get(english(END, NAME, preview.pk)).status_code == 405
    assert Client().put(address).status_code == 405
    assert erik.post(english(END, "2020Q1-9", preview.pk)).status_code == 404
    assert erik.post(english(ADD, "2020Q1-9"), LEADER).status_code == 404
