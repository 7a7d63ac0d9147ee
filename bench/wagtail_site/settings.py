"""The portal's settings and middleware, with Wagtail and its one page in place of the portal's pages."""

from association.settings import *  # noqa: F403, TID251
from association.settings import INSTALLED_APPS, TEMPLATES  # noqa: TID251

INSTALLED_APPS = [*INSTALLED_APPS, "bench.wagtail_site"]
TEMPLATES = [TEMPLATES[0] | {"DIRS": []}]
ROOT_URLCONF = "bench.wagtail_site.urls"
WAGTAIL_SITE_NAME = "Bench"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
