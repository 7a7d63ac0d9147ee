"""The lists that have editions, and the columns that make up each."""

from django.db.models import Model

from portal.reference import models

_DATED = ("since_on", "until_on", "source", "doubt_zh", "doubt_en")
_NAMED = ("name_zh", "name_en")

# List name → (model, columns in canonical order). All that an edit can change stands here, wording and
# doubts included: every edit is a new edition.
LISTS: dict[str, tuple[type, tuple[str, ...]]] = {
    "divisions": (models.Division, ("code", "level", "parent_id", "short_zh", "kind_zh", *_NAMED, *_DATED)),
    "regions": (
        models.RegionMember,
        (
            "region__scheme_id", "region_id", "division_id", *_DATED,
            *(f"region__{name}" for name in _NAMED),
            *(f"region__scheme__{name}" for name in (*_NAMED, *_DATED)),
        ),
    ),
    "markets": (
        models.Market,
        ("alpha3", "alpha2", "numeric", "customs_code", "region_zh", "region_en", *_NAMED, *_DATED),
    ),
    "market_groups": (
        models.MarketGroupMember,
        (
            "group_id", "market_id", *_DATED, "note_zh", "note_en", "group__belt_and_road",
            *(f"group__{name}" for name in (*_NAMED, *_DATED)),
        ),
    ),
    "service_categories": (
        models.ServiceCategory,
        (
            "code", "level", "parent_id", "edition", "is_residual", "trade_category", "is_digitally_deliverable",
            "mapping_basis", "definition_zh", "definition_en", "typical_zh", "typical_en", *_NAMED, *_DATED,
        ),
    ),
    "currencies": (models.Currency, ("code", "numeric", "minor_units", "is_main", *_NAMED, *_DATED)),
    "rates": (models.Rate, ("currency_id", "month_on", "usd_per_unit", "cny_per_unit", "source")),
}  # fmt: skip

# The models whose rows make up a list besides its own: an edit of one is an edit of that list.
_ALSO: dict[type[Model], str] = {
    models.RegionScheme: "regions",
    models.Region: "regions",
    models.MarketGroup: "market_groups",
}


def list_of(model: type[Model]) -> str:
    """The name of the list that a model's rows belong to."""
    return next((name for name, (own, _columns) in LISTS.items() if own is model), None) or _ALSO[model]
