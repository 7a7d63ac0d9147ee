"""What a release withholds: the audit that goes with every build, the command, and the page of those who may look."""

import json
from io import StringIO

from django.core.management import call_command
from django.db import connection

from portal.journal.models import Entry
from portal.statistics import audits
from portal.statistics.actions import audit_release, build_release, recount
from portal.statistics.checks import check_in_words
from portal.statistics.dimensions import Status
from portal.statistics.disclosure.proof import Proofs
from portal.statistics.disclosure.protect import Protected
from portal.statistics.models import Audit, Cell, Release
from portal.statistics.policies import why_not_publish
from tests.beginnings import beginning
from tests.statistics.conftest import BUILT, GUIYANG, Deal, file, firms, publish, text_of

PAGE = "/en/desk/releases/2020Q1-1/disclosure/"
KEYS = ["release", "cells", "sensitive", "suppressed", "suppressed_value_share", "narrowest_protection",
        "previously_disclosed", "safe"]  # fmt: skip


@beginning
def released(world):
    """Five firms work for Vietnam, three of them for Korea, one for Zambia."""
    for number, firm in enumerate(firms(5)):
        others = [Deal(market="KOR")] * (number < 3) + [Deal(market="ZMB", executed="500.00")] * (number < 1)
        file(world, firm, Deal(), *others)
    return Release.objects.get(name=publish(world).name)


def status(release: Release, member: str) -> str:
    return Cell.objects.get(
        release=release, place=GUIYANG, span="quarter", measure="execution", mode="offshore", cut="market",
        member=member,
    ).status  # fmt: skip


def test_a_second_market_is_withheld_so_that_the_first_cannot_be_had_by_subtraction(released):
    assert [status(released, member) for member in ("ZMB", "KOR", "VNM")] == [
        Status.CONFIDENTIAL, Status.SECONDARY, Status.PUBLIC,
    ]  # fmt: skip


def test_every_build_keeps_its_audit_and_says_so_among_its_checks(released):
    kept = Audit.objects.get(release=released)
    assert kept.is_safe
    assert list(kept.summary) == KEYS[1:]
    check = next(check for check in released.checks if check["name"] == "disclosure_audit")
    assert (check["level"], check["expected"]) == ("ok", "≥ 10 %")


def test_a_release_is_counted_again_to_the_same_digest(released):
    assert recount(released).is_same


def test_a_release_that_gives_a_firm_away_cannot_be_published(world, monkeypatch):
    monkeypatch.setattr(audits, "protect", lambda system: Protected(Proofs(system).whole(), frozenset(), 0))
    for number, firm in enumerate(firms(5)):
        file(world, firm, Deal(), *[Deal(market="ZMB")] * (number < 1))
    release = build_release(period="2020Q1", by=world.erik, at=BUILT)
    assert not Audit.objects.get(release=release).is_safe
    assert check_in_words("disclosure_audit") in why_not_publish(release)


def run(*options: str) -> tuple[str, str, int]:
    out, err = StringIO(), StringIO()
    try:
        call_command("audit_release", *options, stdout=out, stderr=err)
    except SystemExit as end:
        return out.getvalue(), err.getvalue(), int(end.code)
    return out.getvalue(), err.getvalue(), 0


def test_the_command_prints_its_keys_and_its_progress(released):
    out, err, code = run("2020Q1-1", "--format", "json")
    answer = json.loads(out)
    assert (list(answer), answer["safe"], code) == (KEYS, True, 0)
    assert answer["suppressed"] > answer["sensitive"] > 0
    assert answer["narrowest_protection"] >= 0.1
    assert " / " in err


def test_the_command_fails_when_a_figure_can_be_worked_out(released):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statistics_cell SET status = 'public' WHERE status = 'secondary'")
    out, _err, code = run("2020Q1-1", "--format", "json", "--fast")
    assert (json.loads(out)["safe"], code) == (False, 1)


def test_the_page_shows_each_withheld_figure_with_what_can_be_told(released, erik, world):
    before = text_of(erik.get(PAGE))
    assert "has not been worked out yet" in before
    audit_release(released, at=BUILT, by=world.erik)
    words = text_of(erik.get(PAGE))
    assert "No outsider can work out a withheld figure" in words
    assert "Guiyang" in words
    assert "Zambia" in words
    assert "has not been worked out yet" not in words


def test_each_look_is_journalled(released, erik, world):
    erik.get(PAGE)
    entry = Entry.objects.get(verb="disclosure.viewed")
    assert (entry.actor, entry.target_key) == (world.erik.key, "2020Q1-1")


def test_it_is_closed_to_others(released, erik, dora, signed_in, world):
    assert erik.post(PAGE).status_code == 405
    assert dora.get(PAGE).status_code == 403
    assert signed_in(world.alice).get(PAGE).status_code == 404
    assert erik.get("/en/desk/releases/2020Q1-9/disclosure/").status_code == 404
