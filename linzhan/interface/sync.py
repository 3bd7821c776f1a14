"""``POST sync``: what a phone kept while it had no signal, and what it may hold now (NFR-08; ``kernel.sync``)."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from linzhan.accounts.api import LINE_OF_ROLE, SYNC, Appointment, Line, User, end_token
from linzhan.interface.callers import Token, require
from linzhan.interface.problems import Problem
from linzhan.interface.written import answered
from linzhan.kernel.sync import devices, feeding, receiving
from linzhan.kernel.sync.clocks import TOLERANCE
from linzhan.kernel.sync.declaring import Command, Reader
from linzhan.policy.api import NoRuling, casework, consulting, ruling_for

router = Router(tags=["手机同步"])
ORDER = "X-Linzhan-Order"
WORTH_COMPRESSING = 500  # bytes
LEVEL = 6


class SyncCommandIn(Schema):
    """A command; its ``body`` is the business of its ``kind``."""

    model_config = ConfigDict(extra="forbid")
    id: UUID
    kind: str = Field(max_length=32, description="save、amend、step、incident、resubmit、score")
    subject: UUID = Field(description="所关记录的 id")
    after: UUID | None = Field(None, description="同一记录的上一条提交")
    made_at: dt.datetime = Field(description="手机上写下的时间，带时区")
    body: dict[str, Any]


class SyncRequest(Schema):
    """One contact of a phone."""

    model_config = ConfigDict(extra="forbid")
    device: UUID
    name: str = Field("", max_length=64, description="设备名称")
    clock: dt.datetime = Field(description="手机现在的时间，带时区")
    state: str = Field("", max_length=32, description="上一次完整答复里的 state；没有就留空")
    unsent: int = Field(0, ge=0, le=1_000_000, description="手机上还有多少条待传")
    want: bool = Field(default=True, description="是否要手机上的名册和任务")
    commands: list[SyncCommandIn] = Field(default_factory=list, max_length=receiving.AT_ONCE)


class SyncResult(Schema):
    """What became of one command."""

    id: UUID
    state: str = Field(description="done、merged、conflict、refused、waiting 或 retry")
    title: str
    detail: str
    faults: list[dict[str, str]]
    conflicts: list[dict[str, Any]]


class FeedChanges(Schema):
    """Rows that differ from what the phone has, and ids that leave it."""

    rows: list[dict[str, Any]]
    gone: list[str]


class SyncAnswer(Schema):
    """The answer to a contact."""

    server_time: dt.datetime
    offset: float = Field(description="服务器比手机快多少秒")
    clock_ok: bool
    results: list[SyncResult]
    feeds: dict[str, FeedChanges]
    state: str
    more: bool = Field(description="还有，请带着新的 state 再来取")
    reset: bool = Field(description="先清空手机上的名册，再放进这一份")
    order: str = Field(description="wipe：清除手机上的全部数据")


@router.post(
    "/sync",
    auth=Token(),
    response={200: SyncAnswer},
    operation_id="sync",
    summary="手机同步",
    description="逐条答复，同一 id 同一内容再次提交得到原来的答复；一条不成不影响别的。",
)
def sync(request: HttpRequest, body: SyncRequest) -> Any:
    require(request, SYNC)
    with consulting(ahead=body.want):  # feeds ask the rulebook for much, commands for little
        return _exchanged(request, body)


def _exchanged(request: HttpRequest, body: SyncRequest) -> HttpResponse:
    reader, told = reader_of(request), body.clock
    if told.tzinfo is None or any(each.made_at.tzinfo is None for each in body.commands):
        raise Problem("invalid", _("时间须带时区"))
    device = devices.met(reader, body.device, _plain(body.name))
    if devices.is_lost(body.device):  # by whomever of those who share it
        device.wiped_at = device.wiped_at or reader.now
        device.save(update_fields=["wiped_at"])
        end_token(request)
        return _compressed(request, _nothing(reader, devices.WIPE))
    offset = devices.offset_of(told, reader.now)
    trusted = devices.tell_clock(device, reader, offset, tolerance=_tolerance(reader))
    commands = _read(body, reader, trusted=trusted)
    results = receiving.receive(commands, reader, body.device)
    feeds = feeding.changes(device, reader, body.state) if body.want else feeding.Answer(state=body.state)
    device.wiped_at = None  # it was wiped, and is in use again
    device.name, device.unsent = _plain(body.name) or device.name, body.unsent
    device.save()
    return _compressed(
        request,
        {
            **_nothing(reader, ""),
            "offset": offset,
            "clock_ok": trusted,
            "results": [each.as_json() for each in results],
            "feeds": feeds.feeds,
            "state": feeds.state,
            "more": feeds.more,
            "reset": feeds.reset,
        },
    )


def _read(body: SyncRequest, reader: Reader, *, trusted: bool) -> list[Command]:
    try:
        return receiving.read_commands(
            [each.dict() for each in body.commands],
            reader.now,
            trusted=trusted,
            tolerance=_tolerance(reader),
        )
    except receiving.Malformed as wrong:
        raise Problem("invalid", str(wrong)) from None


def reader_of(request: HttpRequest) -> Reader:
    """Whose phone it is, from the request's account and appointment.

    Over an area or in a round nobody has a caseload: a station or a file that such an appointment also names sends no residents.
    """
    user, held = request.user, request.appointment  # type: ignore[attr-defined]  # set by the scope middleware
    assert isinstance(user, User)
    assert isinstance(held, Appointment)
    serves = LINE_OF_ROLE[held.role] not in (Line.AREA, Line.ROUND)
    rights: frozenset[str] = request.rights  # type: ignore[attr-defined]
    return Reader(
        user_id=user.pk,
        role=held.role,
        rights=rights,
        region_code=held.region_code,
        provider_id=held.provider_id,
        station_id=held.station_id if serves else None,
        stations=tuple(held.stations) if serves else (),
        person_id=held.person_id if serves else None,
        display_name=user.display_name,
        now=timezone.now(),
    )


def _plain(name: str) -> str:
    """A name that a database can hold."""
    return "".join(each for each in name if each.isprintable() and not "\ud800" <= each <= "\udfff")


def _tolerance(reader: Reader) -> dt.timedelta:
    try:
        minutes = ruling_for(
            casework.CLOCK_TOLERANCE, region=reader.region_code, on=timezone.localdate(reader.now)
        ).value
    except NoRuling:
        return TOLERANCE
    return dt.timedelta(minutes=minutes)


def _nothing(reader: Reader, order: str) -> dict[str, Any]:
    return {
        "server_time": timezone.localtime(reader.now).isoformat(),
        "offset": 0.0,
        "clock_ok": True,
        "results": [],
        "feeds": {},
        "state": "",
        "more": False,
        "reset": False,
        "order": order,
    }


def turned_away(request: HttpRequest) -> Problem:
    """No token, or one that ended: sign in again. A phone reported lost is told to wipe itself all the same."""
    order = {ORDER: devices.WIPE} if devices.is_lost(_device_of(request)) else {}
    return Problem("not-signed-in", _("登录已过期，请重新登录；没有传出的记录都还在手机上"), headers=order)


def _device_of(request: HttpRequest) -> UUID:
    try:
        return UUID(str(json.loads(request.body)["device"]))
    except (ValueError, KeyError, TypeError):
        return UUID(int=0)


def _compressed(request: HttpRequest, content: dict[str, Any]) -> HttpResponse:
    response = answered(content)
    if len(response.content) > WORTH_COMPRESSING and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(response.content, compresslevel=LEVEL, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
    return response
