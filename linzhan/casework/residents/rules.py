"""What follows from what is known of a person: pure functions (``domain.md`` §6.1, §6.3, §19.3).

A suggestion explains itself and a human confirms it (PIPL 24). Nothing here reads a clock or a table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from linzhan.casework.enums import Risk
from linzhan.casework.residents.enums import PURPOSE_CODES, ConsentMethod, GivenBy, Purpose
from linzhan.kernel.identity import age

ORDER: Mapping[str, int] = {Risk.ORDINARY: 0, Risk.GENERAL: 1, Risk.KEY: 2, Risk.HIGH: 3}
CONSENTS_ALONE = 14  # PIPL 31: below it the guardian consents
OF_AGE = 18
ALONE = "独居"
UNGUARDED = "无能力或缺位"
UNSCHOOLED_ALONE = 8  # 未成年人保护法 21: younger ones may not be left unattended
MAY_LIVE_ALONE = 16  # 未成年人保护法 21


@dataclass(frozen=True, slots=True)
class RiskNumbers:
    """What a place decides about risk. ``aged`` in years, ``recent`` in days."""

    aged: int
    aged_categories: frozenset[str]
    key_categories: frozenset[str]
    ordinary_categories: frozenset[str]
    recent: int


@dataclass(frozen=True, slots=True)
class Person:
    """What a suggestion looks at. ``changes`` are (kind, day) of major changes."""

    born_on: date | None
    categories: Collection[str]
    living: str = ""
    health: str = ""
    guardianship: str = ""
    changes: Sequence[tuple[str, date]] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    level: str
    reasons: tuple[str, ...]


def suggest(person: Person, on: date, numbers: RiskNumbers, names: Mapping[str, str]) -> Suggestion:
    """The level that speaks from what is known on ``on``, with every reason for that level.

    ``names`` spells categories. Whoever is on the register for nothing but an ordinary category is 普通.
    """
    for level, found in (
        (Risk.HIGH, _high(person, on, numbers, names)),
        (Risk.KEY, _of_categories(person.categories, numbers.key_categories, names)),
    ):
        if found:
            return Suggestion(level.value, tuple(found))
    others = [each for each in person.categories if each not in numbers.ordinary_categories]
    if others:
        return Suggestion(Risk.GENERAL.value, tuple(_of_categories(others, set(others), names)))
    return Suggestion(Risk.ORDINARY.value, ("没有需要特别关注的情况",))


def _high(person: Person, on: date, numbers: RiskNumbers, names: Mapping[str, str]) -> list[str]:
    years = None if person.born_on is None or person.born_on > on else age(person.born_on, on)
    found = [f"{day:%Y-%m-%d} {kind}，未满 {numbers.recent} 日" for kind, day in _recent(person, on, numbers)]
    if years is not None and years >= numbers.aged:
        held = sorted(numbers.aged_categories & set(person.categories))
        if held:
            found.append(f"{years} 岁，且为{names.get(held[0], held[0])}")
    if person.health == "重病":
        found.append("患重病")
    if years is not None and years < MAY_LIVE_ALONE and person.living == ALONE:
        found.append(f"未满 {MAY_LIVE_ALONE} 周岁独自居住")
    if years is not None and years < UNSCHOOLED_ALONE and person.guardianship == UNGUARDED:
        found.append(f"未满 {UNSCHOOLED_ALONE} 周岁无人有效看护")
    return found


def _recent(person: Person, on: date, numbers: RiskNumbers) -> list[tuple[str, date]]:
    """Changes of the last days, that of today among them; one of the future is a slip of the pen."""
    since = on - timedelta(days=numbers.recent)
    return [(kind, day) for kind, day in person.changes if since < day <= on]


def _of_categories(held: Iterable[str], wanted: Collection[str], names: Mapping[str, str]) -> list[str]:
    return [f"属于{names.get(code, code)}" for code in sorted(held) if code in wanted]


def is_lower(level: str, than: str) -> bool:
    """Whether ``level`` takes back what ``than`` says; a level never stated is not taken back."""
    return than in ORDER and ORDER.get(level, 0) < ORDER[than]


class Expiry(StrEnum):
    """How it stands with something that holds until a day; that day still counts."""

    OPEN = ""
    SOON = "即将到期"
    OVER = "已过期"


def expiry(until: date | None, on: date, notice: int) -> Expiry:
    """``notice`` is the number of days before which one is told."""
    if until is None or until - on > timedelta(days=notice):
        return Expiry.OPEN
    return Expiry.OVER if until < on else Expiry.SOON


def consent_faults(
    *, born_on: date | None, on: date, given_by: str, child_view: str, method: str, witness: str, giver: str
) -> list[tuple[str, str]]:
    """(column, what is missing) for a consent given on ``on``: whose word counts depends on the age that day.

    Under 14 the guardian consents; from 14 to 17 the guardian does and the child is heard (PIPL 31,
    未成年人保护法 4). An unknown birth date asks for nothing.
    """
    faults = []
    years = None if born_on is None else age(born_on, on)
    if years is not None and years < OF_AGE:
        if given_by == GivenBy.SELF:
            faults.append(("given_by", f"同意当日 {years} 周岁，未成年人须由监护人同意"))
        if years >= CONSENTS_ALONE and not child_view.strip():
            faults.append(
                ("child_view", f"同意当日 {years} 周岁，满 {CONSENTS_ALONE} 周岁的未成年人还须听取本人意见")
            )
    if given_by != GivenBy.SELF and not giver.strip():
        faults.append(("giver", f"由{given_by}同意的，请写明姓名"))
    if method == ConsentMethod.WITNESSED and not witness.strip():
        faults.append(("witness", "口头同意须有见证人，请写明见证人姓名"))
    return faults


def text_version(purpose: str, text: str) -> str:
    """Which wording was agreed to: the purpose's code and a fingerprint of the text, ``P1-3fa9c2d1``."""
    return f"{PURPOSE_CODES[Purpose(purpose)]}-{sha256(text.encode()).hexdigest()[:8]}"


def crossed(categories: Collection[str]) -> bool:
    """困难交叉: categories of several kinds (their first letters), ordinary ones aside (OBJ-04)."""
    return len({code[:1] for code in categories} - {"F"}) > 1


def stacked(policies: Collection[str]) -> bool:
    """政策叠加享受: more than one policy (OBJ-05)."""
    return len(set(policies)) > 1
