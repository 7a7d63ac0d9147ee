"""To the place where a person works."""

import pytest
from django.test import Client

from portal.members.models import User
from portal.members.roles import StaffRole
from tests.statistics.conftest import text_of
from tests.world import appointed, person

PAGE = "/en/workspace/"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_visitor_is_asked_to_sign_in_and_brought_back(db):
    response = Client().get(PAGE)
    assert response.status_code == 302
    assert response["Location"].endswith("/accounts/login/?next=/en/workspace/")


@pytest.mark.parametrize("name", ["alice", "bob", "gina", "charlie"])
def test_who_acts_for_a_firm_comes_to_the_firms_home(world, name):
    response = browser(getattr(world, name)).get(PAGE)
    assert (response.status_code, response["Location"]) == (302, "/en/filing/")


@pytest.mark.parametrize(
    ("name", "there"), [("dora", "/en/desk/"), ("erik", "/en/desk/"), ("frida", "/en/desk/periods/")]
)
def test_staff_come_to_the_first_page_that_they_may_open(world, name, there):
    client = browser(getattr(world, name))
    response = client.get(PAGE)
    assert (response.status_code, response["Location"]) == (302, there)
    assert client.get(there).status_code == 200


def test_who_may_open_the_data_desk_alone_comes_there(world):
    clerk = person("Hugo")
    clerk.is_staff = True
    clerk.save()
    assert browser(clerk).get(PAGE)["Location"] == "/en/admin/"


@pytest.mark.parametrize("role", [StaffRole.EDITOR, StaffRole.PUBLISHER])
def test_who_writes_comes_to_the_editing_desk(world, role):
    client = browser(appointed("Ines", role))
    assert client.get(PAGE)["Location"] == "/editing/"
    assert client.get("/editing/").status_code == 200


def test_who_has_nothing_to_do_here_is_told_so(world):
    response = browser(person("Ines")).get(PAGE)
    assert response.status_code == 200
    assert "Nothing is assigned to this account yet" in text_of(response)


def test_it_is_kept_by_nobody(world):
    assert browser(person("Ines")).get(PAGE)["Cache-Control"] == "private, no-store"


def test_it_is_only_read(world):
    assert browser(world.alice).post(PAGE).status_code == 405
