"""Registries refuse a name twice and help with a name that is not there."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from linzhan.kernel.registry import AlreadyRegistered, NotRegistered, Registry


@dataclass(frozen=True)
class Rule:
    code: str
    title: str = ""


def rules(*codes: str) -> Registry[Rule]:
    registry: Registry[Rule] = Registry("预警规则", key="code")
    for code in codes:
        registry.add(Rule(code))
    return registry


def test_an_entry_is_found_by_its_name() -> None:
    registry = rules()
    entry = registry.add(Rule("RW01"))
    assert registry.get("RW01") is entry
    assert registry["RW01"] is entry
    assert "RW01" in registry
    assert "RW02" not in registry


def test_a_name_is_taken_once() -> None:
    registry = rules("RW01")
    with pytest.raises(AlreadyRegistered, match="RW01"):
        registry.add(Rule("RW01", "another"))
    assert [entry.title for entry in registry] == [""]


def test_entries_come_in_the_order_of_registration() -> None:
    registry = rules("RW10", "RW02", "RW01")
    assert [entry.code for entry in registry] == ["RW10", "RW02", "RW01"]
    assert registry.names() == ("RW10", "RW02", "RW01")
    assert len(registry) == 3


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    with pytest.raises(NotRegistered, match="预警规则中没有“RW011”；是否指 RW01"):
        rules("RW01", "PC77").get("RW011")


def test_an_unknown_name_that_resembles_none_is_answered_with_examples() -> None:
    with pytest.raises(NotRegistered, match="共有 2 项，例如 RW01、PC77"):
        rules("RW01", "PC77").get("xyz")


def test_an_empty_registry_says_that_nothing_was_registered() -> None:
    with pytest.raises(NotRegistered, match="尚未登记任何条目"):
        rules().get("RW01")
