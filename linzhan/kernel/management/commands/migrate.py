"""Django's ``migrate``, by default as the role that owns the tables: the application's role may not."""

from __future__ import annotations

from django.core.management.base import CommandParser
from django.core.management.commands import migrate

from linzhan.kernel.migrating import Executor

migrate.MigrationExecutor = Executor  # type: ignore[attr-defined]  # Django has no other place to name one


class Command(migrate.Command):
    help = "更新数据表结构"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")
