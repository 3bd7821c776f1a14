"""The scales there are: those that ship as data files, and those that an administrator brought.

A version is never changed: a file of the same code and version that says something else is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.db import transaction

from linzhan.casework.scales.definition import DefinitionFault, Scale, read
from linzhan.casework.scales.models import ScaleDefinition
from linzhan.kernel.scope import current_actor

DATA = Path(__file__).parent / "data"
LARGEST = 200_000  # characters of a file that is brought


@cache
def shipped() -> Mapping[tuple[str, str], Scale]:
    """The definitions that come with the platform, by code and version."""
    scales = [read(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("*.toml"))]
    return {scale.key: scale for scale in scales}


def every() -> dict[tuple[str, str], Scale]:
    """All definitions, older versions first; one query."""
    brought = ScaleDefinition.objects.order_by("added_at", "id").values_list("text", flat=True)
    return {**shipped(), **{scale.key: scale for scale in map(_read_once, brought)}}


@cache
def _read_once(text: str) -> Scale:
    return read(text)


def newest() -> dict[str, Scale]:
    """The version in use of each scale, by code: the one that came last."""
    found: dict[str, Scale] = {}
    for scale in every().values():
        if scale.usable or not found.get(scale.code):
            found[scale.code] = scale
    return found


def scale_of(code: str, version: str = "") -> Scale | None:
    """One version of a scale; without ``version`` the one in use."""
    return every().get((code, version)) if version else newest().get(code)


def codes() -> dict[str, str]:
    """Codes and names of the scales that can be filled in, to their code."""
    usable = [scale for scale in newest().values() if scale.usable]
    return {scale.name: scale.code for scale in usable} | {scale.code: scale.code for scale in usable}


def bring(text: str) -> Scale:
    """Add the definition in ``text``; :class:`DefinitionFault` where it does not hold or would change a version."""
    if len(text) > LARGEST:
        raise DefinitionFault("文件太大，定义不应超过 20 万字")
    scale = read(text)
    known = every().get(scale.key)
    if known == scale:
        return scale
    if known is not None:
        raise DefinitionFault(f"{scale.code} 的版本 {scale.version} 已有定义，不能更改；请换一个版本号")
    with transaction.atomic():
        ScaleDefinition.objects.create(
            code=scale.code, version=scale.version, text=text, added_by=current_actor().label
        )
    return scale
