from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "portal.filings"
