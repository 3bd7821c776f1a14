"""Photo signatures: each new photo of a service is looked at once, and held against those of its station."""

from __future__ import annotations

import io
from collections import defaultdict
from typing import Final
from uuid import UUID

import numpy as np
from django.db import connection
from PIL import Image

from linzhan.kernel import places
from linzhan.kernel.files.models import Attachment
from linzhan.kernel.files.receiving import picture_of
from linzhan.oversight.models import PhotoSignature
from linzhan.oversight.plausibility.likeness import apart_bits, difference_bits

AT_ONCE: Final = 5000
"""So many photos of a place are looked at in one run; the next one goes on."""
NEAR: Final = 10
"""Bits within which a likeness is kept; which of them counts is the place's."""
NEW: Final = """
SELECT a.id, s.id, s.region_code, s.station_id, s.provider_id, s.case_code
FROM kernel_attachment a JOIN casework_servicerecord s ON s.id = a.row_id
    LEFT JOIN oversight_photosignature g ON g.photo_id = a.id
WHERE a.register = 'service-records' AND a.kind = 'photo' AND a.completed_at IS NOT NULL AND g.photo_id IS NULL
    AND s.region_code >= %s AND s.region_code < %s ORDER BY a.id LIMIT %s
"""
CASES: Final = "SELECT id, case_code FROM casework_servicerecord WHERE id = ANY(%s)"


def sign_photos(region: str) -> int:
    """Sign the photos of ``region`` that came since; how many."""
    low, high = places.bounds(region)
    with connection.cursor() as cursor:
        cursor.execute(NEW, [low, high, AT_ONCE])
        new = cursor.fetchall()
    if not new:
        return 0
    stations = {row[3] for row in new}
    known: dict[UUID, list[tuple[int, UUID]]] = defaultdict(list)
    kept = PhotoSignature.objects.filter(station_id__in=stations, bits__isnull=False).order_by("pk")
    for station, bits, record in kept.values_list("station_id", "bits", "record_id"):
        assert station is not None
        assert bits is not None
        known[station].append((bits, record))
    files = Attachment.objects.in_bulk([row[0] for row in new])
    cases = _cases([each for rows in known.values() for _bits, each in rows])
    made = []
    for photo, record, region_code, station, provider, case in new:
        bits, cases[record] = _bits(files[photo]), case
        near = None if bits is None else _nearest(bits, record, known[station], cases)
        if bits is not None:
            known[station].append((bits, record))
        made.append(
            PhotoSignature(
                region_code=region_code,
                station_id=station,
                provider_id=provider,
                photo_id=photo,
                record_id=record,
                bits=bits,
                like_record=near[1] if near else None,
                distance=near[0] if near else None,
            )
        )
    PhotoSignature.objects.bulk_create(made, batch_size=1000)
    return len(made)


def _cases(records: list[UUID]) -> dict[UUID, str]:
    with connection.cursor() as cursor:
        cursor.execute(CASES, [records])
        return dict(cursor.fetchall())


def _bits(file: Attachment) -> int | None:
    """The hash of a photo; None where its file is not to be had or says nothing."""
    try:
        picture, _media = picture_of(file)
    except OSError:
        return None
    with Image.open(io.BytesIO(picture)) as opened:
        grey = opened.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
        return difference_bits(np.asarray(grey, dtype=np.uint8))


def _nearest(
    bits: int, record: UUID, known: list[tuple[int, UUID]], cases: dict[UUID, str]
) -> tuple[int, UUID] | None:
    """The nearest photo of another service that is not of the same group or activity."""
    case = cases.get(record, "")
    found = [
        (apart, other)
        for each, other in known
        if other != record
        and not (case and cases.get(other, "") == case)
        and (apart := apart_bits(bits, each)) <= NEAR
    ]
    return min(found, key=lambda pair: pair[0]) if found else None
