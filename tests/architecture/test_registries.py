"""What the apps registered is whole: loaded, referring to things that exist, used by somebody."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps

from linzhan.accounts.api import Role
from linzhan.kernel.access import OWN_CHECK, PUBLIC, RIGHTS, SIGNED_IN
from linzhan.kernel.discovery import REGISTERING_MODULES
from linzhan.kernel.figures.definitions import FIGURES, GROUPINGS, RULINGS
from linzhan.kernel.figures.facts import FACTS
from linzhan.kernel.figures.staleness import DIVISIONS
from linzhan.kernel.jobs.running import KINDS
from linzhan.kernel.registers.attributes import attributes
from linzhan.kernel.registers.declare import (
    REGISTERS,
    Register,
    by_sheet,
    codes_of,
    in_order,
    sheets_of_subject,
)
from linzhan.kernel.registry import Registry
from linzhan.kernel.scope import ScopedModel
from linzhan.kernel.sheets.columns import Column, Kind, Level
from linzhan.office.navigation import DESK_BY_KEY, PAGES
from linzhan.policy.catalogue import PARAMETERS
from tests.each import of_each

HOUSE = Path(__file__).resolve().parents[2] / "linzhan"
APPS = [config for config in apps.get_app_configs() if config.name.startswith("linzhan.")]
REGISTRIES: dict[str, Registry[object]] = {
    registry.title: registry  # type: ignore[misc]  # registries of many kinds
    for registry in (RIGHTS, REGISTERS, FACTS, FIGURES, GROUPINGS, RULINGS, KINDS, PAGES, PARAMETERS)
}
ENTRIES = list(REGISTERS)
COLUMNS = [(entry, column) for entry in ENTRIES for column in entry.sheet.columns]


def has_file(app: str, module: str) -> bool:
    return (HOUSE / app / f"{module}.py").exists() or (HOUSE / app / module / "__init__.py").exists()


@pytest.mark.parametrize("title", REGISTRIES)
def test_a_registry_is_not_empty(title: str) -> None:
    assert len(REGISTRIES[title]) > 0


@pytest.mark.parametrize("module", REGISTERING_MODULES)
def test_every_registering_module_was_loaded(module: str) -> None:
    wanted = {f"{config.name}.{module}" for config in APPS if has_file(config.name.partition(".")[2], module)}
    assert wanted <= set(sys.modules)


def test_every_package_with_models_or_registrations_is_an_installed_app() -> None:
    named = {path.parent.name for path in HOUSE.glob("*/apps.py")}
    assert {config.name.partition(".")[2] for config in APPS} == named
    homeless = {
        path.name
        for path in HOUSE.iterdir()
        if (path / "__init__.py").exists() and path.name not in named and any(path.rglob("*.py"))
    }
    assert homeless == set()


def test_every_right_is_held_by_a_role_that_exists() -> None:
    for right in RIGHTS:
        assert right.roles, f"{right.key} is held by nobody"
        assert right.roles <= set(Role.values), right.key


def test_every_role_but_the_outsiders_can_do_something() -> None:
    held = {role for right in RIGHTS for role in right.roles}
    assert held == set(Role.values)


def constants() -> dict[str, str]:
    """Key of a right to the constant that the code knows it by."""
    found = {}
    for path in HOUSE.rglob("rights.py"):
        for name, key in re.findall(
            r'^([A-Z_]+) = right\(\s*"([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            found[key] = name
    return found


def used_names(files: Iterable[Path]) -> set[str]:
    return {word for path in files for word in re.findall(r"[A-Z_]{3,}", path.read_text(encoding="utf-8"))}


def test_every_right_is_demanded_somewhere() -> None:
    """A right that no register, view or operation asks for is a promise that nobody keeps."""
    files = [path for path in HOUSE.rglob("*.py") if path.name not in ("rights.py", "api.py", "__init__.py")]
    named, used = constants(), used_names(files)
    assert set(named) == set(RIGHTS.names())
    assert {key for key, name in named.items() if name not in used} == set()


@of_each("entry", ENTRIES)
def test_a_registers_rights_exist_and_whoever_edits_may_look(entry: Register) -> None:
    assert entry.view in RIGHTS
    assert entry.edit in RIGHTS
    assert RIGHTS[entry.edit].roles <= RIGHTS[entry.view].roles
    assert entry.view not in (PUBLIC, SIGNED_IN, OWN_CHECK)


@of_each("entry", ENTRIES)
def test_a_registers_table_is_scoped(entry: Register) -> None:
    models = [
        entry.model,
        *([entry.states] if entry.states else []),
        *(link.model for link in entry.links.values()),
    ]
    assert all(issubclass(model, ScopedModel) for model in models)


@of_each("entry column", COLUMNS)
def test_every_column_is_kept_in_the_table(entry: Register, column: Column) -> None:
    present = {field.attname for field in entry.model._meta.concrete_fields}
    kept = attributes(column)
    assert set(kept) <= present
    assert kept or column.name in entry.links


@of_each("entry column", COLUMNS)
def test_a_column_and_its_field_are_equally_secret(entry: Register, column: Column) -> None:
    """What the list masks the history masks too; below the personal levels nothing is hidden from either."""
    if column.kind is Kind.REFERENCE:
        return  # the column shows the key of what it refers to, the field holds an id that says nothing
    by_attname = {field.attname: field.name for field in entry.model._meta.concrete_fields}
    levels = entry.model.levels  # type: ignore[attr-defined]  # every model has them, see test_models
    kept = {levels[by_attname[name]] for name in attributes(column)}
    assert {open_level(level) for level in kept} <= {open_level(column.level)}


def open_level(level: Level) -> Level:
    return Level.L2 if level is Level.L1 else level


@of_each("entry", [each for each in ENTRIES if each.states])
def test_dated_columns_are_kept_in_the_history_and_nothing_else_is(entry: Register) -> None:
    assert entry.states is not None
    kept = {field.attname for field in entry.states._meta.concrete_fields}
    dated = {
        name
        for column in entry.sheet.columns
        if column.dated
        for name in attributes(column)
        if column.name not in entry.links
    }
    assert dated <= kept, "a dated column whose past nobody keeps"


@of_each("entry", ENTRIES)
def test_a_registers_words_name_things_that_exist(entry: Register) -> None:
    columns = set(entry.sheet.column_by_name)
    fields = {field.attname for field in entry.model._meta.concrete_fields}
    assert entry.place
    assert set(entry.place) <= columns
    assert set(entry.listed) <= columns
    assert set(entry.filters) <= columns
    assert set(entry.searched) <= columns
    assert entry.order.removeprefix("-") in fields
    assert entry.title in fields | columns
    for name in (entry.starts, entry.ends, entry.happens):
        assert not name or name in columns
    assert entry.listed, "a list page with nothing on it"
    assert not entry.nav or entry.nav in DESK_BY_KEY  # without: a page of its own stands in the menu
    assert set(entry.links) == {
        column.name
        for column in entry.sheet.columns
        if column.kind is Kind.REFERENCE and column.several and not column.refers_to.startswith("@")
    }


@of_each("entry column", COLUMNS)
def test_what_a_column_refers_to_exists(entry: Register, column: Column) -> None:
    if column.kind is not Kind.REFERENCE or column.refers_to.startswith("@"):
        return
    if column.refers_to.startswith("?"):
        assert column.refers_to[1:] in entry.sheet.column_by_name
        sheets = [sheet for sheet in sheets_of_subject(column.refers_to[1:]).values() if sheet]
    else:
        sheets = [column.refers_to]
    assert all(by_sheet(sheet) in ENTRIES for sheet in sheets)


@pytest.mark.django_db
def test_every_closed_list_has_its_loader() -> None:
    lists = {column.refers_to for _, column in COLUMNS if column.refers_to.startswith("@")}
    assert lists
    assert all(codes_of(name) is not None for name in lists)


def test_registers_refer_to_each_other_without_a_circle() -> None:
    assert len(in_order(ENTRIES)) == len(ENTRIES)


def test_every_sheet_of_the_contract_is_a_register() -> None:
    contract = "承接机构 社工站 社工 项目 资金 资金基数 服务对象 服务记录 督导记录 培训 志愿者 志愿服务 需求 资源 评估 检查"
    assert set(contract.split()) <= {entry.sheet.name for entry in ENTRIES}


WITHOUT_A_SHEET = {
    "alerts": "raised by rules, not kept in a sheet",
    "rectifications": "opened from an alert",
    "appeals": "come in through the portal",
    DIVISIONS: "the tree itself, changed by decree and loaded from books",
}


def test_every_fact_names_registers_that_exist() -> None:
    """A fact over an unknown register would never be counted again."""
    own = {entry.key for entry in ENTRIES} | set(WITHOUT_A_SHEET)
    unknown = {fact.key: set(fact.registers) - own for fact in FACTS if set(fact.registers) - own}
    assert unknown == {}
