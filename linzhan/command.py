"""``linzhan``: the console script, a thin front for the house's management commands.

It brings up what a command needs (database, migrations, reference data), runs it, and leaves
nothing running that it started. Whatever it says about that goes to standard error.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from config import env
from linzhan.kernel.keys import KeyMissing
from linzhan.kernel.postgres import Connection, DatabaseUnavailable, database

# The statuses of sysexits.h: `import` has 0, 1 and 2 for itself.
USAGE, UNAVAILABLE, MISCONFIGURED = 64, 69, 78
INTERRUPTED, TERMINATED = 130, 143
WITHOUT_DATABASE = frozenset({"settings"})

HOUSE = Path(__file__).resolve().parent


def run() -> NoReturn:
    """The console script's entry."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run ``linzhan ARGUMENTS`` and return its exit status."""
    if not arguments or arguments[0] in ("help", "-h", "--help"):
        return _overview()
    name, rest = arguments[0], list(arguments[1:])
    if name not in commands():
        return _unknown(name)
    if name == "up":
        return _guarded(lambda environment: _up(environment, rest))
    return _guarded(lambda environment: _command(environment, name, rest))


def manage(argv: Sequence[str]) -> int:
    """Run any of Django's commands (``manage.py``), with the database up but nothing prepared."""

    def execute(environment: env.Environment) -> int:
        with _database(environment):
            from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the settings

            execute_from_command_line(list(argv))
        return 0

    return _guarded(execute)


def commands() -> dict[str, Path]:
    """The commands of the house by name, found on disk: asking Django would load everything."""
    return {
        path.stem: path
        for path in sorted(HOUSE.glob("*/management/commands/*.py"))
        if not path.stem.startswith("_")
    }


def _guarded(action: Callable[[env.Environment], int]) -> int:
    """Turn what an operator can mend into one sentence and a status; the rest keeps its traceback."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        environment = env.read()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", env.settings_module(environment))
        return action(environment)
    except env.SettingInvalid as error:
        return _complain(str(error), MISCONFIGURED)
    except (DatabaseUnavailable, KeyMissing) as error:
        return _complain(str(error), UNAVAILABLE)
    except KeyboardInterrupt:
        return _complain("已中断。", INTERRUPTED)


def _terminate(number: int, frame: object) -> NoReturn:
    del number, frame
    sys.exit(TERMINATED)  # unlike the default, it lets the database be stopped


def _complain(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status


@contextmanager
def _database(environment: env.Environment) -> Iterator[Connection]:
    with database(environment.data, environment.database_url, environment.app_database_url) as connection:
        yield connection


def _command(environment: env.Environment, name: str, rest: list[str]) -> int:
    if name in WITHOUT_DATABASE:
        return _execute(name, rest)
    with _database(environment) as connection:
        from linzhan import preparation  # noqa: PLC0415 - psycopg takes its time

        if not preparation.is_ready(connection.owner_dsn, demo=False):
            _set_up()
            preparation.prepare(connection.owner_dsn)
        return _execute(name, rest)


def _set_up() -> None:
    import django  # noqa: PLC0415 - its settings ask for the port of the running database

    django.setup()


def _execute(name: str, rest: list[str]) -> int:
    _set_up()
    from django.core.management import load_command_class  # noqa: PLC0415 - as above

    command = load_command_class(f"linzhan.{commands()[name].parents[2].name}", name)
    # Checks are for developers (make check) and cost as much as most commands.
    skip = ["--skip-checks"] if command.requires_system_checks else []
    try:
        command.run_from_argv(["linzhan", name, *skip, *rest])
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return 0


def _up(environment: env.Environment, rest: list[str]) -> int:
    from linzhan import supervisor  # noqa: PLC0415 - only for this command

    return supervisor.main(environment, rest)


def _overview() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", env.settings_module(env.read()))
    _set_up()
    from django.core.management import load_command_class  # noqa: PLC0415 - after the settings

    print("邻站：基层社会工作服务平台\n\n用法：linzhan 命令 [参数]\n")
    for name, path in commands().items():
        print(f"  {name:<14}{load_command_class(f'linzhan.{path.parents[2].name}', name).help}")
    print("\nlinzhan 命令 --help 查看参数；linzhan settings 查看环境变量。")
    return 0


def _unknown(name: str) -> int:
    return _complain(f"没有“{name}”这个命令。可用的命令：{'、'.join(commands())}。", USAGE)
