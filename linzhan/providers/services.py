"""What follows from steps: results reach the register of inspections, levels the institution, a draw its list.

Nothing is typed twice: the conclusion of the year's file is the row in 检查 that figures count, and so is
the finding about an institution that was drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from linzhan.kernel.registers.amending import amend as written_over
from linzhan.kernel.registers.amending import told
from linzhan.kernel.registers.declare import REGISTERS, Written
from linzhan.kernel.registers.reading import identity_of
from linzhan.kernel.registers.stepping import Taken, enter, stepped
from linzhan.kernel.sheets.cells import CLEAR
from linzhan.kernel.steps import StepRefused
from linzhan.providers import rules
from linzhan.providers.enums import Conclusion, InspectionKind, ProviderStatus
from linzhan.providers.models import (
    DrawnInstitution,
    Inspector,
    InspectorConflict,
    RandomInspection,
)
from linzhan.providers.selectors import population_of

ANNUAL: Final = "annual-inspections"
RATINGS: Final = "provider-ratings"
DRAWS: Final = "random-inspections"
DRAWN: Final = "drawn-institutions"
EXITS: Final = "provider-exits"


def amend(register: str, row_id: UUID, values: Mapping[str, Any]) -> None:
    """Change some columns of a stored row through the door; :class:`StepRefused` where it refuses."""
    if fault := told(written_over(REGISTERS[register], row_id, values)):
        raise StepRefused(fault)


@stepped(ANNUAL)
def note_result(taken: Taken) -> None:
    """A conclusion stands in 检查 as well, where figures count it."""
    if taken.again or taken.step.name not in ("pass", "require"):
        return
    if taken.step.name == "pass":
        amend(ANNUAL, taken.row_id, {"conclusion": Conclusion.PASSED.value})
    row = taken.row
    enter(
        "inspections",
        [
            {
                "code": row["code"],
                "kind": InspectionKind.ANNUAL.value,
                "year": row["year"],
                "provider": identity_of(row["provider"]),
                "conclusion": row["conclusion"] or Conclusion.PASSED.value,
                "inspected_on": row["concluded_on"],
                **({"findings": row["findings"]} if row["findings"] else {}),
            }
        ],
    )


@stepped(RATINGS)
def note_level(taken: Taken) -> None:
    """The level that holds stands at the institution, with the day until which it does."""
    row = taken.row
    levels = {
        "grant": {"rating": row["level"], "rating_until": row["valid_until"]},
        "downgrade": {"rating": row["level_after"]},
        "withdraw": {"rating": CLEAR, "rating_until": CLEAR},
    }
    values = levels.get(taken.step.name)
    if values is not None and not taken.again:
        amend("providers", identity_of(row["provider"]), values)


@stepped(EXITS)
def note_exit(taken: Taken) -> None:
    if taken.step.name == "finish" and not taken.again:
        dissolved = {"status": ProviderStatus.DISSOLVED.value}
        amend("providers", identity_of(taken.row["provider"]), dissolved)


@stepped(DRAWS)
def carry_out(taken: Taken) -> None:
    """Draw what the published seed says, and keep what it was drawn from (``rules.draw``)."""
    if taken.step.name != "draw" or taken.again:
        return
    row = taken.row
    population = population_of(row["region_code"], row["kinds"] or ())
    drawn = draw_of(row, population)
    if not drawn:
        raise StepRefused("没有符合条件的机构可抽：请核对抽查的机构类型、比例和家数")
    if short := [each.subject for each in drawn if not each.inspectors]:
        raise StepRefused(
            f"{'、'.join(short)} 的检查人员全部须回避：请在“检查人员”补充没有利害关系的人员后再抽"
        )
    told = {"population": "\n".join(population), "population_count": len(population)}
    amend(DRAWS, taken.row_id, told)
    named = dict(Inspector.objects.filter(region_code=row["region_code"]).values_list("code", "name"))
    enter(
        DRAWN,
        [
            {
                "code": f"{row['code']}-{place:03d}",
                "draw": taken.row_id,
                "provider": each.subject,
                "place": place,
                "digest": each.digest,
                "inspectors": _named(each.inspectors, named),
                **({"excluded": _named(each.excluded, named)} if each.excluded else {}),
            }
            for place, each in enumerate(drawn, start=1)
        ],
    )


def _named(codes: tuple[str, ...], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{names[code]}（{code}）" for code in codes)


def draw_of(row: Mapping[str, Any], population: list[str]) -> list[rules.Drawn]:
    """The draw of a file from a population of credit codes, with the inspectors that are in the pool now."""
    percent = Decimal(str(row["percent"])) if row["percent"] else None
    size = rules.sample_size(len(population), percent, int(row["number"]) if row["number"] else None)
    pool = Inspector.objects.filter(active=True, region_code=row["region_code"])
    away = InspectorConflict.objects.filter(inspector__in=pool.values("pk"))
    conflicts: dict[str, set[str]] = {}
    for code, uscc in away.values_list("inspector__code", "provider__uscc"):
        conflicts.setdefault(code, set()).add(uscc)
    codes = list(pool.values_list("code", flat=True))
    return rules.draw(str(row["seed"]), population, size, codes, conflicts, int(row["per_subject"] or 1))


def drawn_again(draw: RandomInspection) -> bool:
    """Whether seed and kept population give the subjects that stand in the list: anybody may ask."""
    population = draw.population.split()
    kept = list(
        DrawnInstitution.objects.filter(draw=draw).order_by("place").values_list("provider__uscc", flat=True)
    )
    size = rules.sample_size(len(population), draw.percent, draw.number)
    return kept == [each.subject for each in rules.draw(draw.seed, population, size, (), {}, 0)]


def note_findings(written: Written) -> None:
    """What was found about a drawn institution stands in 检查 as well."""
    ids = [row_id for row_id, _values in written.rows]
    found = DrawnInstitution.objects.filter(pk__in=ids, inspected_on__isnull=False).exclude(conclusion="")
    rows = [
        {
            "code": each.code,
            "kind": InspectionKind.RANDOM.value,
            "year": each.draw.year,
            "provider": each.provider_id,
            "conclusion": each.conclusion,
            "inspected_on": each.inspected_on,
            "inspector": each.draw.accounting_firm or "、".join(each.inspectors),
            **({"findings": each.findings} if each.findings else {}),
        }
        for each in found.select_related("draw")
    ]
    if rows:
        enter("inspections", rows)
