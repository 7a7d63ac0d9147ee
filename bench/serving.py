"""`python -m bench.serving SITE FOLDER`: answers requests in a process of its own and tells what processor time each
took. Lines come in as `path`, or `path|ETag` for a conditional request; times go out in milliseconds."""

import json
import os
import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path
from time import process_time

from bench.blocks import as_blocks

TIMES = 20
HELLO = {
    "MIDDLEWARE": [
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    "INSTALLED_APPS": ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    "ALLOWED_HOSTS": ["127.0.0.1"], "SECRET_KEY": "hello", "ROOT_URLCONF": "bench.hello",
}  # fmt: skip


def handler(site: str, folder: Path):
    """The site: the portal, Wagtail with the page copied from the portal's, or Django's hello."""
    if site == "hello":
        import_module("django.conf").settings.configure(**HELLO)
        import_module("django").setup()
    else:
        settings = "bench.wagtail_site.settings" if site == "wagtail" else "association.settings"
        os.environ["DJANGO_SETTINGS_MODULE"] = settings
        import_module("django").setup()
    if site == "wagtail":
        _page_like((folder / "page.html").read_text("utf-8"))
    return import_module("django.core.handlers.wsgi").WSGIHandler()


def _page_like(html: str) -> None:
    import_module("django.core.management").call_command("migrate", verbosity=0)
    models, wagtail = import_module("bench.wagtail_site.models"), import_module("wagtail.models")
    root = wagtail.Page.get_first_root_node()
    page = root.add_child(instance=models.ReportPage(title="Report", slug="report", body=as_blocks(html)))
    wagtail.Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "127.0.0.1", "root_page": page, "port": 80}
    )


def asked(application, path: str, tag: str = "") -> tuple[str, dict[str, str], bytes]:
    """One request, as a server hands it over."""
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(), "REMOTE_ADDR": "127.0.0.1", "SCRIPT_NAME": "",
    }  # fmt: skip
    if tag:
        environ["HTTP_IF_NONE_MATCH"] = tag
    began: list[tuple[str, dict[str, str]]] = []
    answer = application(environ, lambda status, headers: began.append((status, dict(headers))))
    body = b"".join(answer)
    answer.close()
    return *began[0], body


def main(site: str, folder: str) -> None:
    application = handler(site, Path(folder))
    for line in sys.stdin:
        path, _bar, tag = line.strip().partition("|")
        status, headers, body = asked(application, path, tag)
        began = process_time()
        for _time in range(TIMES):
            asked(application, path, tag)
        each = (process_time() - began) * 1000 / TIMES
        found = {"ms": each, "status": status, "tag": headers.get("ETag", ""), "bytes": len(body)}
        print(json.dumps(found | {"body": body.decode() if path.endswith("/") and not tag else ""}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
