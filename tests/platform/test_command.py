"""The console script: brings up what a command needs, says clearly what is wrong, leaves nothing running."""

from __future__ import annotations

import json
from pathlib import Path

from linzhan import command
from linzhan.kernel.postgres import Layout, is_running
from tests.platform.house import linzhan


def test_an_unknown_command_is_answered_with_the_list_of_commands(tmp_path: Path) -> None:
    done = linzhan(tmp_path, "improt")
    assert done.returncode == command.USAGE
    assert "没有“improt”这个命令" in done.stderr
    assert "settings" in done.stderr
    assert "up" in done.stderr
    assert done.stdout == ""


def test_an_unknown_command_starts_no_database(tmp_path: Path) -> None:
    linzhan(tmp_path, "improt")
    assert not Layout(tmp_path).cluster.exists()


def test_every_command_of_the_house_is_found_without_loading_django() -> None:
    assert {"migrate", "settings", "up"} <= set(command.commands())


def test_the_overview_names_every_command(tmp_path: Path) -> None:
    done = linzhan(tmp_path)
    assert done.returncode == 0
    assert all(name in done.stdout for name in command.commands())


def test_with_json_nothing_but_one_document_stands_on_standard_output(tmp_path: Path) -> None:
    done = linzhan(tmp_path, "settings", "--json")
    assert {"LINZHAN_DATA", "DATABASE_URL"} <= {entry["name"] for entry in json.loads(done.stdout)}


def test_a_setting_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    done = linzhan(tmp_path, "settings", LINZHAN_IDLE_MINUTES="bald")
    assert done.returncode == command.MISCONFIGURED
    assert done.stderr.count("\n") == 1
    assert "LINZHAN_IDLE_MINUTES" in done.stderr


def test_a_database_that_cannot_be_had_is_one_sentence(tmp_path: Path) -> None:
    done = linzhan(tmp_path, "migrate", DATABASE_URL="postgresql://a:b@127.0.0.1:1/c")
    assert done.returncode == command.UNAVAILABLE
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_database_is_shared_with_whoever_uses_it_already(instance: Path) -> None:
    done = linzhan(instance, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    assert is_running(instance)
