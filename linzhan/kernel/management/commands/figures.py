"""``linzhan figures``: compute figures, or list the catalogue (``contract/commands.md``)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from linzhan.kernel.figures import asking, store
from linzhan.kernel.figures.definitions import GROUPINGS, Figure, UnknownFigure, catalogue, figure_named
from linzhan.kernel.figures.engines import Engine, EngineUnavailable
from linzhan.kernel.figures.running import REGION, FigureFault, FigureRequest, can_be_cut
from linzhan.kernel.figures.values import FigureValue, printed
from linzhan.kernel.management.options import day_said, region_said
from linzhan.kernel.periods import Period, PeriodFault, parse_period
from linzhan.kernel.scope import EVERYTHING, Actor, opened

FAULTS = (FigureFault, UnknownFigure, PeriodFault, EngineUnavailable)


class Command(BaseCommand):
    help = "计算指标；--list 列出指标目录"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", help="行政区划代码或路径，如 431202 或 怀化市/鹤城区；默认全国")
        parser.add_argument("--period", help="时段，如 2021、2021H1、2021Q3、2021-06、2021-W23、A..B")
        parser.add_argument("--as-of", dest="as_of", help="截至日期；默认时段的最后一天")
        parser.add_argument("--figure", action="append", default=[], help="指标编号，可多次给出；默认全部")
        parser.add_argument("--by", default="", help="分组：region（下一级区划）、station、project")
        parser.add_argument("--split", action="append", default=[], help="按维度细分")
        parser.add_argument("--engine", default="live", choices=["live", "duckdb", "spark"], help="计算引擎")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")
        parser.add_argument("--list", action="store_true", dest="list_all", help="列出指标目录")
        parser.add_argument("--prepare", action="store_true", help="预先编译全部指标（安装时用）")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["prepare"]:
            if not asking.engine().book.is_kept:  # new definitions: what older ones left is no answer
                store.forget()
            asking.prepare()
        elif options["list_all"]:
            self._list(as_json=options["json"])
        else:
            try:
                self._compute(options)
            except FAULTS as fault:
                raise CommandError(str(fault)) from None

    def _compute(self, options: dict[str, Any]) -> None:
        with opened(EVERYTHING, Actor(label="命令行", origin="命令行")):
            values = _computed(options)
        if options["json"]:
            self._print_json([value.as_json() for value in values])
        else:
            self.stdout.write("\n".join(_line(value) for value in values))

    def _list(self, *, as_json: bool) -> None:
        if as_json:
            self._print_json([_described(figure) for figure in catalogue()])
            return
        for figure in catalogue():
            self.stdout.write(f"{figure.key}  {figure.name}（{figure.unit}）\n    {figure.definition}")

    def _print_json(self, content: object) -> None:
        self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))


def _computed(options: dict[str, Any]) -> list[FigureValue]:
    region = region_said(options["region"])
    period, as_of = _dates(options["period"], options["as_of"])
    by, split = options["by"], tuple(options["split"])
    if by and by != REGION and by not in GROUPINGS:
        raise CommandError(
            f"不能按“{by}”分组，可用：{'、'.join((REGION, *(set(GROUPINGS.names()) - {REGION})))}"
        )
    engine = asking.engine(options["engine"])
    if not options["figure"]:
        engine.book.prepare()
    figures = _figures(options["figure"], engine, period, by, split)
    values = asking.compute(
        (
            FigureRequest(figure=figure.key, region=region, period=period, as_of=as_of, by=by, split=split)
            for figure in figures
        ),
        engine,
    )
    if by or split:
        return values
    typed = store.stated(region, period=period.text if period else "", as_of=as_of)
    return values + [value for value in typed if not options["figure"] or value.figure in options["figure"]]


def _figures(
    named: Iterable[str], engine: Engine, period: Period | None, by: str, split: tuple[str, ...]
) -> list[Figure]:
    """The figures named; or all that the dates and the cut make sense for."""
    if named:
        return [figure_named(key) for key in dict.fromkeys(named)]
    answerable = (figure for figure in catalogue() if period or figure.timing == "date")
    return [figure for figure in answerable if can_be_cut(figure, engine, by=by, split=split)]


def _dates(period: str | None, as_of: str | None) -> tuple[Period | None, date | None]:
    """The period and the date asked; with neither, this year up to today."""
    day = day_said(as_of, option="--as-of") if as_of else None
    if period is None and day is None:
        today = timezone.localdate()
        return parse_period(str(today.year)), today
    return (parse_period(period) if period else None), day


def _line(value: FigureValue) -> str:
    parts = [f"{name}={text}" for name, text in value.dims.items()]
    if value.member:
        parts.insert(0, f"{value.member[1]} {value.member_name}".strip())
    quotient = ""
    if value.denominator is not None:
        quotient = f"（{printed(value.numerator)} ÷ {printed(value.denominator)}）"
    label = f"{value.name}［{'，'.join(parts)}］" if parts else value.name
    return f"{value.figure or '填报'}  {label}：{printed(value.value)} {value.unit}{quotient}{'［填报］' if value.stated else ''}"


def _described(figure: Figure) -> dict[str, object]:
    return {
        "figure": figure.key,
        "name": figure.name,
        "unit": figure.unit,
        "definition": figure.definition,
        "timing": figure.timing,
        "dims": list(figure.all_dims),
        "known_by": list(figure.known_by),
    }
