"""``linzhan alerts run`` and ``linzhan alerts list`` (``contract/commands.md``; RSK-01)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from linzhan.kernel import places
from linzhan.kernel.management.options import day_said, region_said
from linzhan.kernel.registers.declare import REGISTERS, by_sheet
from linzhan.kernel.registers.reading import Referred, look_up
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.oversight.enums import OVER, SHEETS
from linzhan.oversight.models import Alert, PlausibilityFlag
from linzhan.oversight.plausibility.declaring import CHECKS, Check
from linzhan.oversight.plausibility.enums import OVER as FLAGS_OVER
from linzhan.oversight.plausibility.running import Checked, check, sign_ahead
from linzhan.oversight.warning.asking import Answer
from linzhan.oversight.warning.declaring import RULES, Finding, Rule
from linzhan.oversight.warning.running import Ran, run


class Command(BaseCommand):
    help = "运行预警规则和可信度核对(run)，列出在办的预警和疑点(list)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        running = verbs.add_parser("run", help="对一个地方、一天运行全部预警规则和可信度核对")
        running.add_argument("--on", help="日期，如 2021-12-31；默认今天。早于上次运行的日期只查看、不改预警")
        listing = verbs.add_parser("list", help="列出在办预警")
        for verb in (running, listing):
            verb.add_argument("--region", help="行政区划代码或路径；默认全国")
            verb.add_argument("--rule", action="append", default=[], help="只看这条规则，可多次给出")
            verb.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        unknown = [each for each in options["rule"] if each not in RULES and each not in CHECKS]
        if unknown:
            known = "、".join([*RULES.names(), *CHECKS.names()])
            raise CommandError(f"没有这样的规则：{'、'.join(unknown)}；可用：{known}")
        step = partial(opened, EVERYTHING, Actor(label="命令行", origin="命令行"))
        with step():
            region = region_said(options["region"])
            if options["verb"] == "list":
                self._print(_listed(region, options["rule"]), as_json=options["json"])
                return
            on = day_said(options["on"])
        signed = sign_ahead(region, on, step, checks=_checks(options["rule"]))
        with step():
            self._run(region, on, options, signed)

    def _run(self, region: str, on: date, options: Mapping[str, Any], signed: int) -> None:
        """The rules first, so that the checks know by the run's day whether they look back."""
        wanted = options["rule"]
        answers: list[Answer] = []
        if not wanted or any(each in RULES for each in wanted):
            done = run(
                region, on, rules=[RULES[each] for each in wanted if each in RULES] or None, why="命令行"
            )
            self._summary(done)
            answers += done.answers
        checks = _checks(wanted)
        if checks != []:
            found = check(region, on, checks=checks, signed=signed)
            self._summary(found)
            answers += found.answers
        self._print(_found(answers, on), as_json=options["json"])

    def _summary(self, done: Ran | Checked) -> None:
        for answer in done.answers:
            kept = (done.kept or {}).get(answer.rule.code)
            told = f"找到 {len(answer.findings)}"
            if kept is not None:
                told += f"，新发 {kept.opened}，自动关闭 {kept.closed}"
            if answer.lacking:
                told += f"；没有基础数据的县 {len(answer.lacking)} 个" + ("" if answer.asked else "，未判断")
            self.stderr.write(f"{answer.rule.code} {answer.rule.name}：{told}（{answer.seconds:.2f} 秒）")
        if done.kept is None:
            self.stderr.write("所问日期早于上次运行：只查看，不改预警")

    def _print(self, rows: list[dict[str, Any]], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            names = "、".join(f"{each['name']} {each['key']}" for each in row["subjects"])
            self.stdout.write(f"{row['rule']} {row['severity']} 级  {names}：{row['message']}")


def _checks(wanted: Iterable[str]) -> list[Check] | None:
    """The checks among what is wanted; None where nothing is named, which is all of them."""
    return [CHECKS[each] for each in wanted if each in CHECKS] if wanted else None


Rows = Iterable[Iterable[str]]


def _found(answers: Iterable[Answer], on: date) -> list[dict[str, Any]]:
    """What is true on the day, each with its living alert's or flag's id; none where the run only looked."""
    pairs = [(answer.rule, each) for answer in answers for each in answer.findings]
    living = {
        (rule, key): (str(pk), opened)
        for model in (Alert, PlausibilityFlag)
        for pk, rule, key, opened in model.objects.filter(holds=True, checked_on=on).values_list(
            "pk", "rule", "key", "opened_on"
        )
    }
    names = _names([(each.about or rule.about, each.subject_id, each.rows) for rule, each in pairs])
    return [_row(rule, each, names, *living.get((rule.code, each.key), ("", on))) for rule, each in pairs]


def _row(
    rule: Rule, finding: Finding, names: Mapping[UUID, Referred], identity: str, opened: date
) -> dict[str, Any]:
    return {
        "id": identity,
        "rule": rule.code,
        "severity": finding.severity,
        "region": finding.region_code,
        "subjects": _subjects(
            rule, finding.about or rule.about, finding.subject_id, finding.subject_code, finding.rows, names
        ),
        "rows": _rows(finding.rows, names),
        "message": finding.message,
        "clause": finding.clause,
        "opened_on": opened.isoformat(),
    }


def _listed(region: str, rules: list[str]) -> list[dict[str, Any]]:
    low, high = places.bounds(region)
    places_of = {"region_code__gte": low, "region_code__lt": high, **({"rule__in": rules} if rules else {})}
    alerts = list(Alert.objects.filter(**places_of).exclude(stage__in=OVER).order_by("-level", "rule", "pk"))
    flags = list(
        PlausibilityFlag.objects.filter(**places_of).exclude(stage__in=FLAGS_OVER).order_by("rule", "pk")
    )
    names = _names(
        [
            *((each.about, each.subject_id, each.rows) for each in alerts),
            *((CHECKS[each.rule].about, each.person_id, each.rows) for each in flags),
        ]
    )
    return [
        *(
            _line(each, RULES[each.rule], (each.about, each.subject_id, each.subject_code), each.level, names)
            for each in alerts
        ),
        *(
            _line(each, CHECKS[each.rule], (CHECKS[each.rule].about, each.person_id, ""), 1, names)
            for each in flags
        ),
    ]


def _line(
    each: Alert | PlausibilityFlag,
    rule: Rule,
    subject: tuple[str, UUID | None, str],
    level: int,
    names: Mapping[UUID, Referred],
) -> dict[str, Any]:
    return {
        "id": str(each.pk),
        "rule": each.rule,
        "severity": level,
        "region": each.region_code,
        "subjects": _subjects(rule, *subject, each.rows, names),
        "rows": _rows(each.rows, names),
        "message": each.message,
        "clause": each.clause,
        "opened_on": each.opened_on.isoformat(),
        "stage": each.stage,
    }


def _names(asked: Iterable[tuple[str, UUID | None, Rows]]) -> dict[UUID, Referred]:
    """Key and name of all subjects and rows: one query for each register."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for about, subject, rows in asked:
        if subject is not None and SHEETS[about]:
            wanted[by_sheet(SHEETS[about]).key].add(subject)
        for key, identity in rows:
            wanted[key].add(UUID(identity))
    found: dict[UUID, Referred] = {}
    for key, ids in wanted.items():
        if key in REGISTERS:
            found |= look_up(REGISTERS[key], ids)
    return found


def _subjects(
    rule: Rule, about: str, subject: UUID | None, code: str, rows: Rows, names: Mapping[UUID, Referred]
) -> list[dict[str, str]]:
    """What it is about: the one subject, and the rows behind that the rule names as subjects too."""
    told = []
    if subject is None:
        told.append({"type": "行政区划", "key": code, "name": ""})
    elif subject in names:
        told.append(_subject(names[subject]))
    else:
        told.append({"type": str(about), "key": str(subject), "name": ""})
    for key, identity in rows:
        other = names.get(UUID(identity))
        if other is not None and key in rule.names and other.id != subject:
            told.append(_subject(other))
    return told


def _subject(named: Referred) -> dict[str, str]:
    return {"type": REGISTERS[named.register].name, "key": named.key, "name": named.title}


def _rows(rows: Rows, names: Mapping[UUID, Referred]) -> list[dict[str, str]]:
    told = []
    for key, identity in rows:
        named = names.get(UUID(identity))
        told.append({"register": key, "id": identity, "key": named.key if named else ""})
    return told
