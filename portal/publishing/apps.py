from django.apps import AppConfig
from django.utils.module_loading import import_string


class PublishingConfig(AppConfig):
    name = "portal.publishing"

    def ready(self) -> None:
        """After Wagtail's apps, whose own policies this replaces; models cannot be imported before."""
        import_string("portal.publishing.permissions.register")()
