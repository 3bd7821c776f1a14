"""People on a list as a page shows them: names masked as everywhere, residents with a way to their file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from linzhan.casework.api import RESIDENTS
from linzhan.casework.api.gatherings import Attendant, Mark
from linzhan.kernel import masking
from linzhan.kernel.registers.reading import Referred, look_up
from linzhan.office.registers.showing import referred_key, referred_text

TICK = "tick"
OTHERS = "others"
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """One person of a list: ``key`` in the form, a masked name, the number of the file."""

    person: Attendant
    label: str
    code: str = ""
    url: str = ""

    @property
    def key(self) -> str:
        return self.person.key


def shown(people: Iterable[Attendant]) -> list[Shown]:
    """``people`` in their order: one query for those with a file."""
    listed = list(people)
    known = look_up(RESIDENTS, [each.resident for each in listed if each.resident])
    return [_one(each, known.get(each.resident) if each.resident else None) for each in listed]


def _one(person: Attendant, found: Referred | None) -> Shown:
    if found is None:
        return Shown(person, _("服务对象") if person.resident else masking.mask_name(person.name))
    return Shown(person, referred_text(found), referred_key(found), f"/r/{RESIDENTS.key}/{person.resident}/")


def ticked(sent: QueryDict, people: Iterable[Attendant], of: UUID | str = "") -> dict[Attendant, bool]:
    """Who of ``people`` is ticked in a form; ``of`` tells one list of the page from another."""
    chosen = set(sent.getlist(TICK))
    mark = f"{of}|" if of else ""
    return {each: f"{mark}{each.key}" in chosen for each in people}


def named_besides(sent: QueryDict) -> dict[Attendant, bool]:
    """Names written below the list, one a line: they were there."""
    lines = (line.strip()[:LONGEST] for line in sent.get(OTHERS, "").splitlines())
    return {Attendant(name=line): True for line in lines if line}


def seal(marks: Mapping[Attendant, Mark]) -> str:
    """What stands in a list now, to see later whether somebody changed it meanwhile."""
    lines = sorted(f"{each.key}{mark.present}" for each, mark in marks.items())
    return salted_hmac("linzhan.office.gatherings", "\n".join(lines)).hexdigest()[:16]
