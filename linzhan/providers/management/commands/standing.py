"""``linzhan standing``: may an institution undertake here, on this day; every check with its clause (PUR-15, FIL-07).

Ends with 0 where it may, with 1 where something warns, stops or is not known, with 2 where nobody of that
number is in the register.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.registers.resolving import region_codes
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.kernel.sheets.cells import CellFault
from linzhan.providers.models import Provider
from linzhan.providers.standing import standing_checks, verdict

FREE, SOMETHING, NOT_ASKED = 0, 1, 2
COMMAND_LINE: Final = Actor(label="命令行", origin="命令行")


class Command(BaseCommand):
    help = "承接机构的资格：能不能在某地承接，不能的写明数值和条款"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("uscc", help="统一社会信用代码")
        parser.add_argument("--region", help="在哪里承接：区划代码或路径；默认机构登记地")
        parser.add_argument("--on", help="哪一天，如 2022-06-30；默认今天")
        parser.add_argument("--purchaser", default="", help="购买方名称：核对只约束它的禁入")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        on = _day(options["on"])
        with opened(EVERYTHING, COMMAND_LINE):
            provider = Provider.objects.filter(uscc=options["uscc"].strip().upper()).first()
            if provider is None:
                text = (
                    f"承接机构里没有统一社会信用代码“{options['uscc']}”，请核对 18 位代码，或先登记这家机构"
                )
                raise CommandError(text, returncode=NOT_ASKED)
            region = _region(options["region"]) or provider.region_code
            checks = standing_checks(provider.pk, region=region, on=on, purchaser=options["purchaser"])
        outcome = verdict(checks)
        if options["json"]:
            self.stdout.write(json.dumps(_told(provider, region, on, checks), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(f"{provider.name}（{provider.uscc}） {region} {on}：{outcome.value}")
            for each in checks:
                self.stdout.write(f"[{each.outcome.value}] {each.sentence}")
        sys.exit(FREE if outcome is Outcome.PASS else SOMETHING)


def _told(provider: Provider, region: str, on: date, checks: list[Checked]) -> dict[str, Any]:
    return {
        "uscc": provider.uscc,
        "name": provider.name,
        "region": region,
        "on": on.isoformat(),
        "outcome": verdict(checks).value,
        "checks": [each.told() for each in checks],
    }


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError:
        raise CommandError(f"--on：看不懂日期“{text}”，应写作 2021-06-30", returncode=NOT_ASKED) from None


def _region(text: str | None) -> str:
    if not text:
        return ""
    found = region_codes([text])[text]
    if isinstance(found, CellFault):
        raise CommandError(f"--region：{found.message}", returncode=NOT_ASKED)
    return found
