"""Addresses of all areas."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class RowNumber(IntConverter):
    """A number that a row can have. A longer one is no address, and no database is asked for it."""

    regex = "[0-9]{1,18}"


register_converter(RowNumber, "row")
