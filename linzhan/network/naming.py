"""What a place calls its tiers and stations, and who has which duties there: asked of rulebook and register."""

from __future__ import annotations

from datetime import date

from linzhan.kernel import places
from linzhan.network.enums import Tier
from linzhan.network.models import TierDuty
from linzhan.policy.api import NoRuling, TierName, network, ruling_for
from linzhan.territory.api import name_on


def tiers_of(region: str, on: date) -> tuple[TierName, ...]:
    """The tiers that a place has, from the top, each with its local name (NET-01…05)."""
    try:
        return tuple(ruling_for(network.TIERS, region=region, on=on).value)
    except NoRuling:
        return ()


def tier_name(tier: str, region: str, on: date) -> str:
    """How a place calls the stations of a tier on their plates (NET-07); the tier's own name where unsaid."""
    own = {
        Tier.STATION.value: network.TOWNSHIP_STATION_NAME,
        Tier.ROOM.value: network.VILLAGE_POINT_NAME,
    }.get(tier)
    if own is not None:
        try:
            return ruling_for(own, region=region, on=on).value
        except NoRuling:
            pass
    return next((each.name for each in tiers_of(region, on) if each.tier == tier), tier)


def proposed_name(tier: str, region: str, on: date) -> str:
    """The name of a new station: its division's, then what the place calls such stations (NET-07)."""
    return f"{name_on(region, on)}{tier_name(tier, region, on)}"


def duties_of(tier: str, region: str, on: date) -> TierDuty | None:
    """The duties of a tier as they hold in a place: the nearest place's that set them down (NET-06, NET-10)."""
    held = TierDuty.objects.filter(
        tier=tier, region_code__in=[places.NATION, *places.lineage(region)], starts_on__lte=on
    ).exclude(ends_on__lt=on)
    return max(held, key=lambda each: (places.level_of(each.region_code), each.starts_on), default=None)
