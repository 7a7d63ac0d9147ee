from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from portal.statistics.following import follow_publications


class PublishingConfig(AppConfig):
    name = "portal.publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        """After Wagtail's apps, whose own policies this replaces; models cannot be imported before."""
        import_string("portal.publishing.permissions.register")()
        # A release is found as soon as it is published; statistics know nothing of search.
        follow_publications(import_string("portal.publishing.search.index.reindex_release"))
