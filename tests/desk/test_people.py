"""The people who act for a firm, and its consents."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client

from portal.journal.models import Entry
from portal.members.models import Consent, Representation, User
from portal.members.queries import consenting_firms
from tests.desk.conftest import english, text_of
from tests.world import NOW

NEW = {"email": "New.Person@Example.org", "name": "Nina", "role": "filer", "since_on": "2020-04-01"}


# ── People ───────────────────────────────────────────────────────────────────────────────────────


def test_somebody_new_gets_an_account_a_role_and_a_letter(world, frida):
    response = frida.post(english("representation-add", world.firm.credit_code), NEW, follow=True)
    assert "Nina acts for" in text_of(response)
    nina = User.objects.get(email="new.person@example.org")
    assert not nina.has_usable_password()
    assert nina.representations.get().role == "filer"
    assert mail.outbox[0].to == ["new.person@example.org"]
    assert Entry.objects.filter(verb="person.invited", target_key=str(nina.key)).exists()


def test_the_letter_leads_to_a_password(world, frida):
    frida.post(english("representation-add", world.firm.credit_code), NEW)
    link = re.search(r"https?://\S+", mail.outbox[0].body)[0]
    browser = Client()
    form = browser.get(link, follow=True)
    path = form.redirect_chain[-1][0] if form.redirect_chain else link
    browser.post(path, {"password1": "a-long-password-7", "password2": "a-long-password-7"})
    assert User.objects.get(email="new.person@example.org").check_password("a-long-password-7")


def test_the_journal_keeps_no_address(world, frida):
    frida.post(english("representation-add", world.firm.credit_code), NEW)
    assert "example.org" not in "".join(str((entry.before, entry.after)) for entry in Entry.objects.all())


def test_somebody_known_gets_no_second_account(world, frida):
    frida.post(english("representation-add", world.firm.credit_code), NEW | {"email": "CHARLIE@example.org"})
    assert world.charlie.representations.count() == 2
    assert User.objects.filter(email__iexact="charlie@example.org").count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "nobody"}, "valid email"),
        ({"email": "alice@example.org"}, "acts for this firm already"),
        ({"email": "dora@example.org"}, "works for the association"),
        ({"role": "boss"}, "valid choice"),
        ({"since_on": ""}, "required"),
    ],
)
def test_who_cannot_act_does_not(world, frida, changed, said):
    before = Representation.objects.count(), User.objects.count()
    response = frida.post(english("representation-add", world.firm.credit_code), NEW | changed)
    assert response.status_code == 200
    assert said in text_of(response)
    assert (Representation.objects.count(), User.objects.count()) == before
    assert not mail.outbox


def test_the_letter_can_be_sent_again(world, frida):
    frida.post(english("representation-add", world.firm.credit_code), NEW)
    row = Representation.objects.get(user__email="new.person@example.org")
    response = frida.post(english("invitation-send", row.pk), follow=True)
    assert "has been sent to new.person@example.org" in text_of(response)
    assert len(mail.outbox) == 2


def test_a_mail_server_that_is_away_stops_nothing(world, frida, monkeypatch):
    def away(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("portal.members.emails.ResetPasswordForm.save", away)
    response = frida.post(english("representation-add", world.firm.credit_code), NEW, follow=True)
    assert "could not be sent" in text_of(response)
    assert Representation.objects.filter(user__email="new.person@example.org").exists()


def test_a_role_ends_after_a_day(world, frida):
    row = Representation.objects.get(user=world.bob)
    frida.post(english("representation-end", row.pk), {"on": "2020-04-02"})
    row.refresh_from_db()
    assert row.until_on == date(2020, 4, 2)
    assert Entry.objects.filter(verb="firm.representation_ended", after__person=str(world.bob.key)).exists()


@pytest.mark.parametrize("on", ["2018-12-31", "never", ""])
def test_a_role_does_not_end_before_it_began(world, frida, on):
    row = Representation.objects.get(user=world.bob)
    assert frida.post(english("representation-end", row.pk), {"on": on}).status_code == 200
    row.refresh_from_db()
    assert row.until_on is None


def test_a_role_ends_once(world, frida):
    row = Representation.objects.get(user=world.bob)
    for on in ("2020-04-02", "2020-04-01"):
        response = frida.post(english("representation-end", row.pk), {"on": on})
    assert "ended on 2020-04-02 already" in text_of(response)


@pytest.mark.parametrize("door", ["representation-end", "invitation-send"])
def test_only_who_edits_members_may(world, dora, frida, signed_in, door):
    row = Representation.objects.get(user=world.bob)
    assert dora.post(english(door, row.pk), {"on": "2020-04-02"}).status_code == 403
    assert signed_in(world.alice).post(english(door, row.pk), {"on": "2020-04-02"}).status_code == 404
    assert frida.post(english(door, 999999), {"on": "2020-04-02"}).status_code == 404
    assert frida.get(english("invitation-send", row.pk)).status_code == 405


# ── Consents ─────────────────────────────────────────────────────────────────────────────────────


def test_a_consent_is_recorded_and_withdrawn(world, frida):
    frida.post(english("consent-add", world.firm.credit_code), {"evidence": "Paper 12, cabinet 3"})
    consent = Consent.objects.get()
    assert consenting_firms(NOW + timedelta(hours=1)) == {world.firm.pk}
    frida.post(english("consent-withdraw", world.firm.credit_code, consent.pk))
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert list(Entry.objects.filter(verb__startswith="consent").order_by("pk").values_list("verb", flat=True)) == [
        "consent.given",
        "consent.withdrawn",
    ]


def test_a_second_consent_is_refused(world, frida):
    for _ in range(2):
        response = frida.post(english("consent-add", world.firm.credit_code), {"evidence": "Paper 12"})
    assert "in force already" in text_of(response)
    assert Consent.objects.count() == 1


def test_a_withdrawn_consent_keeps_its_day(world, frida):
    frida.post(english("consent-add", world.firm.credit_code), {"evidence": "Paper 12"})
    consent = Consent.objects.get()
    frida.post(english("consent-withdraw", world.firm.credit_code, consent.pk))
    withdrawn_at = Consent.objects.get().withdrawn_at
    response = frida.post(english("consent-withdraw", world.firm.credit_code, consent.pk), follow=True)
    assert "withdrawn already" in text_of(response)
    assert Consent.objects.get().withdrawn_at == withdrawn_at


def test_another_firm_s_consent_is_not_found(world, frida, dora):
    frida.post(english("consent-add", world.firm.credit_code), {"evidence": "Paper 12"})
    pk = Consent.objects.get().pk
    assert frida.post(english("consent-withdraw", world.rival.credit_code, pk)).status_code == 404
    assert frida.get(english("consent-withdraw", world.firm.credit_code, pk)).status_code == 405
    assert dora.post(english("consent-withdraw", world.firm.credit_code, pk)).status_code == 403
