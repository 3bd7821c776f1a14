"""Why a figure has no value: nobody keeps the register it is counted from, or the period has no records."""

from __future__ import annotations

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.figures.definitions import Figure
from linzhan.kernel.figures.models import RegisterUse
from linzhan.kernel.registers.declare import REGISTERS

KEPT = 60  # seconds


def why_missing(figure: Figure, region: str) -> str:
    """The reason in words; a register that was ever begun here is in use, however empty the period."""
    idle = [name for name in figure.known_by if name not in _in_use(region)]
    names = "、".join(f"“{REGISTERS[name].name}”" for name in idle if name in REGISTERS)
    return _("%(names)s台账尚未启用") % {"names": names} if names else _("这段时间没有记录")


def _in_use(region: str) -> frozenset[str]:
    """The registers begun at ``region``, above or below it; kept for a while, since one is begun once."""
    key = f"registers-around:{region}"
    found: frozenset[str] | None = cache.get(key)
    if found is None:
        low, high = places.bounds(region)
        around = Q(region_code__gte=low, region_code__lt=high)
        around |= Q(region_code__in=[places.NATION, *places.lineage(region)])
        found = frozenset(RegisterUse.objects.filter(around).values_list("register", flat=True).distinct())
        cache.set(key, found, KEPT)
    return found
