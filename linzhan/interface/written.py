"""Answers as JSON: the spelling of every value in one place, for answers that no type goes over again."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

_usual = DjangoJSONEncoder()


def _spelled(value: Any) -> Any:
    """Ids and amounts as texts, moments as ISO 8601: what the operations with types say of the same value."""
    return str(value) if type(value) is UUID else _usual.default(value)


_encoder = json.JSONEncoder(ensure_ascii=False, default=_spelled, separators=(",", ":"))


def answered(content: Any) -> HttpResponse:
    """``content`` as the answer of an operation."""
    return HttpResponse(_encoder.encode(content), content_type="application/json; charset=utf-8")
