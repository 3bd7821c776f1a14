"""What must not stand in the repository, and what keeps it small enough to read."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from linzhan.kernel.identity import identity_fault

CHECKOUT = Path(__file__).resolve().parents[2]
HOUSE = CHECKOUT / "linzhan"
BINARY = {".xlsx", ".png", ".ico", ".woff2", ".otf", ".jpg", ".svg", ".mo", ".pdf", ".docx"}
ADDRESSES = re.compile(
    r"(files\.pythonhosted|pypi\.(org|python)|registry\.(npmjs|yarnpkg|npmmirror)|proxy\.golang|"
    r"mirrors?\.(aliyun|tuna|ustc|cloud\.tencent)|/simple/?$)",
    re.MULTILINE,
)
MACHINE = re.compile(r"(?<![\w.$])/(home|Users|work)/[\w.-]+/")
UNDONE = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
IDENTITY = re.compile(r"(?<![0-9A-Za-z])([1-9][0-9]{16}[0-9X])(?![0-9A-Za-z])")
VAGUE = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "misc", "base"}
BASES_THAT_ARE_NAMED_SO = {CHECKOUT / "config" / "settings" / "base.py"}


@cache
def tracked() -> tuple[Path, ...]:
    """Files that are or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    paths = (CHECKOUT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


@cache
def texts() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in tracked() if path.suffix not in BINARY}


@cache
def python() -> dict[Path, ast.Module]:
    return {path: ast.parse(text) for path, text in texts().items() if path.suffix == ".py"}


def places(pattern: re.Pattern[str], *, besides: tuple[Path, ...] = ()) -> list[str]:
    """``file:line`` of every match."""
    own = Path(__file__).resolve()
    return [
        f"{path.relative_to(CHECKOUT)}:{text.count(chr(10), 0, match.start()) + 1} {match[0].strip()}"
        for path, text in texts().items()
        if path.resolve() != own and path not in besides
        for match in pattern.finditer(text)
    ]


def test_no_file_names_a_package_registry() -> None:
    assert places(ADDRESSES) == []


def test_no_file_names_a_path_of_a_machine() -> None:
    assert places(MACHINE) == []
    assert [str(path) for path, text in texts().items() if str(CHECKOUT) in text] == []


def test_nothing_is_left_undone() -> None:
    assert places(UNDONE) == []


def test_identity_numbers_in_the_repository_are_fictional() -> None:
    """They begin with 99, which no division has (``domain.md`` §2.2)."""
    found = [
        f"{path.relative_to(CHECKOUT)}: {number}"
        for path, text in texts().items()
        for number in IDENTITY.findall(text)
        if not number.startswith("99") and identity_fault(number) is None
    ]
    assert found == []


def test_no_module_is_named_for_nothing() -> None:
    modules = [path for path in texts() if path.suffix == ".py" and path not in BASES_THAT_ARE_NAMED_SO]
    assert [str(path) for path in modules if path.stem in VAGUE or path.parent.name in VAGUE] == []


def test_seeing_everything_is_said_with_a_reason() -> None:
    """``unscoped("why")``: greppable, never empty, never put together at run time."""
    found = [
        f"{path.relative_to(CHECKOUT)}:{node.lineno}"
        for path, tree in python().items()
        if path.is_relative_to(HOUSE)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "unscoped"
        and not (
            len(node.args) == 1
            and isinstance(node.args[0], ast.Constant)
            and len(str(node.args[0].value)) > 10
        )
    ]
    assert found == []


