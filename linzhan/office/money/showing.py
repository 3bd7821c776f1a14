"""Sums and rules as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.checks import Outcome
from linzhan.office import parts
from linzhan.office.figures.asked import sees_an_area
from linzhan.office.regions.names import name_of
from linzhan.policy.api import Meaning
from linzhan.procurement.api import STAGES, EntryKind, RuleHere, Sums, latest_year, latest_year_of_own

KEPT: Final = 60  # seconds
LINES: Final = 50  # rules on a page
TONES: dict[Outcome, parts.Tone] = {
    Outcome.PASS: "good",
    Outcome.WARN: "wait",
    Outcome.UNKNOWN: "off",
    Outcome.STOP: "bad",
}
NAMES = {
    EntryKind.ALLOCATION: "下达",
    EntryKind.BUDGET: "预算",
    EntryKind.COMMITMENT: "承诺",
    EntryKind.PAYMENT: "拨付",
    EntryKind.EXPENDITURE: "支出",
}
WORDS = {Outcome.PASS: "符合", Outcome.WARN: "提醒", Outcome.UNKNOWN: "无从判断", Outcome.STOP: "超出"}


def year_of(request: HttpRequest, region: str) -> int:
    """The year of ``?year=``; else this one, or the last one that has books where nothing is booked yet."""
    given, this_year = request.GET.get("year", ""), timezone.localdate().year
    if given.isdecimal() and 1990 <= int(given) <= 2100:
        return int(given)
    if not sees_an_area(request):
        return min(latest_year_of_own() or this_year, this_year)
    key = f"money:latest-year:{region}"
    found: int | None = cache.get(key)
    if found is None:
        found = min(latest_year(region) or this_year, this_year)
        cache.set(key, found, KEPT)
    return found


def year_tabs(region: str, year: int, *, years: Iterable[int] = (), more: str = "") -> list[parts.Tab]:
    """One tab for each of some years, the one that is shown among them in any case."""
    this_year = timezone.localdate().year
    told = sorted({*(years or range(this_year - 5, this_year + 1)), year}, reverse=True)
    return [parts.Tab(f"{each} 年", f"?region={region}&year={each}{more}", each == year) for each in told]


def place_name(region: str) -> str:
    """The own name of a place, the nation among them."""
    return _("全国") if region == places.NATION else name_of(region)


def columns_of_sums(*first: parts.TableColumn, remaining: bool = True) -> list[parts.TableColumn]:
    """The stages of money, one column each."""
    stages = [parts.TableColumn(key=kind.value, label=NAMES[kind], kind="money") for kind in STAGES]
    left = parts.TableColumn(
        key="left",
        label=_("预算余额"),
        kind="money",
        help=_("预算减去承诺、拨付、支出中最大的一项；没有登记预算就不知道"),
    )
    return [*first, *stages, *([left] if remaining else [])]


def cells_of(sums: Sums) -> dict[str, object]:
    return {**{kind.value: sums.net(kind) for kind in STAGES}, "left": sums.remaining}


def rules_table(
    found: Mapping[str, Iterable[RuleHere]], names: Mapping[str, str], *, start: int = 0, address: str = ""
) -> parts.Table:
    """Each rule in its own words, with its number, base and clause; places with a finding first.

    With ``address`` a page at a time from ``start``: a province has its counties' rules by the hundred.
    """
    order = {Outcome.STOP: 0, Outcome.WARN: 1, Outcome.UNKNOWN: 2, Outcome.PASS: 3}
    lines = [(code, each) for code, some in found.items() for each in some]
    lines.sort(key=lambda line: (order[line[1].outcome], line[0]))
    shown = lines[start : start + LINES] if address else lines
    return parts.Table(
        caption=_("资金比例"),
        columns=[
            parts.TableColumn(key="place", label=_("地方"), lead=True),
            parts.TableColumn(key="rule", label=_("规定")),
            parts.TableColumn(key="meaning", label=_("性质")),
            parts.TableColumn(key="base", label=_("基数"), kind="money"),
            parts.TableColumn(key="limit", label=_("按比例"), kind="money"),
            parts.TableColumn(key="used", label=_("已占用"), kind="money"),
            parts.TableColumn(key="outcome", label=_("结论")),
            parts.TableColumn(key="words", label=_("说明")),
        ],
        rows=[
            parts.TableRow(
                id=f"{code}-{each.ruling.variant}",
                url=f"/money/?region={code}",
                cells={
                    "place": names.get(code, code),
                    "rule": parts.Cell(value=each.rule.in_words, note=each.ruling.citation),
                    "meaning": Meaning(each.rule.meaning).label,
                    "base": each.standing.base,
                    "limit": each.verdict.limit,
                    "used": each.standing.used,
                    "outcome": parts.Status(WORDS[each.outcome], TONES[each.outcome]),
                    "words": each.verdict.words,
                },
            )
            for code, each in shown
        ],
        pager=parts.Pager(
            previous_url=f"{address}&start={max(start - LINES, 0)}" if start else "",
            next_url=f"{address}&start={start + LINES}" if len(lines) > start + LINES else "",
            text=_("第 %(first)d—%(last)d 条，共 %(all)d 条，有问题的在前")
            % {"first": start + 1, "last": start + len(shown), "all": len(lines)},
        )
        if len(shown) < len(lines)
        else None,
        empty=parts.Empty(
            title=_("这里没有资金比例的规定"),
            body=_("规则库里登记了本地或上级的规定后，这里逐条核对；没有规定的地方不核对。"),
        ),
        wide=True,
    )
