"""What must never stand in the repository, and the set-up of a bare machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scripts import prepare

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "lock", sorted((CHECKOUT / "requirements").glob("*.txt")), ids=lambda path: path.name
)
def test_a_lock_holds_versions_and_hashes_and_no_address(lock: Path) -> None:
    lines = [line for line in lock.read_text().splitlines() if line and not line.startswith((" ", "#"))]
    assert lines
    assert all("==" in line and line.endswith("\\") for line in lines)
    assert "://" not in lock.read_text()
    assert "--index" not in lock.read_text()


def test_what_runs_is_what_was_tested() -> None:
    pinned = [
        {
            line.split(" ")[0]
            for line in (CHECKOUT / "requirements" / name).read_text().splitlines()
            if "==" in line
        }
        for name in ("core.txt", "dev.txt")
    ]
    assert pinned[0] <= pinned[1]


def test_preparing_needs_nothing_but_python_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-I", CHECKOUT / "scripts" / "prepare.py"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "用法" in done.stderr


def test_a_stamp_is_valid_until_a_file_it_read_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "STAMPS", tmp_path)
    read = tmp_path / "lock"
    read.write_text("1")
    assert not prepare.is_stamped("step", [read])
    prepare.stamp("step", [read])
    assert prepare.is_stamped("step", [read])
    read.write_text("2")
    assert not prepare.is_stamped("step", [read])


def test_who_may_not_install_packages_is_told_what_to_ask_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit):
        prepare.apt("chromium", "请让管理员执行：apt-get install chromium")
    assert "apt-get install chromium" in capsys.readouterr().err


def test_commands_that_make_needs_are_described() -> None:
    shown = subprocess.run(["make", "help"], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    assert {"run", "test", "check", "bench"} <= {line.split()[0] for line in shown.splitlines() if line}
