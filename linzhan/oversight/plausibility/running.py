"""A run of the checks over a place and a day: notes and photos signed, services laid out once, flags kept.

A run that nobody waits for signs ahead (:func:`sign_ahead`): the notes of a whole province take minutes the first
time, and what is signed stays signed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from linzhan.oversight.plausibility.declaring import Check, asking
from linzhan.oversight.plausibility.gathering import back_days, gather
from linzhan.oversight.plausibility.keeping import Kept, keep
from linzhan.oversight.plausibility.photographing import sign_photos
from linzhan.oversight.plausibility.signing import Step, sign
from linzhan.oversight.warning.asking import Answer, ask_rules
from linzhan.oversight.warning.running import looks_back

LOCK = 7302  # one run at a time: two would ask the same question twice
TEXTS = frozenset({"PC03", "PC04"})
PHOTOS = frozenset({"PC05"})


@dataclass(frozen=True, slots=True)
class Checked:
    """What a run came to: how many services it looked at, how many notes and photos it signed, and the answers.

    ``kept`` is None where a later day was run already: then it only looked.
    """

    region: str
    on: date
    answers: Sequence[Answer]
    kept: dict[str, Kept] | None
    services: int
    notes: int
    photos: int
    seconds: float


def sign_ahead(region: str, on: date, step: Step, *, checks: Iterable[Check] | None = None) -> int:
    """Sign what :func:`check` would have to, a batch a transaction; outside of any transaction. How many.

    ``step`` opens a transaction in the scope of everything.
    """
    if not TEXTS & {each.code for each in (asking() if checks is None else checks)}:
        return 0
    with _alone():
        with step():
            first = on - timedelta(days=back_days(region, on) - 1)
        return sign(region, first, on, step=step)


@contextmanager
def _alone() -> Iterator[None]:
    """No other run meanwhile, over several transactions; a connection that breaks lets go of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def check(
    region: str, on: date, *, checks: Iterable[Check] | None = None, signed: int | None = None
) -> Checked:
    """Ask the checks of the subtree of ``region`` on ``on`` and keep the flags; in the scope of everything.

    ``signed`` is how many notes were signed ahead: then none are looked for again.
    """
    begun, now = time.monotonic(), timezone.now()
    chosen = asking() if checks is None else [each for each in checks if not each.unable]
    codes = {each.code for each in chosen}
    first = on - timedelta(days=back_days(region, on) - 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if signed is None:
        signed = sign(region, first, on) if codes & TEXTS else 0
    photos = sign_photos(region) if codes & PHOTOS else 0
    services = gather(region, first, on)
    answers = ask_rules(region, on, chosen)
    kept = None if looks_back(region, on) else keep(answers, region, first, on, now)
    return Checked(region, on, answers, kept, services, signed, photos, time.monotonic() - begun)
