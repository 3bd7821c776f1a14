"""The import contracts fail when they should: downwards only, through ``api`` only, every app placed."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from config.settings.base import LADDER

CHECKOUT = Path(__file__).resolve().parents[2]
HOUSE = {
    "kernel/clock.py": "",
    "low/api.py": "from house.low.models import Thing as Thing",
    "low/models.py": "class Thing: ...",
    "left/api.py": "",
    "right/api.py": "",
}
CONFIG = """
[tool.importlinter]
root_package = "house"
contract_types = ["api_only: scripts.contracts.ApiOnlyContract"]
[[tool.importlinter.contracts]]
name = "ladder"
type = "layers"
containers = ["house"]
exhaustive = true
layers = ["left | right", "low", "kernel"]
[[tool.importlinter.contracts]]
name = "doors"
type = "api_only"
container = "house"
open = ["kernel"]
"""


def lint(directory: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Build a small house with ``changes`` (``app__module`` to source) and lint it by contracts like ours."""
    files = HOUSE | {f"{name.replace('__', '/')}.py": source for name, source in changes.items()}
    for name, source in files.items():
        path = directory / "house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
        (path.parent / "__init__.py").touch()
    (directory / "house" / "__init__.py").touch()
    (directory / "pyproject.toml").write_text(CONFIG)
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=directory,
        env={"PYTHONPATH": f"{CHECKOUT}:{directory}", "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_house_that_keeps_the_rules_passes(tmp_path: Path) -> None:
    done = lint(tmp_path, left__services="from house.low.api import Thing\nfrom house.kernel import clock")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "source"),
    [
        pytest.param("left__services", "from house.low.models import Thing", id="past the door"),
        pytest.param("left__services", "import house.low", id="the bare package"),
        pytest.param("left__services", "from house.right.api import x", id="a sibling"),
        pytest.param("low__services", "from house.left.api import x", id="upwards"),
        pytest.param("kernel__services", "from house.low.api import Thing", id="the kernel knows nobody"),
        pytest.param("attic__services", "", id="an app without a place"),
        pytest.param(
            "left__services",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.low.models import Thing",
            id="past the door for an annotation",
        ),
    ],
)
def test_an_import_against_the_rules_fails_the_build(tmp_path: Path, module: str, source: str) -> None:
    assert lint(tmp_path, **{module: source}).returncode == 1


def test_the_ladder_of_the_settings_is_the_ladder_of_the_contract() -> None:
    linter = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    ladder = next(contract for contract in linter["contracts"] if contract["id"] == "ladder")
    assert ladder["exhaustive"] is True
    placed = {app.strip() for layer in ladder["layers"] for app in layer.split("|")}
    assert {app for app in placed if not app.startswith("(")} == set(LADDER)  # in brackets: not built yet
