"""Places to choose from: the typeahead of every form, and the tree of the place switcher."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from linzhan.kernel import places
from linzhan.kernel.access import SIGNED_IN, needs
from linzhan.kernel.scope import current_scope
from linzhan.territory.api import Level, Region, children, search

LIMIT = 20


@needs(SIGNED_IN)
def pick(request: HttpRequest) -> HttpResponse:
    """Options for ``?q=``: within the reader's area, or anywhere in the country with ``?anywhere=1``."""
    asked = request.GET.get("q", "").strip()
    within = () if request.GET.get("anywhere") else current_scope().regions
    found = search(asked, within=within, limit=LIMIT) if asked else _nearby(within)
    options = [
        {"value": each.code, "label": each.full_path.replace("/", ""), "hint": each.code} for each in found
    ]
    return render(request, "office/parts/options.html", {"options": options})


def _nearby(within: tuple[str, ...]) -> list[Region]:
    """Before anything is typed: the reader's own place and those right below."""
    own = within[0] if within else places.NATION
    return [*Region.objects.filter(code=own), *children(own)[:LIMIT]]


@needs(SIGNED_IN)
def tree(request: HttpRequest) -> HttpResponse:
    """One level of the tree below ``?code=`` (the reader's own place at first); a node leads to ``?next=``."""
    onward = _safe(request, request.GET.get("next", ""))
    code, own = request.GET.get("code", ""), _own_places()
    if places.is_code(code) and covers(code):
        nodes = [_node(unit, onward) for unit in children(code)]
    elif own:
        nodes = [_opened(unit, onward) for unit in Region.objects.filter(code__in=own)]
    else:
        nodes = [_node(unit, onward) for unit in children(places.NATION)] if wide() else []
    return render(request, "office/parts/place_tree.html", {"nodes": nodes})


def _own_places() -> tuple[str, ...]:
    scope = current_scope()
    return () if scope.everything else scope.regions


def wide() -> bool:
    """Whether the reader answers for places at all: a station's or an institution's people have but their own."""
    scope = current_scope()
    return scope.everything or bool(scope.regions)


def covers(code: str) -> bool:
    """Whether the reader can be led to a place: all of it lies within their area."""
    scope = current_scope()
    return scope.everything or scope.covers_region(code)


def _node(unit: Region, onward: str) -> dict[str, object]:
    branch = (
        f"/regions/tree/?{urlencode({'code': unit.code, 'next': onward})}"
        if unit.level < Level.TOWNSHIP
        else ""
    )
    return {"name": unit.name, "url": at_place(onward, unit.code), "current": False, "branch_url": branch}


def _opened(unit: Region, onward: str) -> dict[str, object]:
    """The reader's own place, with the level below it."""
    below = [_node(each, onward) for each in children(unit.code)]
    return _node(unit, onward) | {"current": True, "branch_url": "", "nodes": below}


def at_place(onward: str, code: str) -> str:
    """The page ``onward`` at the place ``code``: its filter where it is a list, else the overview of the place."""
    parts = urlsplit(onward)
    if parts.path.startswith("/r/") and parts.path.count("/") == 3:
        kept = [pair for pair in parse_qsl(parts.query) if pair[0] not in ("region", "at", "back")]
        return f"{parts.path}?{urlencode([*kept, ('region', code)])}"
    return f"/overview/{code}/"


def _safe(request: HttpRequest, address: str) -> str:
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "/"
