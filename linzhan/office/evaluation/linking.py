"""Links for those who were drawn, handed out by those who ask: slips to cut apart, a list to send texts from.

A slip carries the number of the draw and nothing else about a person; the list besides that the station that is
asked about. Who took links out and why is written down where reveals are (EVL-22, NFR-05).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linzhan.kernel.access import needs
from linzhan.kernel.audit import note_reveal
from linzhan.kernel.documents import pdf, square
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.writing import write_sheets
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from linzhan.office import parts
from linzhan.office.evaluation.surveyed import asked_survey
from linzhan.office.sending import PDF, XLSX, sent
from linzhan.quality.api import (
    ASK_PEOPLE,
    Link,
    SatisfactionSurvey,
    SurveyStage,
    issue_links,
    to_be_linked,
)

PAPER: Final = Path(__file__).with_name("slips.typ")
SLIPS, LINES = 200, 5_000
"""At once: 25 pages of slips, and lines of a list; some three seconds of one process each."""
LONGEST: Final = 200
LONGEST_NAME: Final = 40  # characters of a survey's name that a slip has room for
FIELD: Final = "应访链接"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: from one number to another, what for, and how."""

    first: str
    last: str
    reason: str
    kind: str

    @property
    def fault(self) -> str:
        if not all(each.isdecimal() and len(each) < 8 for each in (self.first, self.last) if each):
            return _("从几号到几号请填数字，不填就是全部")
        if self.first and self.last and int(self.first) > int(self.last):
            return _("“到几号”不能小于“从几号”")
        return "" if self.reason else _("请写明做什么用，会记入查看记录")

    @property
    def most(self) -> int:
        return LINES if self.kind == "xlsx" else SLIPS

    @property
    def span(self) -> tuple[int | None, int | None]:
        return int(self.first) if self.first else None, int(self.last) if self.last else None


@needs(ASK_PEOPLE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """``/evaluation/surveys/<id>/links/``: whom to give links, what for, and then the slips or the list."""
    held = asked_survey(request, survey_id)
    if held.stage != SurveyStage.OPEN:
        raise Http404
    given = request.POST
    wanted = Wanted(
        given.get("first", "").strip(),
        given.get("last", "").strip(),
        given.get("reason", "").strip()[:LONGEST],
        given.get("as", ""),
    )
    wrong = ""
    if request.method == "POST":
        found = _handed_out(request, held, wanted)
        if isinstance(found, HttpResponse):
            return found
        wrong = found
    return render(
        request,
        "office/evaluation/links.html",
        _page(request, held, wanted, wrong),
        status=422 if wrong else 200,
    )


def _page(request: HttpRequest, held: SatisfactionSurvey, wanted: Wanted, wrong: str) -> dict[str, object]:
    rows = to_be_linked(held)
    local = _("没有设对外网址（LINZHAN_PUBLIC_URL），链接以 %s 开头，只在能打开这个网址的地方有效")
    return {
        "head": parts.PageHead(
            name=_("印发链接"),
            place=held.name,
            place_url=f"/r/satisfaction-surveys/{held.pk}/",
            lead=_("一人一个链接，只能答一次；谁拿到都能答，请只交给本人，不要经被评的站点转交。"),
            facts=[
                parts.Fact(_("可以发的"), rows.count(), kind="number"),
                parts.Fact(_("其中已经发过"), rows.filter(door__isnull=False).count(), kind="number"),
            ],
            troubles=[]
            if settings.PUBLIC_URL
            else [parts.Notice(text=local % request.build_absolute_uri("/"), tone="warning")],
        ),
        "wrong": wrong,
        "range": [
            parts.Field(name="first", label=_("从几号"), kind="number", value=wanted.first, optional=True),
            parts.Field(name="last", label=_("到几号"), kind="number", value=wanted.last, optional=True),
        ],
        "reason": parts.Field(
            name="reason", label=_("用途"), value=wanted.reason, required=True, max_length=LONGEST,
            placeholder=_("如 第三方上门发放、短信群发"),
        ),
        "back_url": reverse("office:survey-draws", args=[held.pk]),
    }  # fmt: skip


def _handed_out(request: HttpRequest, held: SatisfactionSurvey, wanted: Wanted) -> HttpResponse | str:
    """The file; or what is in its way, in Chinese."""
    if wanted.fault:
        return wanted.fault
    draws = list(to_be_linked(held, *wanted.span)[: wanted.most + 1])
    if not draws:
        return _("这一段没有可以发链接的人：答过的、谢绝的不再发")
    if len(draws) > wanted.most:
        return _("一次最多 %d 份，请填从几号到几号，分几次印") % wanted.most
    try:
        found = issue_links(held, draws)
    except StepRefused as refused:
        return str(refused)
    _note(held, found, wanted.reason)
    name = f"{held.name}{FIELD}{found[0].number}—{found[-1].number}"
    if wanted.kind == "xlsx":
        return sent(_listed(request, found), XLSX, f"{name}.xlsx")
    return sent(_slips(request, held, found), PDF, f"{name}.pdf")


def _address(request: HttpRequest, link: Link) -> str:
    """As the world calls this instance; where it has no such name, as this browser does."""
    path = reverse("office:answer", args=[link.code])
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def _slips(request: HttpRequest, held: SatisfactionSurvey, found: Sequence[Link]) -> bytes:
    told = {
        "title": Truncator(held.name).chars(LONGEST_NAME),
        "number": _("编号"),
        "lines": [
            _("请用手机扫码，或在浏览器里输入下面的网址，不用注册，只能答一次。"),
            _("不记名，站点和机构看不到是谁答的。"),
            _("答不答由您，不答不影响您得到的任何服务。"),
        ],
        "slips": [_slip(each, _address(request, each)) for each in found],
    }
    return pdf(PAPER, told, made_at=timezone.now())


def _slip(link: Link, address: str) -> dict[str, object]:
    """The address in two lines: what is the same for all, and what is this one's."""
    return {
        "number": link.number,
        "address": address[: address.index(link.code)],
        "code": link.code,
        "square": square(address),
    }


SHEET: Final = Sheet(
    name=FIELD,
    columns=(
        Column(name="number", header="编号", kind=Kind.INTEGER),
        Column(name="station", header="评哪个站点"),
        Column(name="link", header="链接"),
    ),
)


def _listed(request: HttpRequest, found: Sequence[Link]) -> bytes:
    ids = {each.station_id for each in found if each.station_id}
    names = dict(Station.objects.filter(pk__in=ids).values_list("pk", "name"))
    rows = [
        {
            "number": each.number,
            "station": names.get(each.station_id) if each.station_id else _("全部"),
            "link": _address(request, each),
        }
        for each in found
    ]
    with TemporaryDirectory(prefix="linzhan-") as directory:
        path = Path(directory) / "links.xlsx"
        write_sheets(path, [(SHEET, rows)])
        return path.read_bytes()


def _note(held: SatisfactionSurvey, found: Sequence[Link], reason: str) -> None:
    """Write down who took links out and why."""
    numbers = _("%(first)d—%(last)d 号，%(n)d 份") % {
        "first": found[0].number, "last": found[-1].number, "n": len(found),
    }  # fmt: skip
    place = {"id": held.pk, "region_code": held.region_code}
    note_reveal(SatisfactionSurvey, place, field=FIELD, reason=f"{reason}（{numbers}）")
