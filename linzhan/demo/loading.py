"""Loading the demo city: into an empty instance, all or nothing, through the register engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.accounts.api import has_accounts, has_demo
from linzhan.demo import (
    books,
    casting,
    city,
    contesting,
    deciding,
    doubting,
    evaluating,
    ground,
    handing,
    heeding,
    published,
    rectifying,
    safeguarding,
    supervising,
    surveying,
)
from linzhan.demo.telling import Chapter, Story
from linzhan.kernel.figures import store
from linzhan.kernel.figures.definitions import FIGURES
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers import bulk
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.pieces import SearchPiece
from linzhan.kernel.registers.writing import save
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.oversight.api import run_alerts
from linzhan.procurement.api import keep_progress

ACTOR = Actor(label="演示数据", origin="演示城市")
MARKS_AT_ONCE = 100_000
WATCHED_ON = date(2021, 12, 31)  # the last day of the year that the story tells in full
LOCK = 0x68756169687561  # "huaihua"
ON_BOARDS = (
    "network.coverage",
    "workforce.on_post",
    "workforce.certified_rate",
    "services.person_times",
    "residents.registered",
    "funds.spent",
)
"""What a board shows first; other places and periods are computed when somebody looks."""
KEPT_PERIODS = ("2021", "2020")

Report = Callable[[str], None]


class DemoRefused(RuntimeError):
    """The instance is not one for the demo city; the message says why and what to do."""


class StoryRejected(RuntimeError):
    """The register engine refused a row of the story: a mistake of this app, never of the reader."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was loaded; ``rows`` by register."""

    rows: dict[str, int]
    accounts: int
    stated: int


def load(scale: float = 1.0, report: Report = lambda _line: None) -> Result | None:
    """Load the city; None where it is here already. :class:`DemoRefused` where other data is."""
    with opened(EVERYTHING, ACTOR):
        _take_turns()
        if has_demo():
            return None
        _require_empty()
        report(_("正在读取行政区划"))
        story, cast = city.tell(ground.read(published.CITY), scale)
        rows = _write(story, report)
        bulk.gather_statistics(_tables())
        accounts = casting.give_accounts(cast)
        deciding.take_courses(cast.courses)
        safeguarding.tell_safeguarding(cast)
        handing.ask_around(cast.station)
        books.tell_books(cast)
        rows["evaluations"] += evaluating.tell_rounds(cast)
        rectifying.tell_rectifications(cast)
        supervising.tell_supervising(cast)
        contesting.tell_contest(cast)
        surveying.tell_surveys(cast)
        rows["service-records"] += doubting.tell_doubts(cast)
        keep_progress(timezone.localdate())
        report(_("正在运行预警规则"))
        run_alerts(published.CITY, WATCHED_ON, why=_("演示"))
        heeding.tell_heeding(cast)
        _state_figures()
        report(_("正在计算看板指标"))
        _keep_figures()
        return Result(rows, accounts, len(published.STATED))


def _take_turns() -> None:
    """Of two who load at once the second waits, and finds the city there (or the instance empty again)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _require_empty() -> None:
    """Neither accounts nor rows: the demo city never mixes with real data."""
    filled = [entry.name for entry in REGISTERS if entry.model._default_manager.exists()]
    if has_accounts():
        filled.insert(0, _("账号"))
    if filled:
        raise DemoRefused(
            _(
                "系统中已有数据（%(filled)s）。演示城市只装入空的系统，以免与真实数据混在一起；"
                "请把环境变量 LINZHAN_DATA 指向一个新目录后再装载。"
            )
            % {"filled": "、".join(filled)}
        )


def _write(story: Story, report: Report) -> dict[str, int]:
    rows: dict[str, int] = {}
    for chapter in story.chapters:
        name = chapter.table.register
        if name not in rows:
            report(_("正在写入%(name)s") % {"name": REGISTERS[name].name})
        rows[name] = rows.get(name, 0) + _save(chapter)
    return rows


def _save(chapter: Chapter) -> int:
    """How many rows were new. One register a call: a county that keeps no list of something has none."""
    table = chapter.table
    incoming = Incoming(REGISTERS[table.register], dict(table.columns), list(range(1, len(table) + 1)))
    outcome = save([incoming], today=chapter.on)[0]
    if outcome.rejected:
        number, faults = next(iter(outcome.faults.items()))
        raise StoryRejected(
            f"{table.register} {outcome.keys[number]}: {faults[0].column} {faults[0].message}"
        )
    return outcome.created


def _tables() -> list[type[models.Model]]:
    """The tables of all registers: their rows, states and links, and the pieces by which they are found."""
    found: list[type[models.Model]] = [SearchPiece]
    for entry in REGISTERS:
        found += [entry.model, *(link.model for link in entry.links.values())]
        found += [entry.states] if entry.states else []
    return found


def _state_figures() -> None:
    for each in published.STATED:
        store.state(
            name=each.name,
            region=published.CITY,
            value=each.value,
            unit=each.unit,
            source=each.source,
            period=each.period,
            as_of=None if each.period else published.HEARD_ON,
        )


def _keep_figures() -> None:
    """Fill the store for the boards of the city; first the marks of the load, which touch nothing kept."""
    while store.refresh(MARKS_AT_ONCE):
        pass
    periods = [parse_period(text) for text in KEPT_PERIODS]
    store.keep(
        FigureRequest(figure=figure, region=published.CITY, period=period, as_of=period.end)
        for figure in ON_BOARDS
        if figure in FIGURES
        for period in periods
    )
