"""The editing desk's doors: who comes in, what is open, and that nothing is fetched from outside."""

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from portal.publishing.views.doors import is_used
from tests.publishing.conftest import block, signed_in

pytestmark = pytest.mark.django_db
FETCHED = re.compile(r"""(?:\b(?:src|srcset|action|poster|data-src)|<link[^>]*\bhref)=["'](https?:)?//(?!testserver)""")
CLOSED = (
    "pages/", "users/", "groups/", "sites/", "collections/", "workflows/list/", "reports/locked/", "snippets/",
    "password_reset/", "failwhale/", "test404/", "api/main/pages/", "choose-page/", "dismissibles/",
    "bulk/publishing/article/delete/", "images/1/generate_url/",
)  # fmt: skip


def desk_patterns(patterns, path: str = "", space: str = ""):
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = ":".join(filter(None, (space, one.namespace)))
            yield from desk_patterns(one.url_patterns, path + str(one.pattern), inner)
        elif isinstance(one, URLPattern):
            yield path + str(one.pattern), space, one.name


def test_what_the_desk_does_not_use_is_not_there(editor):
    client = signed_in(editor)
    for path in CLOSED:
        assert client.get(f"/editing/{path}").status_code == 404, path


def test_of_wagtails_names_only_those_are_open_that_are_listed():
    """A new version's new page is closed until somebody opens it."""
    desk = next(one for one in get_resolver().url_patterns if str(one.pattern) == "editing/")
    names = {(space, name) for _path, space, name in desk_patterns(desk.url_patterns) if name}
    assert {("wagtailusers_users", "index"), ("", "wagtailadmin_explore_root")} <= names
    opened = {space for space, name in names if is_used(space, name)}
    assert not {"wagtailusers_users", "wagtailusers_groups", "wagtailsites", "wagtailadmin_reports"} & opened


def test_sign_in_and_sign_out_are_the_portals(editor):
    assert Client().get("/editing/").headers["Location"].startswith(reverse("account_login"))
    assert Client().get("/editing/login/").headers["Location"].startswith(reverse("account_login"))
    client = signed_in(editor)
    assert client.get("/editing/login/?next=https://elsewhere.example/").headers["Location"] == "/editing/"
    assert client.post(reverse("wagtailadmin_logout")).headers["Location"] == reverse("front:home")
    assert client.get("/editing/").status_code == 302


def test_firms_find_nothing_and_other_staff_are_told_no(world):
    for path in ("", "snippets/publishing/article/", "images/", "account/", "jsi18n/"):
        assert signed_in(world.alice).get(f"/editing/{path}").status_code == 404, path
        assert signed_in(world.frida).get(f"/editing/{path}").status_code == 403, path


def test_the_policy_is_relaxed_on_the_desk_alone_and_never_evaluates_text(editor):
    client = signed_in(editor)
    desk, site = (client.get(path).headers["Content-Security-Policy"] for path in ("/editing/", "/methodology/"))
    assert "script-src 'self' 'unsafe-inline'" in desk
    assert "frame-ancestors 'self'" in desk
    assert "unsafe" not in site
    assert "frame-ancestors 'none'" in site
    assert "unsafe-eval" not in desk
    assert not re.search(r"https?:|\*", desk)


def reachable(text) -> list[str]:
    lists = ["article", "issue", "column", "policy", "policytopic", "knowledgeterm", "comparedpoint", "cataloguecase",
             "memberpage", "authority", "entrance"]  # fmt: skip
    pages = ["/editing/", "/editing/account/", "/editing/images/", "/editing/images/add/", "/editing/documents/",
             "/editing/documents/multiple/add/", "/editing/cards/", reverse("editing:issue-frame")]  # fmt: skip
    for name in lists:
        for act in ("list", "add"):
            try:
                pages.append(reverse(f"wagtailsnippets_publishing_{name}:{act}"))
            except NoReverseMatch:
                continue
    own = f"/editing/texts/article/{text.pk}/"
    editor = [
        reverse(f"wagtailsnippets_publishing_article:{act}", args=[text.pk]) for act in ("edit", "copy", "history")
    ]
    return [*pages, own, f"{own}proof/web/", *editor]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_the_desk_opens_and_fetches_nothing_from_outside(article, editor, language):
    client = signed_in(editor)
    client.cookies["language"] = language
    text = article(block("text", "<p>一句。</p>"))
    for path in reachable(text):
        response = client.get(path)
        if path.endswith("/add/") and response.headers.get("Location") == "/editing/":
            continue  # rows of this kind are not begun there
        assert response.status_code == 200, path
        page = response.content.decode()
        assert not FETCHED.search(page), (path, FETCHED.search(page))
        assert f'lang="{language}"' in page or "proof" in path, path
