"""The public API. Its addresses have no language in front: ?lang= or Accept-Language choose it."""

from portal.statistics.api import asked_tables, dates, listings, operations
from portal.statistics.api.doors import addresses

app_name = "api"
# What is offered stands in these.
OFFERED = (operations, asked_tables, dates, listings)
# /api/v1/releases/2020Q1-1/cells?place=520100&format=sdmx-csv
urlpatterns = addresses()
