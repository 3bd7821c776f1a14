"""The search box: stations, workers, residents, projects, institutions and places, within scope and rights."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.searching import nearest
from linzhan.kernel.scope import current_scope
from linzhan.office.registers.asking import Asked
from linzhan.office.registers.choosing import picked
from linzhan.office.registers.showing import referred_key, referred_text
from linzhan.territory.api import search

SEARCHED = ("stations", "workers", "residents", "projects", "providers", "volunteers")
SHORTEST = 1


def groups(text: str, rights: frozenset[str], *, limit: int) -> list[dict[str, object]]:
    """Groups of finds for the search box and its page; an unfit text finds nothing."""
    if len(text) < SHORTEST:
        return []
    registers = [REGISTERS[key] for key in SEARCHED if key in REGISTERS and REGISTERS[key].view in rights]
    ids = nearest(registers, text, limit=limit + 1)
    found = [_of_register(each, ids[each.key], text, limit) for each in registers if each.key in ids]
    found.append({"label": _("地区"), "found": _places(text, limit), "more_url": ""})
    return [group for group in found if group["found"]]


def _of_register(register: Register, ids: Sequence[UUID], text: str, limit: int) -> dict[str, object]:
    rows = picked(register, ids)
    found = [
        {"label": referred_text(each), "hint": referred_key(each), "url": f"/r/{register.key}/{each.id}/"}
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
