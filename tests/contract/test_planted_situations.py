"""The situations that the sample's maker planted are found by their rules, and nothing else of their kind (RSK-01)."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import pytest

from tests.sample import expected, run

REGION, ON = "431202", "2021-12-31"
EXACT = {
    "provider_rating_expired": "RW27",
    "filing_late": "RW14",
    "filing_missing": "RW14",
    "fund_over_cap": "RW23",
    "spending_structure": "RW22",
    "full_time_on_two_projects": "RW15",
    "project_behind_target": "RW19",
    "late_entry_share": "RW30",
    "disclosure_gap": "RW28",
    "service_after_death": "PC10",
    "overlapping_visits": "PC01",
    "near_duplicate_notes": "PC03",
    "notes_copied_between_workers": "PC04",
    "impossible_volume": "PC09",
    "burst_entry": "PC07",
    "impossible_travel": "PC02",
    "satisfaction_too_perfect": "PC14",
    "constant_duration": "PC08",
}
"""Kinds of which the rule may raise nothing but what was planted."""
AMONG = {
    "certificate_expired": "RW17",
    "high_risk_visit_overdue": "RW01",
    "weekly_visits_missed": "RW01",
    "not_met_three_times": "RW03",
    "no_supervision": "RW18",
}
"""Kinds that are a part of what their rule asks (other residents are overdue as well)."""

Raised = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def raised(county: object) -> Raised:
    status, printed = run("alerts", "run", "--region", REGION, "--on", ON, "--json")
    assert status == 0
    found: Raised = defaultdict(list)
    for alert in json.loads(printed):
        found[alert["rule"]].append(alert)
    return found


def keys(alert: dict[str, Any]) -> set[str]:
    return {each["key"] for each in alert["subjects"]}


def called(alert: dict[str, Any]) -> set[str]:
    """Its subjects by key and by name: a base has no key but place, year and name together."""
    return keys(alert) | {each["name"] for each in alert["subjects"]}


def planted(kinds: dict[str, str]) -> dict[str, list[set[str]]]:
    """By rule, the keys of each situation's subjects."""
    found: dict[str, list[set[str]]] = defaultdict(list)
    for situation in expected()["situations"]:
        if situation["kind"] in kinds:
            subjects = [each["key"] for each in situation["subjects"]]
            alone = situation["kind"] == "disclosure_gap"  # one situation of four institutions
            found[kinds[situation["kind"]]] += [{each} for each in subjects] if alone else [set(subjects)]
    return found


def _meets(subjects: set[str], alert: dict[str, Any]) -> bool:
    return any({key, key.rpartition("|")[2]} & called(alert) for key in subjects)


def test_every_planted_situation_is_found(raised: Raised) -> None:
    missed = [
        (rule, subjects)
        for kinds in (EXACT, AMONG)
        for rule, situations in planted(kinds).items()
        for subjects in situations
        if not any(_meets(subjects, alert) for alert in raised[rule])
    ]
    assert missed == []


@pytest.mark.parametrize("rule", sorted(set(EXACT.values())))
def test_nothing_else_of_the_kind_is_raised(raised: Raised, rule: str) -> None:
    assert len(raised[rule]) == len(planted(EXACT)[rule]), [each["message"] for each in raised[rule]]


def test_of_the_high_risk_residents_only_the_planted_ones_are_red(raised: Raised) -> None:
    red = {key for alert in raised["RW01"] if alert["severity"] == 4 for key in keys(alert)}
    assert red == {key for subjects in planted(AMONG)["RW01"] for key in subjects}


def test_only_the_planted_registrations_have_ended(raised: Raised) -> None:
    ended = {key for alert in raised["RW17"] if "已到期" in alert["message"] for key in keys(alert)}
    assert ended == {key for subjects in planted(AMONG)["RW17"] for key in subjects}


def test_a_second_run_prints_the_same_alerts(raised: Raised) -> None:
    _status, printed = run("alerts", "run", "--region", REGION, "--on", ON, "--json")
    again = {each["id"] for each in json.loads(printed)}
    assert again == {each["id"] for alerts in raised.values() for each in alerts}
    _status, listed = run("alerts", "list", "--region", REGION, "--json")
    assert {each["id"] for each in json.loads(listed)} == again


def test_an_earlier_day_is_told_and_changes_nothing(raised: Raised) -> None:
    _status, printed = run(
        "alerts", "run", "--region", REGION, "--on", "2021-05-11", "--rule", "RW14", "--json"
    )
    assert any("2021-05-11 才备案" in each["message"] for each in json.loads(printed))
