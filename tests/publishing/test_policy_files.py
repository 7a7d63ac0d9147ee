"""Policies and contacts as files, and on the editing desk."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.journal.models import Entry
from portal.publishing.models import Authority, Entrance, Found, Policy, PolicyTopic
from tests.publishing.conftest import signed_in

HEAD = "slug,topic,title_zh,issuer_zh,document_number,published_on,validity,replaced_by,is_public"


@pytest.fixture
def topic(db) -> PolicyTopic:
    return PolicyTopic.objects.create(code="funds", name_zh="资金支持", name_en="Funds")


def uploaded(client: Client, model: str, *rows: str, head: str = HEAD):
    """The preview of a file of these rows."""
    file = SimpleUploadedFile("a.csv", "\n".join([head, *rows]).encode())
    return client.post(f"/en/admin/publishing/{model}/import/", {"import_file": file, "format": "1", "resource": "0"})


def confirmed(client: Client, model: str, preview) -> None:
    form = preview.context["confirm_form"]
    client.post(f"/en/admin/publishing/{model}/process_import/", form.initial)


def test_an_editor_imports_policies_and_hears_what_was_mended(editor, topic):
    client = signed_in(editor)
    preview = uploaded(
        client, "policy", "new,funds,新办法,商务部,商服贸发【2020】012号,2020年8月14日,有效,,",
        "old, funds ,旧办法,商务部,商服贸发〔2016〕1号,2016/3/1,废止,new,是",
    )  # fmt: skip
    page = preview.content.decode()
    assert "Row 2, document_number: “商服贸发【2020】012号” is written “商服贸发〔2020〕12号”" in page
    assert page.count("was mended so") == 1
    assert not Policy.objects.exists()
    confirmed(client, "policy", preview)
    old = Policy.objects.get(slug="old")
    assert (old.validity, old.replaced_by.slug, old.published_on.isoformat()) == ("repealed", "new", "2016-03-01")
    assert Policy.objects.get(slug="new").document_number == "商服贸发〔2020〕12号"
    entry = Entry.objects.get(verb="row.imported")
    assert (entry.target_kind, entry.actor, entry.after["new"]) == ("policy", editor.key, 2)


@pytest.mark.parametrize(
    ("row", "cell", "told"),
    [
        ("a,nothing,甲,商务部,,,,,", "topic", ("“nothing”", "expected the code", "Import the topics first.")),
        ("a,funds,甲,商务部,,14. Aug,,,", "published_on", ("“14. Aug”", "such as 2020-08-14", "hyphens")),
        ("a,funds,甲,商务部,,2020-02-31,,,", "published_on", ("“2020-02-31”", "such as 2020-08-14", "hyphens")),
        ("a,funds,甲,商务部,,,生效,,", "validity", ("“生效”", "repealed", "Write one of these")),
        ("a,funds,甲,商务部,,,有效,there,", "validity", ("“valid”", "新文件", "clear what replaces it")),
        ("a,funds,甲,商务部,,,,later,", "replaced_by", ("“later”", "above this one")),
        ("a,funds,甲,商务部,,,,,maybe", "is_public", ("“maybe”", "1 for yes", "Write one")),
        ("no slug,funds,甲,商务部,,,,,", "slug", ("“no slug”",)),
    ],
)
def test_a_wrong_cell_is_named_with_what_it_has_and_how_to_mend_it(editor, topic, row, cell, told):
    Policy.objects.create(slug="there", title_zh="新文件", issuer_zh="甲", topic=topic)
    preview = uploaded(signed_in(editor), "policy", row)
    [wrong] = preview.context["result"].invalid_rows
    assert wrong.number == 1
    assert list(wrong.field_specific_errors) == [cell]
    for piece in told:
        assert piece in wrong.field_specific_errors[cell][0]
    assert Policy.objects.count() == 1


def test_a_column_that_has_to_be_there_is_asked_for(editor, topic):
    preview = uploaded(signed_in(editor), "policy", "a,funds", head="slug,topic")
    assert "title_zh, issuer_zh" in preview.content.decode()


@pytest.mark.parametrize("form", ["0", "1"])
def test_what_is_exported_comes_in_again_and_changes_nothing(editor, topic, form):
    newer = Policy.objects.create(
        slug="n", title_zh="新", issuer_zh="甲", topic=topic, made_on="2020-01-02", place_id="520100",
        text="第一行\n=1+1，“引号”,逗号", summary_zh="+86 起头",
    )  # fmt: skip
    Policy.objects.create(slug="o", title_zh="旧", issuer_zh="乙", topic=topic, replaced_by=newer, level="city",
                          validity="repealed")  # fmt: skip
    client = signed_in(editor)
    file = exported(client, form)
    result = imported(client, SimpleUploadedFile("a", file), form).context["result"]
    assert (result.totals["skip"], result.totals["update"], result.totals["error"]) == (2, 0, 0)
    if form == "1":
        rows = {row["slug"]: row for row in csv.DictReader(StringIO(file.decode("utf-8-sig"), newline=""))}
        assert (rows["o"]["replaced_by"], rows["o"]["topic"], rows["o"]["is_public"]) == ("n", "funds", "1")


def exported(client: Client, form: str) -> bytes:
    answer = client.post("/en/admin/publishing/policy/export/", {"format": form, "resource": "0"})
    return b"".join(answer) if answer.streaming else answer.content


def imported(client: Client, file: SimpleUploadedFile, form: str):
    typed = {"import_file": file, "format": form, "resource": "0"}
    return client.post("/en/admin/publishing/policy/import/", typed)


def test_a_text_that_no_cell_holds_is_not_lost_unsaid(editor, topic):
    Policy.objects.create(slug="long", title_zh="长", issuer_zh="甲", topic=topic, text="长" * 32_768)
    client = signed_in(editor)
    assert "Row 2, text: 32768 characters" in exported(client, "0").decode()
    assert "长" * 32_768 in exported(client, "1").decode()


def test_what_a_file_brings_is_found_at_once(editor, topic):
    client = signed_in(editor)
    confirmed(client, "policy", uploaded(client, "policy", "new,funds,独角鲸办法,商务部,,,,,"))
    assert Found.objects.filter(kind="policy", title="独角鲸办法").exists()


@pytest.mark.parametrize(
    ("model", "head", "row"),
    [
        ("policytopic", "code,name_zh,order", "tax,税收优惠,4"),
        ("entrance", "slug,name_zh,address,order", "platform,业务平台,https://example.org/,1"),
        ("authority", "name_zh,place,phone,is_reported_to", "贵阳市商务局（示例）,520100,000-1,是"),
    ],
)
def test_topics_entrances_and_authorities_come_by_a_file_too(editor, model, head, row):
    client = signed_in(editor)
    for verb in ("new", "skip"):
        preview = uploaded(client, model, row, head=head)
        assert preview.context["result"].totals[verb] == 1
        confirmed(client, model, preview)
    assert Entry.objects.filter(verb="row.imported", target_kind=model).count() == 1


def test_others_do_not_import(world, topic):
    for user in (world.alice, world.dora, world.erik):
        assert uploaded(signed_in(user), "policy", "a,funds,甲,商务部,,,,,").status_code in (302, 403)
    assert not Policy.objects.exists()


# ── The editing desk ─────────────────────────────────────────────────────────────────────────────


def test_a_save_on_the_desk_is_journalled_with_what_changed(editor, topic):
    client = signed_in(editor)
    typed = {
        "title_zh": "办法", "issuer_zh": "商务部", "topic": "funds", "level": "ministry", "validity": "valid",
        "slug": "way", "document_number": "商发[2020]3号", "is_public": "on", "address": "example.org/a",
    }  # fmt: skip
    assert client.post(reverse("wagtailsnippets_publishing_policy:add"), typed).status_code == 302
    policy = Policy.objects.get()
    assert (policy.document_number, policy.address) == ("商发〔2020〕3号", "https://example.org/a")
    address = reverse("wagtailsnippets_publishing_policy:edit", args=[policy.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, typed | {"title_zh": "新办法"}).status_code == 302
    entry = Entry.objects.get(verb="row.changed")
    assert (entry.before, entry.after) == ({"title_zh": "办法"}, {"title_zh": "新办法"})
    assert Entry.objects.get(verb="row.added").actor == editor.key
    wrong = client.post(address, typed | {"made_on": "2020-02-02", "published_on": "2020-01-01"})
    assert "published_on" in wrong.context["form"].errors


def test_the_desk_s_lists_lead_to_import_and_warn_of_what_ends(editor, topic, world):
    Policy.objects.create(slug="p", title_zh="将到期的办法", issuer_zh="甲", topic=topic, expires_on="2020-05-01")
    page = signed_in(editor).get(reverse("wagtailsnippets_publishing_policy:list")).content.decode()
    assert "2020-05-01 <strong" in page
    assert "/admin/publishing/policy/import/" in page
    assert "将到期的办法" in signed_in(editor).get(reverse("editing:queue")).content.decode()
    for model in ("policytopic", "entrance", "authority"):
        assert signed_in(editor).get(reverse(f"wagtailsnippets_publishing_{model}:list")).status_code == 200
    chooser = signed_in(editor).get(reverse("wagtailsnippetchoosers_publishing_policy:choose"))
    assert "将到期的办法" in chooser.json()["html"]


# ── Where to turn ────────────────────────────────────────────────────────────────────────────────


def test_entrances_and_contacts_are_told_in_the_page_s_language(db):
    Entrance.objects.create(slug="e", name_zh="业务平台", group_zh="统计", address="https://example.org/", order=1,
                            manual_address="https://example.org/m.pdf")  # fmt: skip
    Entrance.objects.create(slug="h", name_zh="内部", address="https://example.org/", is_public=False)
    Authority.objects.create(name_zh="贵阳市商务局", name_en="Guiyang bureau", place_id="520100", phone="000 1",
                             email="a@example.org")  # fmt: skip
    services = Client().get("/en/services/").content.decode()
    assert 'lang="zh-Hans">业务平台</a>' in services
    assert "m.pdf" in services
    assert "内部" not in services
    contacts = Client().get("/en/contacts/").content.decode()
    for told in ("Guiyang bureau", "tel:0001", "mailto:a@example.org", "/en/contact/"):
        assert told in contacts
    assert Client().get("/services/e/manual/").status_code == 404


def test_contacts_take_the_same_number_of_queries_for_more_of_them(db, assert_constant_queries):
    def add() -> None:
        for code in ("520100", "410100", "310000"):
            Authority.objects.create(name_zh=f"机关{Authority.objects.count()}", place_id=code)
            Entrance.objects.create(slug=f"e{Entrance.objects.count()}", name_zh="台", address="https://example.org/")

    assert_constant_queries(add, lambda: (Client().get("/contacts/"), Client().get("/services/")))
