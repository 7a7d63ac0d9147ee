"""Addresses of web pages, as they are typed."""

from django.db import models


class WebAddressField(models.URLField):
    """Where the scheme is left out when it is typed, https is meant. In the database it is any address."""

    def formfield(self, **kwargs: object):
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self) -> tuple:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
