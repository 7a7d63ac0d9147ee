"""A firm asks to join: checked, kept, and followed at an address of its own; the association answers."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.journal.models import Entry
from portal.members.models import Application, Firm, Invitation, Paper
from portal.members.roles import StaffRole
from tests.desk.conftest import english, text_of
from tests.world import appointed, credit_code

CODE = credit_code(90)
TYPED = {
    "credit_code": CODE, "name_zh": "示例申请企业有限公司", "name_en": "Applicant", "division": "520100",
    "size_band": "small", "business": "Software testing", "contact_name": "Nina", "contact_email": "Nina@Example.org",
    "contact_phone": "0851-1", "website": "",
}  # fmt: skip
PDF, PNG = b"%PDF-1.4 licence", b"\x89PNG\r\n\x1a\n picture"


def join() -> str:
    with translation.override("en"):
        return reverse("members:application-add")


def paper(content: bytes = PDF, name: str = "licence.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client | None = None, papers: list | None = None, **changed: str):
    files = [paper()] if papers is None else papers
    return (client or Client(enforce_csrf_checks=True)).post(join(), TYPED | changed | {"papers": files})


@pytest.fixture
def applied(world) -> Application:
    send()
    return Application.objects.get()


# ── Applying ─────────────────────────────────────────────────────────────────────────────────────


def test_it_is_kept_and_can_be_followed(world):
    response = send(papers=[paper(), paper(PNG, "seal.pdf")])
    application = Application.objects.get()
    assert response["Location"] == f"{join()}{application.key}/"
    kinds = application.papers.order_by("pk").values_list("file_name", "media_type")
    assert list(kinds) == [("licence.pdf", "application/pdf"), ("seal.pdf", "image/png")]
    assert "has arrived" in text_of(Client().get(response["Location"]))
    assert mail.outbox[0].to == ["nina@example.org"]
    assert str(application.key) in mail.outbox[0].body
    assert Entry.objects.get(verb="application.received").firm_code == CODE


def test_the_page_and_its_answer_set_no_cookie_and_are_kept_by_no_cache(world):
    client = Client()
    for response in (client.get(join()), send(client, credit_code="123")):
        assert response.status_code == 200
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"credit_code": CODE[:-1] + ("0" if CODE[-1] != "0" else "1")}, f"ask for {CODE[-1]}"),
        ({"credit_code": "9152O100MA00000000"}, "the letter O"),
        ({"credit_code": credit_code(1)}, "is a member already. Ask its owner"),
        ({"division": "999999"}, "valid choice"),
        ({"business": ""}, "required"),
        ({"contact_email": "nobody"}, "This is no e-mail address"),
        ({"papers": []}, "required"),
        ({"papers": [b"GIF89a, named licence.pdf"]}, "is no PDF, JPG or PNG"),
        ({"papers": [PDF] * 6}, "At most 5"),
        ({"papers": [PDF + b"x" * (10 * 1024 * 1024)]}, "larger than 10 MB"),
        ({"website": "http://spam.example"}, "filled in by a machine"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(world, changed, said):
    papers = [paper(content) for content in changed.pop("papers")] if "papers" in changed else None
    response = send(papers=papers, **changed)
    assert response.status_code == 200
    assert said in text_of(response)
    assert "Applicant" in response.content.decode()
    assert not Application.objects.exists()
    assert not mail.outbox


def test_a_second_application_waits_for_the_first(applied):
    assert "is being looked at" in text_of(send())
    assert Application.objects.count() == 1


def test_another_site_s_page_cannot_send_it(world):
    response = Client().post(join(), TYPED | {"papers": paper()}, headers={"origin": "https://elsewhere.example"})
    assert response.status_code == 403
    assert not Application.objects.exists()


def test_too_many_from_one_place_are_stopped(world, settings):
    settings.ACCOUNT_RATE_LIMITS = {"join": "1/h/ip"}
    send()
    assert send(credit_code=credit_code(91)).status_code == 429
    assert Application.objects.count() == 1


def test_a_wrong_address_shows_nothing(applied):
    with translation.override("en"):
        address = reverse("members:application-state", args=["00000000-0000-4000-8000-000000000000"])
    assert Client().get(address).status_code == 404
    assert Client().post(address).status_code == 405


# ── Answering ────────────────────────────────────────────────────────────────────────────────────

ADMIT = {"grade": "director", "from_on": "2020-04-03", "until_on": "2022-12-31"}


def test_it_is_admitted_with_grade_term_and_first_owner(applied, world, frida):
    mail.outbox.clear()
    response = frida.post(english("application-admit", applied.pk), ADMIT, follow=True)
    assert "is a member now" in text_of(response)
    firm, application = Firm.objects.get(credit_code=CODE), Application.objects.get()
    assert (application.state, application.firm, application.decided_by) == ("admitted", firm, world.frida.key)
    assert (firm.profiles.get().grade, firm.profiles.get().division_id) == ("director", "520100")
    term = firm.terms.get()
    assert (term.grade, str(term.from_on), str(term.until_on)) == ("director", "2020-04-03", "2022-12-31")
    invitation = Invitation.objects.get(firm=firm)
    assert (invitation.email, invitation.role) == ("nina@example.org", "owner")
    assert re.search(r"/invitations/[\w-]{40,}/", mail.outbox[0].body)
    assert Entry.objects.filter(verb="application.admitted", actor=world.frida.key).exists()


def test_it_is_declined_with_a_letter(applied, world, frida):
    mail.outbox.clear()
    frida.post(english("application-decline", applied.pk), {"letter": "The licence has expired."})
    assert Application.objects.get().state == "declined"
    assert "The licence has expired." in mail.outbox[0].body
    with translation.override("en"):
        state = reverse("members:application-state", args=[applied.key])
    assert "The licence has expired." in text_of(Client().get(state))
    send()
    assert Application.objects.filter(state="received").exists()


def test_it_is_answered_once(applied, frida):
    frida.post(english("application-admit", applied.pk), ADMIT)
    response = frida.post(english("application-decline", applied.pk), {"letter": "No."}, follow=True)
    assert "answered already" in text_of(response)
    assert Application.objects.get().state == "admitted"


def test_the_reviewer_of_applications_sees_papers_and_doubles(applied, world, frida):
    Firm.objects.filter(pk=world.rival.pk).update(name_zh=TYPED["name_zh"])
    words = text_of(frida.get(english("application-detail", applied.pk)))
    assert "licence.pdf" in words
    assert "under another code" in words
    response = frida.get(english("paper-file", applied.pk, Paper.objects.get().pk))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")


def test_only_who_edits_members_of_the_place_reads_it(applied, world, dora_and_alice, signed_in):
    dora, alice = dora_and_alice
    elsewhere = signed_in(appointed("Heidi", StaffRole.ADMINISTRATOR, "410000"))
    pages = [english("application-detail", applied.pk), english("paper-file", applied.pk, Paper.objects.get().pk)]
    for page in pages:
        assert dora.get(page).status_code == 403
        assert alice.get(page).status_code == 404
        assert elsewhere.get(page).status_code == 404
    assert elsewhere.post(english("application-admit", applied.pk), ADMIT).status_code == 404
    assert "Applicant" not in text_of(elsewhere.get(english("application-list")))
    assert dora.get(english("application-admit", applied.pk)).status_code == 405


@pytest.fixture
def dora_and_alice(world, signed_in):
    return signed_in(world.dora), signed_in(world.alice)


def test_more_applications_take_no_more_queries(world, frida, assert_constant_queries):
    numbers = iter(range(60, 80))

    def add() -> None:
        for _ in range(3):
            send(credit_code=credit_code(next(numbers)))

    assert "No application" in text_of(frida.get(english("application-list")))
    assert_constant_queries(add, lambda: frida.get(english("application-list")))
