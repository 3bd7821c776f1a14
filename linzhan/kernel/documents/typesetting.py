"""From a template and data to PDF, within the process and without the network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from linzhan.kernel.documents.characters import legal
from linzhan.kernel.documents.fonts import legible, loaded

ROOM = Path(__file__).parent
HOUSE = ROOM / "house.typ"


class NotSet(ValueError):
    """A template that cannot be set with this data: the fault is the template's, never the reader's."""


def pdf(template: str | Path, data: Mapping[str, Any], *, made_at: datetime | None = None) -> bytes:
    """The document that ``template`` makes of ``data``, as PDF with its fonts embedded.

    ``template`` is the path of a Typst file or its text; it finds the house's style and helpers at hand
    (``house.typ``) and what it is given as ``data``. Values are texts, numbers, lists and mappings; days and
    the like come as ``str`` says them. Characters that no font here can draw are spelled out by their code
    point. With ``made_at`` the same data gives the same bytes. Raises :class:`NotSet`.
    """
    text = template.read_text(encoding="utf-8") if isinstance(template, Path) else template
    stated = json.dumps(_readable(data), ensure_ascii=False, default=str)
    source = f"{_house()}\n{text}".encode()
    try:
        return typst.compile(  # type: ignore[type-var]  # the stubs want the root to be of the type of the source
            source,
            root=str(ROOM),
            font_paths=loaded(),
            sys_inputs={"data": stated},
            timestamp=made_at and made_at.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise NotSet(str(error)) from error


@cache
def _house() -> str:
    return HOUSE.read_text(encoding="utf-8")


def _readable(value: Any) -> Any:
    """``value`` with every text in characters that a page can hold and that can be drawn."""
    if isinstance(value, str):
        return legible(legal(value))
    if isinstance(value, Mapping):
        return {str(name): _readable(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_readable(each) for each in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return legible(legal(str(value)))
