"""Schemes, scores and the evidence behind them, as pages show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from linzhan.office import parts
from linzhan.office.formats import number
from linzhan.quality.api import (
    Evidence,
    Indicator,
    Line,
    LineScore,
    RoundSubject,
    Scheme,
    State,
    evidence_words,
    faults,
    numbered,
    rule_words,
)

TONES: Final[Mapping[str, parts.Tone]] = {
    State.SCORED.value: "good",
    State.PENDING.value: "wait",
    State.ABSENT.value: "off",
}
FAULTS_SHOWN: Final = 12


def mark(value: Decimal | str | None) -> str:
    return "—" if value is None else number(value)


def scheme_facts(scheme: Scheme) -> list[parts.Fact]:
    sides = "、".join(f"{side.name} {number(side.weight)}" for side in scheme.sides)
    scale = "、".join(f"{grade.name} ≥ {number(grade.from_percent)}%" for grade in scheme.scale) or _(
        "用评估所在地的等级分数线"
    )
    limits = _("加分不超过 %(bonus)s 分，扣分不超过 %(penalty)s 分") % {
        "bonus": number(scheme.bonus),
        "penalty": number(scheme.penalty),
    }
    return [
        parts.Fact(_("评估对象"), scheme.subject),
        parts.Fact(_("总分"), _("%s 分") % number(scheme.full)),
        parts.Fact(_("评价方和权重"), sides),
        parts.Fact(_("等级"), scale, long=True),
        parts.Fact(_("加分和扣分"), limits, long=True),
        parts.Fact(_("一票否决"), "；".join(scheme.vetoes) or _("没有"), long=True),
        parts.Fact(_("来源"), scheme.origin or "", long=True),
    ]


def scheme_notices(scheme: Scheme) -> list[parts.Notice]:
    """What keeps it from being used."""
    found = list(faults(scheme))
    shown = [parts.Notice(text=text, tone="warning") for text in found[:FAULTS_SHOWN]]
    if len(found) > FAULTS_SHOWN:
        shown.append(parts.Notice(text=_("还有 %d 处") % (len(found) - FAULTS_SHOWN), tone="warning"))
    return shown


Verbs = Callable[[Indicator, int], Sequence[parts.Action]]


def scheme_tables(scheme: Scheme, verbs: Verbs = lambda _indicator, _number: ()) -> list[dict[str, object]]:
    """A table for each dimension; ``verbs`` are what may be done with a line."""
    return [
        {
            "title": f"{dimension.code} {dimension.name}",
            "full": mark(dimension.full),
            "code": dimension.code,
            "table": parts.Table(
                id=f"dimension-{dimension.code}",
                caption=dimension.name,
                columns=[
                    parts.TableColumn(key="indicator", label=_("指标"), lead=True),
                    parts.TableColumn(key="line", label=_("计分项")),
                    parts.TableColumn(key="full", label=_("满分"), kind="number", unit=_("分")),
                    parts.TableColumn(key="rule", label=_("怎么计分")),
                    parts.TableColumn(key="source", label=_("依据来源")),
                ],
                rows=[
                    parts.TableRow(
                        id=code,
                        cells={
                            "indicator": parts.Cell(
                                value=f"{indicator.code} {indicator.name}",
                                note=(indicator.basis or "") if place == 1 else "",
                            ),
                            "line": f"{code} {line.name}",
                            "full": line.full,
                            "rule": rule_words(line),
                            "source": source_words(scheme, line),
                        },
                        actions=list(verbs(indicator, place)),
                    )
                    for indicator in dimension.indicators
                    for place, (code, line) in enumerate(numbered(indicator), start=1)
                ],
                empty=parts.Empty(title=_("这个维度还没有计分项"), body=_("先加指标，再在指标下加计分项。")),
                compact=True,
            ),
        }
        for dimension in scheme.dimensions
    ]


def source_words(scheme: Scheme, line: Line) -> str:
    if line.by_platform:
        return _("平台取数，不用报送")
    told = f"{line.source}：{'、'.join(scheme.sides_of(line))}"
    return told + (
        _("；抽查%(kind)s %(n)d 份") % {"kind": line.file_kind, "n": line.files} if line.files else ""
    )


def evidence_cell(subject: RoundSubject, found: Evidence | None, why: str = "") -> object:
    """The number with its definition, and what was said of it; it opens the figure it was taken from."""
    if found is None:
        return None
    details = found.details
    basis = details.get("target_basis")
    note = str(details.get("definition", "")) + (_("；目标依据：%s") % basis if basis else "")
    note += _("；评分依据：%s") % why if why else ""
    query = urlencode({"region": subject.region_code, "period": details.get("period", "")})
    return parts.Cell(
        value=evidence_words(details, found.value),
        url=f"/figures/{details['figure']}/?{query}" if details.get("figure") else "",
        note=note,
    )


def score_columns() -> list[parts.TableColumn]:
    return [
        parts.TableColumn(key="line", label=_("计分项"), lead=True),
        parts.TableColumn(key="points", label=_("得分"), kind="number"),
        parts.TableColumn(key="full", label=_("满分"), kind="number"),
        parts.TableColumn(key="state", label=_("状态")),
        parts.TableColumn(key="evidence", label=_("依据")),
    ]


def told_table(scheme: Scheme, subject: RoundSubject, evidence: Mapping[str, Evidence]) -> parts.Table:
    """The result as it was told, every line with the evidence it opens to."""
    told: Mapping[str, Mapping[str, Any]] = subject.told.get("lines", {})
    return parts.Table(
        id="told",
        caption=_("逐项结果"),
        columns=score_columns(),
        rows=[
            parts.TableRow(
                id=code,
                cells={
                    "line": f"{code} {line.name}",
                    "points": told.get(code, {}).get("points"),
                    "full": line.full,
                    "state": state_of(told.get(code, {})),
                    "evidence": evidence_cell(subject, evidence.get(code), reasons_of(told.get(code, {})))
                    or _told_why(line, told.get(code, {})),
                },
            )
            for code, line in scheme.lines.items()
        ],
        empty=parts.Empty(title=_("结果还没有告知")),
        compact=True,
    )


def reasons_of(told: Mapping[str, Any]) -> str:
    """Why those who scored gave what they gave; nobody is named."""
    return "；".join(dict.fromkeys(told.get("reasons", [])))


def _told_why(line: Line, told: Mapping[str, Any]) -> object:
    reasons = reasons_of(told)
    return parts.Cell(value=reasons, note=rule_words(line)) if reasons else rule_words(line)


def state_of(told: Mapping[str, Any]) -> parts.Status:
    """Whether the line was scored, or corrected after an objection."""
    word = str(told.get("state") or State.PENDING.value)
    if told.get("adjusted"):
        return parts.Status(_("申诉后更正"), "live")
    return parts.Status(word, TONES.get(word, ""))


def score_state(score: LineScore) -> parts.Status:
    return parts.Status(score.state.value, TONES.get(score.state.value, ""))
