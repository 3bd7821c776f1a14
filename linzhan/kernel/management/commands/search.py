"""``linzhan search``: make the table by which names are found what it should be."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.searching import refresh
from linzhan.kernel.scope import EVERYTHING, Actor, opened


class Command(BaseCommand):
    help = "核对姓名、名称的检索表，补上缺的、改正错的（拼音表更新后或整库迁入后用）"

    def handle(self, *args: Any, **options: Any) -> None:
        mended = 0
        for register in REGISTERS:
            with opened(EVERYTHING, Actor(label="系统", origin="命令行")):
                found = refresh(register)
            mended += found
            if found:
                print(f"{register.name}：{found} 行", file=sys.stderr)
        self.stdout.write(f"检索表已核对，改正 {mended} 行")
