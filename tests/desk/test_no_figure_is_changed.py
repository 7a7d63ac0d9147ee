"""A reviewer can never change a figure: not by any page of the desk, whatever is posted to it, nor in the admin."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse

from portal.filings.models.contract import Contract
from portal.filings.models.evidence import Attachment
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.models.query import Query, Remark
from portal.filings.models.upload import Upload
from portal.journal.models import Entry
from portal.members.models import User
from portal.statistics.actions import build_release
from portal.statistics.models import Cell, Publication, Release
from tests.desk.conftest import looked_at
from tests.filings.test_questions import asked
from tests.test_doors import SAMPLES
from tests.test_names import own_patterns
from tests.world import NOW, file_quarter

LEDGER = (Contract, Line)
KEPT = (Filing, Version, Line, Contract, Upload, Query, Remark, Attachment, Entry, Release, Publication, Cell)
DESK = [(name, pattern) for name, pattern in own_patterns() if name.startswith(("desk:", "releases:"))]
ROOT = Path(__file__).resolve().parents[2]

# Everything that a form of the firm's side would understand, and the names of the ledger's own columns.
FORGED = {
    **{field.attname: "1" for model in LEDGER for field in model._meta.concrete_fields},
    "amount": "1.00", "number": "A-1", "market": "VNM", "category": "ITO-1-01", "currency": "USD", "name": "Forged",
    "on": "2020-04-02", "reason": "R02", "letter": "Please mend it.", "kind": "executed",
    "mend_by_on": "2020-04-13", "due_on": "2020-04-13", "field": "amount", "text": "Does it hold a prepayment?",
    "value_1": "1.00", "text_1": "Forged",
}  # fmt: skip


def rows() -> list[tuple]:
    """Every contract and line, value by value."""
    return [tuple(row) for model in LEDGER for row in model.objects.order_by("pk").values_list()]


def address(name: str, pattern, version: Version) -> str:
    own = SAMPLES | {
        "pk": version.filing_id, "name": "2020Q1-1", "period": "2020Q1",
        "code": "2020Q1" if "period" in name or "release" in name else version.firm.credit_code,
    }  # fmt: skip
    return reverse(name, kwargs={key: own[key] for key in pattern.pattern.converters})


@pytest.mark.parametrize("who", ["dora", "erik", "frida"])
def test_no_page_of_the_desk_changes_a_contract_or_a_line(world, signed_in, who):
    version = file_quarter(world, until="submitted")
    asked(world, version)
    file_quarter(world, firm=world.rival, by=world.charlie, at=NOW - timedelta(hours=1))
    build_release(period="2020Q1", by=world.erik, at=NOW)
    client, before = signed_in(getattr(world, who)), rows()
    for name, pattern in DESK:
        path = address(name, pattern, version)
        for method in (client.get, client.post):
            response = method(path, looked_at(version) | FORGED) if method == client.post else method(path)
            assert response.status_code < 500, name
            assert rows() == before, name


CLOSED_TO_THE_DESK = (
    ".drafts", ".entries", ".uploads", ".contract", ".answering", ".lines", ".typing", ".certifying",
)  # fmt: skip


def test_the_walk_reaches_the_decision(world, dora):
    """Otherwise the walk above would prove nothing: the same forged form does return the filing."""
    version = file_quarter(world, until="submitted")
    dora.post(reverse("desk:filing-return", args=[version.filing_id]), looked_at(version) | FORGED)
    version.refresh_from_db()
    assert version.status == "returned"


def test_the_walk_reaches_the_questions(world, dora):
    """The same forged form does ask, and moves no figure; nor does anything that a reviewer may do with the thread."""
    version = file_quarter(world, until="submitted")
    before = rows()
    ask = reverse("desk:query-ask", args=[version.filing_id])
    dora.post(ask, looked_at(version) | FORGED | {"line": str(version.lines.last().key)})
    query = Query.objects.get()
    for act in ("query-ask-further", "query-withdraw"):
        assert dora.post(reverse(f"desk:{act}", args=[query.pk]), FORGED).status_code == 302
    query.refresh_from_db()
    assert (query.state, rows()) == ("withdrawn", before)


def test_the_desk_imports_no_act_that_writes_lines():
    """Lines and contracts are written by drafts.py and uploads.py alone, and no view of the desk knows them."""
    for path in [*ROOT.glob("portal/filings/views/desk*.py"), *ROOT.glob("portal/statistics/views/desk*.py")]:
        names = {
            node.module for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)
        }
        assert not {name for name in names if name and name.endswith(CLOSED_TO_THE_DESK)}


# ── The admin ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_the_admin_does_not_know_the_ledger(model: type[models.Model]):
    inlines = {inline.model for site in admin.site._registry.values() for inline in site.inlines}
    assert model not in admin.site._registry
    assert model not in inlines


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_not_even_a_superuser_finds_a_page_for_it(db, model: type[models.Model]):
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org"))
    info = model._meta
    for end in ("", "add/", "1/change/", "1/delete/", "import/"):
        path = f"/admin/{info.app_label}/{info.model_name}/{end}"
        assert client.get(path).status_code == 404
        assert client.post(path, FORGED).status_code == 404
