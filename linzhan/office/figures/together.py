"""Many figures in one question to the database: what a page shows is one round trip, not thirty.

The kernel computes figures one statement at a time. Which statements these are does not depend on
their answers, so they are first noted on a dry run, then sent as one statement whose rows come back
as JSON, and the computing is done again over the answers. A statement that only the second run needs
is sent by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import connections

from linzhan.kernel.figures import running
from linzhan.kernel.figures.assembling import Statement, bound, only_used
from linzhan.kernel.figures.engines import Answer, Engine, LiveEngine, count
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.session import Session
from linzhan.kernel.figures.values import FigureValue

Asked = tuple[str, tuple[tuple[str, str], ...]]


class Together:
    """An engine over live PostgreSQL that sends all its statements as one."""

    def __init__(self, live: LiveEngine) -> None:
        self.live = live
        self.book = live.book
        self._noted: dict[Asked, None] = {}
        self._answers: dict[Asked, Answer] | None = None

    def run(self, statement: Statement, parameters: Mapping[str, object]) -> Answer:
        sql, names = bound(LiveEngine.text(statement), "percent")
        given = {name: str(value) for name, value in only_used(parameters, names).items()}
        asked = (sql, tuple(sorted(given.items())))
        if self._answers is None:
            self._noted[asked] = None
            return []
        if asked not in self._answers:
            self._answers[asked] = self.live.run(statement, parameters)
        return self._answers[asked]

    def send(self) -> None:
        """Send what was noted; from now on :meth:`run` gives the answers."""
        self._answers = {asked: [] for asked in self._noted}
        if not self._noted:
            return
        texts, parameters = [], {}
        for number, (sql, given) in enumerate(self._noted):
            renamed = sql
            for name, value in given:
                renamed = renamed.replace(f"%({name})s", f"%(q{number}_{name})s")
                parameters[f"q{number}_{name}"] = value
            texts.append(f"SELECT {number} AS asked, to_jsonb(x)::text AS found FROM ({renamed}) x")  # noqa: S608 -- compiled SQL with bound values
        listed = list(self._noted)
        with connections[self.live.alias].cursor() as cursor:
            count(cursor, " UNION ALL ".join(texts), parameters)
            for number, found in cursor.fetchall():
                self._answers[listed[number]].append(_row(found))


def _row(text: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return row


def compute(
    requests: Iterable[FigureRequest], live: LiveEngine, beside: Callable[[Engine], None] | None = None
) -> list[list[FigureValue]]:
    """The values of each request, in order; none for one that cannot be cut as asked.

    ``beside`` may ask the same engine for more (rows behind a figure); it is called on both runs. The
    caller has checked the scope (``linzhan.kernel.figures.asking.require_scope``).
    """
    asked = list(requests)
    engine = Together(live)
    for region in {request.region for request in asked}:
        Session(engine).registers(region)  # needed where a count is empty, which a dry run cannot know
    running.compute(asked, engine)
    if beside:
        beside(engine)
    engine.send()
    found = [running.compute([request], engine) for request in asked]
    if beside:
        beside(engine)
    return found
