"""Large text: a switch by script, a page about zoom without, a cookie that signed-in pages heed."""

import pytest


def test_it_explains_zoom_to_those_without_script(client):
    response = client.get("/en/ui/text-size/")
    assert response.status_code == 200
    assert "zoom" in response.content.decode()


@pytest.mark.parametrize("size", ["large", "normal"])
def test_it_keeps_the_choice_and_goes_back(client, size):
    response = client.get("/ui/text-size/", {"size": size, "next": "/ui/"})
    assert (response.status_code, response["Location"]) == (302, "/ui/")
    assert response.cookies["text"].value == size


def test_it_keeps_no_other_size(client):
    response = client.get("/ui/text-size/?size=huge")
    assert response.status_code == 200
    assert "text" not in response.cookies


def test_it_goes_nowhere_else(client):
    response = client.get("/ui/text-size/", {"size": "large", "next": "https://elsewhere.example/"})
    assert response["Location"] == "/ui/text-size/"
