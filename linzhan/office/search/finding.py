"""The search box: stations, workers, residents, projects, institutions and places, within scope and rights."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import current_scope
from linzhan.office.registers.asking import Asked
from linzhan.office.registers.choosing import best
from linzhan.office.registers.showing import referred_key, referred_text
from linzhan.territory.api import search

SEARCHED = ("stations", "workers", "residents", "projects", "providers", "volunteers")
SHORTEST = 1


def groups(text: str, rights: frozenset[str], *, limit: int) -> list[dict[str, object]]:
    """Groups of finds for the search box and its page; an unfit text finds nothing."""
    if len(text) < SHORTEST:
        return []
    found = [
        _of_register(key, text, limit)
        for key in SEARCHED
        if key in REGISTERS and REGISTERS[key].view in rights
    ]
    found.append({"label": _("地区"), "found": _places(text, limit), "more_url": ""})
    return [group for group in found if group["found"]]


def _of_register(key: str, text: str, limit: int) -> dict[str, object]:
    register = REGISTERS[key]
    rows = best(register, text, limit=limit + 1)
    found = [
        {"label": referred_text(each), "hint": referred_key(each), "url": f"/r/{key}/{each.id}/"}
        for each in rows[:limit]
    ]
    more = Asked(register, text=text).url()
    return {"label": register.name, "found": found, "more_url": more if len(rows) > limit else ""}


def _places(text: str, limit: int) -> list[dict[str, str]]:
    units = search(text, within=current_scope().regions, limit=limit)
    return [
        {"label": u.full_path.replace("/", " / "), "hint": u.code, "url": f"/overview/{u.code}/"}
        for u in units
    ]
