"""How the house asks for figures: within the reader's scope, from the engine named.

A figure over a place is right only if the reader may see all of the place: row-level security would
otherwise count less, silently. So a question outside the scope is refused, not answered with less.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from linzhan.kernel import places
from linzhan.kernel.figures import running
from linzhan.kernel.figures.engines import Answer, Engine, engine_named
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.values import FigureValue
from linzhan.kernel.scope import Scope, ScopeViolation, current_scope


def cache_directory() -> Path:
    """Where compiled figures are kept."""
    data: Path = settings.DATA
    return data / "cache" / "figures"


def engine(name: str = "live") -> Engine:
    """``live`` (in the caller's transaction), ``duckdb`` over a copy of its facts, or ``spark``."""
    return engine_named(name, cache_directory())


def compute(requests: Iterable[FigureRequest], engine_name: str | Engine = "live") -> list[FigureValue]:
    """The figures asked for, in order; a figure that cannot be cut as asked is left out.

    Opens no transaction and no scope. Raises ``ScopeViolation`` for a place outside the scope,
    ``FigureFault`` and ``UnknownFigure`` for questions without an answer (messages in Chinese).
    """
    asked = list(requests)
    for request in asked:
        require_scope(request)
    chosen = engine(engine_name) if isinstance(engine_name, str) else engine_name
    return running.compute(asked, chosen)


def rows_behind(request: FigureRequest, *, limit: int = 100, after: str = "", below: bool = False) -> Answer:
    """The rows a figure was counted from (``running.rows_behind``), within the reader's scope."""
    require_scope(request)
    return running.rows_behind(request, engine(), limit=limit, after=after, below=below)


def require_scope(request: FigureRequest) -> None:
    """Refuse a place the reader sees only in part, unless the question is held to what is the reader's own."""
    if not places.is_code(request.region):
        raise ValueError(f"not a 12-digit division code: {request.region!r}")
    scope = current_scope()
    if not scope.covers_region(request.region) and not _is_own(request, scope):
        raise ScopeViolation("该行政区划不在您的管辖范围内，看不到它的指标")


def _is_own(request: FigureRequest, scope: Scope) -> bool:
    own = {"station_id": scope.stations, "provider_id": scope.providers}
    return any(value in own.get(column, ()) for column, value in request.only.items())


def prepare(engine_name: str = "live") -> Path | None:
    """Compile every figure and keep the SQL, unless it is kept already; part of an instance's set-up."""
    return engine(engine_name).book.prepare()
