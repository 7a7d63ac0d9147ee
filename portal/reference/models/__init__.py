"""Code lists: dated rows, closed instead of deleted; every edit of a list is a new edition."""

from portal.reference.models.currencies import Currency, Rate
from portal.reference.models.editions import Edition
from portal.reference.models.markets import Market, MarketGroup, MarketGroupMember
from portal.reference.models.places import Division, Region, RegionMember, RegionScheme
from portal.reference.models.services import MappingBasis, ServiceCategory, TradeCategory

__all__ = [
    "Currency",
    "Division",
    "Edition",
    "MappingBasis",
    "Market",
    "MarketGroup",
    "MarketGroupMember",
    "Rate",
    "Region",
    "RegionMember",
    "RegionScheme",
    "ServiceCategory",
    "TradeCategory",
]
