"""Scales on the phone: the definitions to fill in without a signal, and results on their way in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from linzhan.casework.scales import catalogue
from linzhan.casework.scales.definition import Rule, Scale
from linzhan.casework.scales.rights import EDIT_RESULTS
from linzhan.casework.scales.scoring import SCREENING_ONLY
from linzhan.casework.scales.sheets import RESULTS
from linzhan.kernel.sync.declaring import Command, Reader, feed, syncable


@feed("scales")
def scales(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """The versions in use, with what must be told at once where an answer signals a danger."""
    if EDIT_RESULTS in reader.rights:
        for scale in catalogue.newest().values():
            if scale.usable:
                yield _told(scale)


def _told(scale: Scale) -> dict[str, Any]:
    return {
        "id": f"{scale.code}@{scale.version}",
        "code": scale.code,
        "version": scale.version,
        "name": scale.name,
        "purpose": scale.purpose,
        "by": scale.by,
        "frame": scale.frame,
        "note": SCREENING_ONLY,
        "missing_at_most": scale.missing_at_most,
        "items": [
            {
                "id": item.id,
                "text": item.text,
                "reverse": item.reverse,
                "options": [{"label": option.label, "score": option.score} for option in item.options],
            }
            for item in scale.items
        ],
        "rules": [_rule(rule) for rule in scale.rules],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    def number(bound: object) -> float | None:
        return None if bound is None else float(str(bound))

    return {
        "act": rule.act.value,
        "say": rule.say,
        "items": list(rule.items),
        "at_least": number(rule.at_least),
        "at_most": number(rule.at_most),
        "scale": rule.scale,
    }


def _complete(pairs: Sequence[tuple[Command, dict[str, Any]]], reader: Reader) -> None:
    for _command, values in pairs:
        if "station" not in values and reader.own_stations:
            values["station"] = reader.own_stations[0]


syncable(RESULTS.key, right=EDIT_RESULTS, completes=_complete)
