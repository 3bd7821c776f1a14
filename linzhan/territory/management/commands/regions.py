"""``linzhan regions``: load, look up and change the tree of administrative divisions."""

from __future__ import annotations

import datetime as dt
import json
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from linzhan.kernel import places
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.territory import loader, selectors, services, shapes
from linzhan.territory.books import BookMissing
from linzhan.territory.lookup import resolve
from linzhan.territory.models import Region, RegionChange


class Command(BaseCommand):
    help = "行政区划：装载、查询、变更、地图"

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("load", help="装载全国省、市、县、乡四级区划和历年变更（可重复执行）")
        villages = actions.add_parser("load-villages", help="装载某地的村（社区）")
        villages.add_argument("region", help="区划代码或名称，如 43、431202、怀化市")
        find = actions.add_parser("find", help="按代码、名称、拼音或首字母查找")
        find.add_argument("text")
        find.add_argument("--within", help="只在某地之内查找")
        find.add_argument("--limit", type=int, default=20)
        find.add_argument("--json", action="store_true")
        changes = actions.add_parser("changes", help="列出区划变更")
        changes.add_argument("--within", help="只列某地")
        changes.add_argument("--since", type=dt.date.fromisoformat, help="起始日期，如 2000-01-01")
        _add_changing(actions.add_parser("rename", help="更名"), "code", "name")
        _add_changing(actions.add_parser("merge", help="合并：代码 … --into 代码 名称"), "codes")
        _add_changing(actions.add_parser("move", help="划转或改码：原代码 新代码 名称"), "code", "to", "name")
        _add_changing(actions.add_parser("create", help="设立"), "code", "name")
        _add_changing(actions.add_parser("abolish", help="撤销"), "code")
        shapes_parser = actions.add_parser("shapes", help="用自备的 GeoJSON 替换下级区划的图形")
        shapes_parser.add_argument("file", type=Path)
        shapes_parser.add_argument("--region", required=True, help="图形所属的上级区划")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        action = str(options["action"]).replace("-", "_")
        try:
            with opened(EVERYTHING, Actor(label="命令行", origin="命令行")):
                getattr(self, f"_{action}")(Namespace(**options))
        except (BookMissing, ValidationError) as error:
            raise CommandError("；".join(getattr(error, "messages", [str(error)]))) from error

    def _load(self, options: Namespace) -> None:
        del options
        self._report("行政区划", loader.load)

    def _load_villages(self, options: Namespace) -> None:
        place = _region(options.region)
        self._report(f"{place.full_path} 的村（社区）", lambda: loader.load_villages(place.code))

    def _report(self, what: str, load: Any) -> None:
        started = time.perf_counter()
        done: loader.Loaded = load()
        self.stdout.write(
            f"{what}：新增 {done.created}，更新 {done.updated}，不变 {done.unchanged}"
            f"（{time.perf_counter() - started:.1f} 秒）"
        )
        for code, ours, theirs in done.differing:
            self.stdout.write(
                f"  名称不同，未改动：{code} 系统内“{ours}”，数据包“{theirs}”；更名请用 regions rename"
            )

    def _find(self, options: Namespace) -> None:
        within = [_region(options.within).code] if options.within else []
        found = selectors.search(options.text, within=within, limit=options.limit)
        if not found:
            answer = resolve(options.text, within=within)
            if not isinstance(answer, Region):
                raise CommandError(answer.message)
            found = [answer]
        self._print(found, as_json=options.json)

    def _print(self, found: Iterable[Region], *, as_json: bool) -> None:
        rows = [
            {
                "code": each.code,
                "path": each.full_path,
                "civil_code": each.civil_code,
                "statistical": each.statistical,
            }
            for each in found
        ]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            civil = f"  民政 {row['civil_code']}" if row["civil_code"] not in ("", row["code"]) else ""
            self.stdout.write(
                f"{row['code']}  {row['path']}{civil}{'  （统计单元）' if row['statistical'] else ''}"
            )

    def _changes(self, options: Namespace) -> None:
        within = _region(options.within).code if options.within else places.NATION
        for change in selectors.changes(within=within, since=options.since):
            self.stdout.write(_line(change))

    def _rename(self, options: Namespace) -> None:
        code = _region(options.code).code
        self._done(services.rename_region(code=code, name=options.name, decree=_decree(options)))

    def _merge(self, options: Namespace) -> None:
        if not options.into:
            raise CommandError("请用 --into 写明合并后的代码和名称")
        code, name = options.into
        into = services.Unit(code=places.pad(code), name=name)
        codes = [_region(text).code for text in options.codes]
        self._done(services.merge_regions(codes=codes, into=into, decree=_decree(options)))

    def _move(self, options: Namespace) -> None:
        to = services.Unit(code=places.pad(options.to), name=options.name)
        self._done(services.move_region(code=_region(options.code).code, to=to, decree=_decree(options)))

    def _create(self, options: Namespace) -> None:
        unit = services.Unit(
            code=places.pad(options.code), name=options.name, statistical=options.statistical
        )
        self._done(services.create_region(unit=unit, decree=_decree(options)))

    def _abolish(self, options: Namespace) -> None:
        place = _region(options.code)
        services.abolish_region(code=place.code, decree=_decree(options))
        self._done(place)

    def _done(self, region: Region) -> None:
        self.stdout.write(f"已登记：{region.full_path}（{region.code}）")

    def _shapes(self, options: Namespace) -> None:
        place = _region(options.region)
        count = shapes.replace(place.code, options.file)
        self.stdout.write(f"{place.full_path}：已采用 {count} 个图形")


def _add_changing(parser: ArgumentParser, *names: str) -> None:
    for name in names:
        parser.add_argument(name, nargs="+" if name == "codes" else None)
    parser.add_argument("--on", type=dt.date.fromisoformat, required=True, help="生效日期，如 2026-01-01")
    parser.add_argument("--source", required=True, help="来源，如批准机关或公告")
    parser.add_argument("--document", default="", help="批准文号")
    parser.add_argument("--into", nargs=2, metavar=("代码", "名称"))
    parser.add_argument("--statistical", action="store_true", help="统计上的单元（开发区等）")


def _decree(options: Namespace) -> services.Decree:
    return services.Decree(
        on=options.on, source=options.source, document=options.document, recorded_by="命令行"
    )


def _region(text: str) -> Region:
    found = resolve(text)
    if not isinstance(found, Region):
        raise CommandError(found.message)
    return found


def _line(change: RegionChange) -> str:
    day = change.on.isoformat() if change.exact else f"{change.on.year} 年"
    before = "、".join(_named(change.from_names, change.from_codes))
    after = "、".join(_named(change.to_names, change.to_codes))
    return f"{day}  {change.get_kind_display()}  {before or '—'} → {after or '—'}  {change.document}".rstrip()


def _named(names: list[str], codes: list[str]) -> list[str]:
    return [f"{name}（{code[:6]}）" for name, code in zip(names, codes, strict=False)] or names
