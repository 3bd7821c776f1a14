"""``linzhan admin create``: the first administrator of an empty instance (``contract/commands.md``)."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from linzhan.accounts.services import AppointmentRefused, create_first_administrator
from linzhan.kernel.scope import Actor, Scope, opened


class Command(BaseCommand):
    help = "管理员账号：admin create 在空系统中开设第一个管理员"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        create = verbs.add_parser("create", help="开设第一个管理员")
        create.add_argument("--username", help="用户名")
        create.add_argument("--name", help="姓名")
        create.add_argument("--password-stdin", action="store_true", help="从标准输入读取密码的第一行")

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"] or _asked("用户名：")
        name = options["name"] or _asked("姓名：")
        password = sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else _new_password()
        try:
            with opened(Scope(), Actor(label="管理员(命令行)", origin="命令行")):
                create_first_administrator(username=username, display_name=name, password=password)
        except (AppointmentRefused, ValidationError) as refused:
            raise CommandError(_sentence(refused)) from None
        self.stdout.write(f"已开设管理员 {username}，请用它登录")


def _asked(question: str) -> str:
    try:
        return input(question).strip()
    except EOFError:
        raise CommandError("没有可以提问的终端，请写明 --username、--name 和 --password-stdin") from None


def _new_password() -> str:
    first = getpass.getpass("密码：")
    if first != getpass.getpass("再输一次："):
        raise CommandError("两次输入的密码不一样，没有开设账号")
    return first


def _sentence(refused: Exception) -> str:
    return "；".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
