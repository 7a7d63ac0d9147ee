"""The portal as a WSGI application."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "association.settings")

application = get_wsgi_application()

# After the apps are ready; models cannot be imported before.
from portal.members.queries import has_demo_accounts  # noqa: E402

if settings.PRODUCTION and has_demo_accounts():
    raise ImproperlyConfigured(
        "This database holds demo accounts, whose password is public: production does not start."
    )
