from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "portal.publishing"
