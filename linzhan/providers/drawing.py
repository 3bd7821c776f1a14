"""What of a random inspection may be written when: a draw that was announced stands (INS-08: 双随机、一公开)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext as _

from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.registers.stepping import is_stepping
from linzhan.providers.enums import DrawStage
from linzhan.providers.models import DrawnInstitution, RandomInspection

BY_STEPS: Final = (
    "seed",
    "seed_source",
    "seeded_on",
    "drawn_on",
    "published_on",
    "published_at",
    "closed_on",
)
"""What steps say of a draw that stands here: never a form or a file afterwards."""
DRAWN_BY: Final = {
    "region_code": "region", "kinds": "kinds", "percent": "percent", "number": "number", "per_subject": "per_subject",
}  # fmt: skip
"""What besides the seed decides who is drawn, by attribute and column."""
DRAWN: Final = {"draw_id": "draw", "provider_id": "provider"}
FOUND: Final = ("conclusion", "inspected_on", "findings")


def keep_draws(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 双随机抽查: once the seed is public, nobody chooses any more who is drawn."""
    stored = RandomInspection.objects.in_bulk([row.id for row in rows if not row.is_new])
    for row in rows:
        if is_stepping(row.id):
            continue
        was = stored.get(row.id)
        if was is None:  # a file may tell of a draw that was made before
            continue
        for name in _changed(row, was, BY_STEPS):
            row.refuse(name, _("由办理步骤写明，不能直接填写"))
        if was.stage != DrawStage.PLANNED:
            for name in _changed(row, was, DRAWN_BY):
                if was.stage != DrawStage.SEEDED or name == "kinds" or getattr(was, name):
                    row.refuse(DRAWN_BY[name], _("种子已经公布，不能再改；确须改的请另立一次抽查"))


def keep_drawn(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 抽查对象: whom the seed drew is not exchanged, and what was made public stands."""
    stored = DrawnInstitution.objects.in_bulk([row.id for row in rows if not row.is_new])
    draws = RandomInspection.objects.in_bulk(
        [each for each in {row.values.get("draw_id") for row in rows} if each]
    )
    for row in rows:
        was, draw = stored.get(row.id), draws.get(row.values.get("draw_id"))
        if was is not None:
            for name in _changed(row, was, DRAWN):
                row.refuse(DRAWN[name], _("抽中谁由种子决定，不能改换"))
        if draw is None:
            continue
        if was is not None and draw.stage == DrawStage.CLOSED:
            for name in _changed(row, was, FOUND):
                row.refuse(name, _("结果已经公开，不能再改；要更正的请在“检查”另行登记"))
        inspected = row.values.get("inspected_on")
        if inspected is not None and draw.drawn_on is not None and inspected < draw.drawn_on:
            told = {"day": inspected, "drawn": draw.drawn_on}
            row.refuse("inspected_on", _("检查日期 %(day)s 早于抽取日期 %(drawn)s，请核对") % told)


def _changed(row: Arriving, was: Model, names: Iterable[str]) -> list[str]:
    return [name for name in names if _plain(row.values.get(name)) != _plain(getattr(was, name))]


def _plain(value: Any) -> Any:
    """Lists and tuples alike, and all that is empty as nothing."""
    return (list(value) if isinstance(value, list | tuple) else value) or None
