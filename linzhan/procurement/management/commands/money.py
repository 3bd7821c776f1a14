"""``linzhan money``: a place's money against its rules, what it is made of, and whether the books are whole.

Ends with 0 where nothing is to be said, with 1 where a rule warns or the books differ, with 2 where the
question cannot be answered.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from linzhan.kernel import money, places
from linzhan.kernel.checks import Outcome
from linzhan.kernel.registers.resolving import region_codes
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.kernel.sheets.cells import CellFault
from linzhan.policy.api import consulting, procurement
from linzhan.procurement.money.checking import check_books
from linzhan.procurement.money.composing import Composition, Part, composed, in_words
from linzhan.procurement.money.enums import EntryKind
from linzhan.procurement.money.overview import STAGES, Sums, day_of_year, overview
from linzhan.procurement.money.ratios import RuleHere, rules_of
from linzhan.territory.api import Level, regions_on

NOTHING, FINDINGS, NOT_ASKED = 0, 1, 2
SAID: Final = frozenset({Outcome.WARN, Outcome.STOP})
COMMAND_LINE: Final = Actor(label="命令行", origin="命令行")


class Command(BaseCommand):
    help = "资金：总览和比例规定(overview)、构成(composition)、核账(check)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        told = verbs.add_parser("overview", help="一地一年的资金，逐条对照当地的比例规定")
        told.add_argument("--counties", action="store_true", help="连同下面各县（市、区）的规定")
        made_of = verbs.add_parser("composition", help="资金构成（五个一）")
        made_of.add_argument(
            "--of", default=EntryKind.PAYMENT.value, choices=[each.value for each in STAGES],
            help="记账的各项按哪个环节，默认拨付",
        )  # fmt: skip
        check = verbs.add_parser("check", help="核账：每个账户的合计等于各笔之和，每笔资金流水都记了账")
        for each in (told, made_of, check):
            each.add_argument("--region", help="行政区划代码或路径，如 431202 或 怀化市/鹤城区；默认全国")
            each.add_argument("--json", action="store_true", help="以 JSON 输出")
        for each in (told, made_of):
            each.add_argument("--year", type=int, help="年度，默认今年")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        verbs: Mapping[str, Callable[[str, dict[str, Any]], int]] = {
            "overview": self._overview,
            "composition": self._composition,
            "check": self._check,
        }
        with opened(EVERYTHING, COMMAND_LINE):
            status = verbs[options["verb"]](_region(options["region"]), options)
        sys.exit(status)

    def _overview(self, region: str, options: dict[str, Any]) -> int:
        year = _year(options["year"])
        found = overview(region, year)
        on = day_of_year(year)
        units = [places.county_of(region)]
        if options["counties"] and places.level_of(region) < Level.COUNTY:
            units += [each.code for each in regions_on(on, within=region, level=Level.COUNTY)]
        with consulting(of=(procurement.FUNDING_RATIO, procurement.CAP_WARNING)):
            rules = [(unit, each) for unit, some in rules_of(units, on=on).items() for each in some]
        if options["json"]:
            self._json(
                {
                    "region": region,
                    "year": year,
                    "sums": _sums(found.whole),
                    "sources": [
                        {"source": source, "level": level, **_sums(sums)}
                        for (source, level), sums in sorted(found.by_source.items())
                    ],
                    "rules": [_rule(unit, each) for unit, each in rules],
                    "unreconciled": found.unreconciled,
                }
            )
        else:
            self._say(_overview_lines(found.whole, found.by_source, rules, found.unreconciled))
        return FINDINGS if any(each.outcome in SAID for _unit, each in rules) else NOTHING

    def _composition(self, region: str, options: dict[str, Any]) -> int:
        year = _year(options["year"])
        found = composed(region, year, day_of_year(year), EntryKind(options["of"]))
        if options["json"]:
            made = {code: _parts(each) for code, each in sorted(found.by_unit.items())}
            head = {"region": region, "year": year, "of": options["of"], "citation": found.citation}
            self._json({**head, **_parts(found.whole), "units": made})
        else:
            self._say(_composition_lines(found.whole))
        return NOTHING

    def _check(self, region: str, options: dict[str, Any]) -> int:
        found = check_books(region)
        if options["json"]:
            told = [
                {"region": each.region, "what": each.what, "words": each.words} for each in found.differences
            ]
            self._json({"region": region, "entries": found.entries, "differences": told})
        else:
            self._say(f"{each.region}  {each.words}" for each in found.differences)
            closing = f"，{len(found.differences)} 处不符" if found.differences else "，账账相符"
            self.stdout.write(f"核对 {found.entries} 笔账{closing}")
        return FINDINGS if found.differences else NOTHING

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)

    def _json(self, content: object) -> None:
        self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))


def _region(text: str | None) -> str:
    if not text:
        return places.NATION
    found = region_codes([text])[text]
    if isinstance(found, CellFault):
        raise CommandError(f"--region：{found.message}", returncode=NOT_ASKED)
    return found


def _year(given: int | None) -> int:
    year = given or timezone.localdate().year
    if not 1990 <= year <= 2100:
        raise CommandError(f"--year：{year} 不是年度，应写作 2021", returncode=NOT_ASKED)
    return year


def _sums(sums: Sums) -> dict[str, str | None]:
    """Amounts as texts with two decimals, so that no reader makes floats of them; None: never booked."""
    told: dict[str, str | None] = {each.value: _plain(sums.net(each)) for each in STAGES}
    return {**told, "预算余额": _plain(sums.remaining)}


def _plain(value: Any) -> str | None:
    return None if value is None else f"{value:.2f}"


def _rule(unit: str, each: RuleHere) -> dict[str, Any]:
    return {
        "region": unit,
        "base": each.rule.base,
        "rule": each.rule.in_words,
        "meaning": str(each.rule.meaning),
        "base_amount": _plain(each.standing.base),
        "limit": _plain(each.verdict.limit),
        "used": _plain(each.standing.used),
        "outcome": each.outcome.value,
        "words": each.verdict.words,
        "clause": each.ruling.citation,
    }


def _overview_lines(
    whole: Sums,
    by_source: Mapping[tuple[str, str], Sums],
    rules: list[tuple[str, RuleHere]],
    unreconciled: int,
) -> Iterable[str]:
    yield "  ".join(f"{each.value} {money.ledger(whole.net(each))}" for each in STAGES)
    yield f"预算余额 {money.ledger(whole.remaining)}"
    for (source, level), sums in sorted(by_source.items()):
        amounts = "  ".join(f"{each.value} {money.ledger(sums.net(each))}" for each in STAGES)
        yield f"  {source}{f'（{level}）' if level else ''}：{amounts}"
    for unit, each in rules:
        yield f"[{each.outcome.value}] {unit} {each.rule.in_words}：{each.verdict.words}（{each.ruling.citation}）"
    if not rules:
        yield "这里没有资金比例的规定"
    if unreconciled:
        yield f"有 {unreconciled} 笔银行流水还没有对账"


def _parts(made: Composition) -> dict[str, Any]:
    told = {name: _part(part, made) for name, part in made.parts.items()}
    return {"parts": told, "beside": _part(made.beside, made), "total": _plain(made.amount)}


def _part(part: Part, made: Composition) -> dict[str, Any]:
    share = None if part is made.beside else made.share(part)
    lines = [
        {"source": each.name, "level": each.level, "amount": _plain(each.amount), "words": in_words(each)}
        for each in part.in_order()
    ]
    return {"amount": _plain(part.amount), "share": None if share is None else f"{share:.1f}", "lines": lines}


def _composition_lines(made: Composition) -> Iterable[str]:
    for part in made.parts.values():
        share = made.share(part)
        yield f"{part.name}  {money.ledger(part.amount)}{'' if share is None else f'  {share:.1f}%'}"
        for each in part.in_order():
            words = in_words(each)
            level = f"（{each.level}）" if each.level else ""
            yield f"  {each.name}{level} {money.ledger(each.amount)}{f'（{words}）' if words else ''}"
    for each in made.beside.in_order():
        yield f"不在其内：{each.name} {money.ledger(each.amount)}"
    yield f"合计 {money.ledger(made.amount)}"
