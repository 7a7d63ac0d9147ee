"""Which addresses of a text may be followed. No Django."""

from urllib.parse import urlsplit

SCHEMES = ("http", "https", "mailto")


def is_own(href: str) -> bool:
    """Whether it is an address of this site."""
    return href.startswith("/") and not href.startswith(("//", "/\\"))


def scheme_of(href: str) -> str:
    """The scheme, where it is one that a text may link to; else nothing."""
    try:
        scheme = urlsplit(href).scheme
    except ValueError:
        return ""
    return scheme if scheme in SCHEMES else ""


def whole(href: str, site: str) -> str:
    """An address that can be followed from elsewhere, or nothing. `site` stands before the site's own addresses;
    without it they are none."""
    if is_own(href):
        return f"{site}{href}" if site else ""
    return href if scheme_of(href) else ""
