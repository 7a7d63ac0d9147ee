"""The lists that have editions, and the columns that make up each."""

from django.db.models import Model

from portal.reference import models

# List name → (model, columns in canonical order). What is not named here (texts, doubts) may change
# without changing what a figure means.
LISTS: dict[str, tuple[type, tuple[str, ...]]] = {
    "divisions": (models.Division, ("code", "level", "parent_id", "since_on", "until_on")),
    "regions": (models.RegionMember, ("region__scheme_id", "region_id", "division_id", "since_on", "until_on")),
    "markets": (models.Market, ("alpha3", "since_on", "until_on")),
    "market_groups": (
        models.MarketGroupMember,
        ("group_id", "market_id", "since_on", "until_on", "group__belt_and_road"),
    ),
    "service_categories": (
        models.ServiceCategory,
        ("code", "level", "parent_id", "trade_category", "is_digitally_deliverable", "since_on", "until_on"),
    ),
    "currencies": (models.Currency, ("code", "minor_units", "since_on", "until_on")),
    "rates": (models.Rate, ("currency_id", "month_on", "usd_per_unit", "cny_per_unit", "source")),
}

# The models whose rows make up a list besides its own: an edit of one is an edit of that list.
_ALSO: dict[type[Model], str] = {
    models.RegionScheme: "regions",
    models.Region: "regions",
    models.MarketGroup: "market_groups",
}


def list_of(model: type[Model]) -> str:
    """The name of the list that a model's rows belong to."""
    return next((name for name, (own, _columns) in LISTS.items() if own is model), None) or _ALSO[model]
