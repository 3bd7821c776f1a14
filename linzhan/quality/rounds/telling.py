"""A computed round as programs read it: every score with the evidence it opens to."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from linzhan.quality.models import Evidence
from linzhan.quality.rounds.computing import Computed, Results
from linzhan.quality.rounds.conflicts import subject_codes
from linzhan.quality.schemes.definition import Scheme
from linzhan.quality.schemes.scoring import LineScore


def as_json(results: Results) -> dict[str, Any]:
    """The whole round; the same evidence and scores give the same document."""
    held = results.held
    ids = [each.subject.subject_id for each in results.subjects if each.subject.subject_id]
    codes = subject_codes(results.scheme.subject, ids)
    return {
        "round": {
            "id": str(held.pk),
            "code": held.code,
            "name": held.name,
            "region": held.region_code,
            "kind": held.kind,
            "period": held.period,
            "stage": held.stage,
        },
        "scheme": {"code": held.scheme, "name": results.scheme.name, "full": plain(results.scheme.full)},
        "frozen": results.frozen,
        "as_of": held.as_of.isoformat() if held.as_of else None,
        "digest": results.digest,
        "subjects": [subject_json(results.scheme, each, codes) for each in results.subjects],
    }


def subject_json(scheme: Scheme, each: Computed, codes: Mapping[Any, str]) -> dict[str, Any]:
    row, found = each.subject, each.total
    return {
        "number": row.code,
        "type": row.subject_kind,
        "key": codes.get(row.subject_id, row.subject_code),
        "name": row.name,
        "region": row.region_code,
        "total": plain(found.total),
        "raw": plain(found.raw),
        "grade": found.grade.name if found.grade and found.complete else None,
        "complete": found.complete,
        "pending": list(found.pending),
        "not_applicable": list(found.absent),
        "vetoes": list(found.vetoes),
        "lines": [
            line_json(scheme, code, score, each.evidence.get(code)) for code, score in each.scores.items()
        ],
    }


def line_json(scheme: Scheme, code: str, score: LineScore, evidence: Evidence | None) -> dict[str, Any]:
    line = scheme.lines[code]
    return {
        "line": code,
        "name": line.name,
        "full": plain(line.full),
        "points": plain(score.points),
        "state": score.state.value,
        "rule": line.rule,
        "source": line.source,
        "adjusted": score.adjusted,
        "evidence": None
        if evidence is None
        else {"value": plain(evidence.value), "target": plain(evidence.target), **evidence.details},
    }


def plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
