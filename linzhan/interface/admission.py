"""How many phones are answered at once, and what the others are told (NFR-08; ADR 0023).

A morning after a week without a signal brings more exchanges than a small machine can answer in a breath.
So an exchange has a bounded number of places in each web process, a few more may wait a moment, and whoever
comes beyond that is told at once when to come again, before anybody asks who it is or opens a connection to
the database. Nothing is lost by that: the phone keeps its commands until they are answered.
"""

from __future__ import annotations

import math
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.utils.translation import gettext as _

from linzhan.interface.problems import Problem, answer

PATH = "/api/v1/sync"
WAITING = 1  # of a process's few threads that may stand and wait for a place
PATIENCE = 1.0  # seconds that an exchange waits for a place before it is sent away
LONGEST = 300.0  # seconds ahead; who would come later than that is spread over its second half
AT_FIRST = 0.25  # seconds that an exchange takes, until some have been seen
WEIGHT = 0.1  # of the last exchange in the mean
SPREAD = 0.5  # of its delay by which a phone is told to come later than its turn


@dataclass(slots=True)
class Turns:
    """The places of one process, and the appointments it gives to those it sends away.

    Each that is sent away gets a turn of its own after all turns given before, as far apart as exchanges
    end: a crowd comes back one by one and not as a crowd.
    """

    places: int
    waiting: int = WAITING
    patience: float = PATIENCE
    clock: Callable[[], float] = monotonic
    luck: Callable[[], float] = random.random
    _working: int = 0
    _queued: int = 0
    _usual: float = AT_FIRST
    _given: float = 0.0
    _free: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def taken(self) -> Iterator[int]:
        """Nought inside a place; else in how many seconds to come again."""
        ahead = self._enter()
        if ahead:
            yield ahead
            return
        began = self.clock()
        try:
            yield 0
        finally:
            self._leave(self.clock() - began)

    def _enter(self) -> int:
        with self._free:
            if self._queued or self._working >= self.places:
                if self._queued >= self.waiting:
                    return self._turn()
                self._queued += 1
                try:
                    free = self._free.wait_for(lambda: self._working < self.places, self.patience)
                finally:
                    self._queued -= 1
                if not free:
                    return self._turn()
            self._working += 1
            return 0

    def _leave(self, took: float) -> None:
        with self._free:
            self._working -= 1
            self._usual += (took - self._usual) * WEIGHT
            self._free.notify()

    def _turn(self) -> int:
        """The next turn that is nobody's yet, in whole seconds from now and at least one."""
        now = self.clock()
        given = max(self._given, now) + self._usual / self.places
        if given - now > LONGEST:
            return math.ceil(LONGEST * (1 + self.luck()) / 2)
        self._given = given
        return math.ceil((given - now) * (1 + SPREAD * self.luck()))


class AdmissionMiddleware:
    """Stands before sessions, callers and scopes: sending a phone away costs neither a look at its token
    nor a connection. What it sent is taken in first, for an answer before the end of a request breaks the line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.turns = Turns(settings.SYNC_PLACES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path != PATH or request.method != "POST":
            return self.get_response(request)
        try:
            request.body  # noqa: B018 -- read into the request, and not while a place is held
        except UnreadablePostError:  # the signal went while it spoke
            return HttpResponse(status=400)
        with self.turns.taken() as ahead:
            return busy(request, ahead) if ahead else self.get_response(request)


def busy(request: HttpRequest, seconds: int) -> HttpResponse:
    """Come again then: calm, for nothing is wrong."""
    told = _("平台正忙，{seconds} 秒后自动再传，记录都在手机里").format(seconds=seconds)
    return answer(request, Problem("busy", told, headers={"Retry-After": str(seconds)}))
