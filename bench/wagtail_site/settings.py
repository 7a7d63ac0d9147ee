"""The portal's settings and middleware, with Wagtail and its one page in place of the portal's pages."""

from association.settings import *  # noqa: F403, TID251
from association.settings import INSTALLED_APPS, TEMPLATES  # noqa: TID251

INSTALLED_APPS = [
    *INSTALLED_APPS,
    "wagtail.sites", "wagtail.users", "wagtail.documents", "wagtail.images", "wagtail.search", "wagtail.admin",
    "wagtail.contrib.table_block", "wagtail", "modelcluster", "taggit", "bench.wagtail_site",
]  # fmt: skip
TEMPLATES = [TEMPLATES[0] | {"DIRS": []}]
ROOT_URLCONF = "bench.wagtail_site.urls"
WAGTAIL_SITE_NAME = "Bench"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
