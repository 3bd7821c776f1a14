"""How checks of people are shown: one line each, with what it found, by which clause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.following import names_of
from linzhan.office import parts
from linzhan.workforce.api import Assignment, in_force

TONES: Final[dict[Outcome, parts.Tone]] = {
    Outcome.PASS: "good",
    Outcome.WARN: "wait",
    Outcome.UNKNOWN: "off",
    Outcome.STOP: "bad",
}
WORST: Final = (Outcome.STOP, Outcome.UNKNOWN, Outcome.WARN, Outcome.PASS)


def verdict(found: Sequence[Checked], *, yes: str, no: str) -> parts.Status:
    """The one word: may, may not, may with something to mind."""
    outcomes = {each.outcome for each in found}
    if Outcome.STOP in outcomes:
        return parts.Status(no, "bad")
    if outcomes & {Outcome.WARN, Outcome.UNKNOWN}:
        return parts.Status(_("%s，有提醒") % yes, "wait")
    return parts.Status(yes, "good")


def lines(found: Sequence[Checked], caption: str, element: str = "checks") -> parts.Table:
    """The checks, worst first, each with number, limit and clause."""
    ordered = sorted(found, key=lambda each: WORST.index(each.outcome))
    return parts.Table(
        id=element,
        caption=caption,
        columns=[
            parts.TableColumn(key="title", label=_("核对"), lead=True),
            parts.TableColumn(key="outcome", label=_("结论")),
            parts.TableColumn(key="words", label=_("情况")),
            parts.TableColumn(key="clause", label=_("依据")),
        ],
        rows=[
            parts.TableRow(
                tone="wrong" if each.outcome is Outcome.STOP else "",
                cells={
                    "title": each.title,
                    "outcome": parts.Status(str(each.outcome), TONES[each.outcome]),
                    "words": each.words,
                    "clause": each.clause or "—",
                },
            )
            for each in ordered
        ],
        empty=parts.Empty(title=_("没有要核对的"), body=_("本地没有关于人员的规定。")),
    )


def word(found: Sequence[Checked], key: str) -> object:
    """One check in a cell; a dash where the place does not ask it."""
    one = next((each for each in found if each.key == key), None)
    return "—" if one is None else parts.Status(str(one.outcome), TONES[one.outcome])


def holding(on: date) -> QuerySet[Assignment]:
    """Assignments that hold on a day, within the reader's scope."""
    return Assignment.objects.filter(in_force(on))


def project_names(ids: Sequence[UUID]) -> dict[UUID, str]:
    """What the desk of purchases calls projects; one that is out of sight keeps no name."""
    return {identity: str(title or key) for identity, title, key in names_of(REGISTERS["projects"], set(ids))}
