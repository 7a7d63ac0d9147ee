"""One word goes through four names: address, view, template, test."""

from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent


def own_patterns(patterns=None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(namespaced name, pattern) of every address whose view is the portal's own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from own_patterns(pattern.url_patterns, pattern.namespace or namespace)
        elif pattern.lookup_str.startswith("portal.") and namespace not in ("admin", ""):
            yield f"{namespace}:{pattern.name}", pattern


def test_a_view_is_called_as_its_address():
    # The editor's own addresses are named by Wagtail.
    named_here = [pair for pair in own_patterns() if not pair[0].startswith("wagtailsnippets_")]
    called = {name: pattern.callback.__name__ for name, pattern in named_here}
    assert len(called) > 100
    assert called == {name: name.split(":")[1].replace("-", "_") for name in called}


def test_every_template_is_used_somewhere():
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder, kind in (("portal", "*.py"), ("templates", "*.html"), ("association", "*.py"))
        for path in (ROOT / folder).rglob(kind)
    )
    # Found by their names: Django's error pages, and those that allauth, the admin and the editing desk look for.
    by_name = (
        "account/",
        "wagtailadmin/",
        "mfa/",
        "allauth/",
        "admin/",
        "usersessions/",
        "400",
        "403",
        "404",
        "429",
        "500",
    )
    unused = []
    for path in (ROOT / "templates").rglob("*.html"):
        name = str(path.relative_to(ROOT / "templates"))
        if not name.startswith(by_name) and f'"{name}"' not in sources:
            unused.append(name)
    assert unused == []