WITH_ALL_ROWS = {
    "linzhan/accounts/scoping.py": "the scope of the system administrator",
    "linzhan/accounts/tokens.py": "logins end on a phone that was lost, whoever used it",
    "linzhan/accounts/services.py": "the first administrator, before there is anybody",
    "linzhan/casework/merging/finding.py": "two files of one person at two stations of a county",
    "linzhan/casework/mine/selectors.py": "a worker's own service and learning, wherever they worked",
    "linzhan/casework/transfers/carrying.py": "open cases go with the person to the station that accepted",
    "linzhan/casework/transfers/proposing.py": "a question goes to the station that keeps the file",
    "linzhan/casework/transfers/services.py": "a resident goes to the station that accepted",
    "linzhan/casework/tasks.py": "months are locked by the calendar of every county, hour by hour",
    "linzhan/oversight/tasks.py": "the rules of early warning are asked of all places, nightly and when something happens",
    "linzhan/oversight/work.py": "as above, of the orderer's own place",
    "linzhan/oversight/warning/trying.py": "a threshold is tried on what the nightly run would have seen; gives counts",
    "linzhan/oversight/management/commands/alerts.py": "the administrator on the server",
    "linzhan/procurement/tasks.py": "how far contracts have come is counted for all of them, hour by hour",
    "linzhan/casework/residents/following.py": "what is known of a person goes along with the person (ADR 0013)",
    "linzhan/casework/incidents/selectors.py": "counts of mandatory reports, small ones hidden (domain.md §20)",
    "linzhan/casework/incidents/taking.py": "a report goes in although its id is taken by a row out of sight",
    "linzhan/linkage/handlers.py": "a need stays with the station that raised it when the person moves",
    "linzhan/kernel/figures/store.py": "stored figures are counted again after writes",
    "linzhan/kernel/jobs/running.py": "a worker takes up and lays down jobs of everybody",
    "linzhan/kernel/jobs/tasks.py": "as above",
    "linzhan/kernel/management/commands/export.py": "the administrator on the server",
    "linzhan/kernel/management/commands/figures.py": "the administrator on the server",
    "linzhan/kernel/management/commands/import.py": "the administrator on the server",
    "linzhan/kernel/management/commands/jobs.py": "the administrator on the server",
    "linzhan/kernel/management/commands/search.py": "the administrator on the server, and once at set-up",
    "linzhan/kernel/registers/joining.py": "what names a row that turned out to be another's double goes to that one",
    "linzhan/kernel/registers/moving.py": "rows follow the station that its keeper moved, wherever they are (ADR 0013)",
    "linzhan/kernel/scope.py": "what everything means",
    "linzhan/kernel/sync/devices.py": "a phone that was lost or found is so for all who share it",
    "linzhan/kernel/wall.py": "its twin in SQL",
    "linzhan/network/models/rules.py": "as above, in a policy of its own",
    "linzhan/office/figures/answers.py": "a board whose figures are not stored yet has them counted and stored",
    "linzhan/policy/loading.py": "reference data, at set-up",
    "linzhan/quality/management/commands/evaluate.py": "the administrator on the server",
    "linzhan/policy/management/commands/policy.py": "reference data, at set-up",
    "linzhan/procurement/management/commands/money.py": "the command line of an administrator",
    "linzhan/providers/management/commands/standing.py": "the command line of an administrator",
    "linzhan/workforce/supervision/selectors.py": "ratings are told in sum only, from as many people as the place asks",
    "linzhan/territory/management/commands/regions.py": "reference data, at set-up",
}
"""Modules that open a scope over everything. A face (a page, an operation) never does."""


def test_who_sees_everything_is_known() -> None:
    found = {
        str(path.relative_to(CHECKOUT))
        for path, tree in python().items()
        if path.is_relative_to(HOUSE) and "demo" not in path.parts and any(map(_widens, ast.walk(tree)))
    }
    assert found <= set(WITH_ALL_ROWS)


def _widens(node: ast.AST) -> bool:
    """``EVERYTHING`` used, ``unscoped(…)`` called, or a scope built over everything."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        return node.id in ("EVERYTHING", "unscoped")
    if isinstance(node, ast.keyword) and node.arg == "everything":
        return not isinstance(node.value, ast.Constant) or node.value.value is True
    return False


@pytest.mark.parametrize(
    "app", sorted(config.label for config in apps.get_app_configs() if config.name.startswith("linzhan."))
)
def test_migrations_are_linear_and_named(app: str) -> None:
    loader = MigrationLoader(None)
    own = [key for key in loader.disk_migrations if key[0] == app]
    if not own:
        return
    assert len(loader.graph.leaf_nodes(app)) == 1
    assert (
        len([key for key in own if not [p for p in loader.graph.node_map[key].parents if p.key[0] == app]])
        == 1
    )
    assert [name for _, name in own if "_auto_" in name or re.fullmatch(r"\d+", name)] == []
    numbers = sorted(int(name.split("_")[0]) for _, name in own)
    assert numbers == list(range(1, len(own) + 1))


def test_migrations_hold_no_application_code() -> None:
    """They must still run when the code they were written beside is long gone."""
    imports = re.compile(r"^\s*(?:from|import) (linzhan\.[\w.]+)", re.MULTILINE)
    allowed = re.compile(r"linzhan\.(kernel\.(ids|rows|models)|\w+\.models(\.fields)?)$")
    found = [
        f"{path.relative_to(CHECKOUT)}: {module}"
        for path, text in texts().items()
        if path.parent.name == "migrations"
        for module in imports.findall(text)
        if not allowed.match(module) and not module.startswith("linzhan.kernel")
    ]
    assert found == []


TEMPLATES_OF_THE_FRAMEWORK = {"400.html", "403.html", "404.html", "500.html"}


def test_every_template_is_used() -> None:
    """By a view, a tag or another template; what nothing names is dead."""
    folders = [path for path in tracked() if "templates" in path.parts and path.suffix in (".html", ".txt")]
    names = {str(path).split("/templates/", 1)[1]: path for path in folders}
    everything = "\n".join(text for path, text in texts().items() if path.suffix in (".py", ".html"))
    unused = {
        name
        for name in names
        if name not in TEMPLATES_OF_THE_FRAMEWORK
        and f'"{name}"' not in everything
        and f"'{name}'" not in everything
        and not _put_together(name, everything)
    }
    assert unused == set()


def _put_together(name: str, everything: str) -> bool:
    """``f"office/parts/{part}.html"`` names a whole folder; the part's own name must stand somewhere too."""
    folder, _, file = name.rpartition("/")
    stem = file.rpartition(".")[0]
    return f'"{folder}/{{' in everything and re.search(rf"[\"'{{ ]{stem}\b", everything) is not None
