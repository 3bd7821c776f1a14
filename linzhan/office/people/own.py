"""我的任职: everything that is kept of the reader as a worker, and the word against a sanction (FIL-08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linzhan.casework.api.mine import VIEW_OWN_SERVICE
from linzhan.kernel.access import needs
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.reading import Referred, records
from linzhan.kernel.steps import StepRefused
from linzhan.office import parts
from linzhan.office.people.telling import lines
from linzhan.office.registers.naming import heading
from linzhan.office.registers.showing import kind_of
from linzhan.office.requests import at_desk
from linzhan.workforce.api import SocialWorker, assignment_checks, object_to, sanctions_of

KEPT = (
    "assignments",
    "leaving-requests",
    "vettings",
    "certificate-registrations",
    "education-credits",
    "exam-entries",
    "pay-placements",
    "promotions",
    "post-appointments",
    "appraisals",
    "conduct-cases",
    "awards",
)
AT_MOST = 20
HEARABLE = ("已告知", "已申辩")


@needs(VIEW_OWN_SERVICE)
@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """``/mine/employment/``: of the register row that the appointment names as the reader's, unmasked."""
    worker = _worker(request)
    context: dict[str, object] = {
        "head": parts.PageHead(
            name=_("我的任职"),
            lead=_(
                "登记的关于您的全部内容：派任、查询、证书、薪酬、考核，以及正在对您办理的事项。有不对的请告诉登记的人更正。"
            ),
        ),
        "nobody": None
        if worker
        else parts.Empty(
            title=_("这个账号还没有关联社工档案"), body=_("请管理员在您的任职里选定“本人档案”。")
        ),
    }
    if worker is not None:
        context |= {
            "checks": lines(_checks(worker), _("任用核对")),
            "tables": [table for key in KEPT if (table := _table(REGISTERS[key], worker.pk)) is not None],
            "sanctions": [_told(each) for each in sanctions_of(worker.pk)],
        }
    return render(request, "office/people/own.html", context)


@needs(VIEW_OWN_SERVICE)
@require_POST
def answer(request: HttpRequest, sanction_id: UUID) -> HttpResponse:
    """``/mine/employment/<id>/answer/``: the reader's word against a sanction that they were told of."""
    words = request.POST.get("objection", "").strip()
    if not words:
        messages.warning(request, _("请写下您的陈述申辩"))
        return HttpResponseRedirect("/mine/employment/")
    try:
        object_to(sanction_id, words)
    except LookupError:
        raise Http404 from None
    except StepRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("已收到您的陈述申辩，作出决定的人会看到并答复"))
    return HttpResponseRedirect("/mine/employment/")


def _worker(request: HttpRequest) -> SocialWorker | None:
    held = at_desk(request).appointment
    identity = held.person_id if held is not None else None
    return SocialWorker.objects.filter(pk=identity).first() if identity else None


def _checks(worker: SocialWorker) -> Sequence[Any]:
    return assignment_checks(
        worker.pk,
        region=worker.region_code,
        on=timezone.localdate(),
        with_minors=True,
        share=None,
        project_id=None,
    )


def _table(register: Register, worker: UUID) -> parts.Table | None:
    """The rows of a register about one person, as they stand; None where there are none."""
    rows = register.model._default_manager.filter(worker=worker).order_by("-pk")[:AT_MOST]
    columns = [c for c in register.sheet.columns if c.name not in ("code", "worker", "region")]
    found = list(records(register, rows, columns, whole=True))
    shown = [c for c in columns if any(row[c.name] not in (None, "", []) for row in found)]
    if not shown:
        return None
    return parts.Table(
        id=f"own-{register.key}",
        caption=register.name,
        columns=[
            parts.TableColumn(key=c.name, label=heading(c), kind=kind_of(c), unit=c.unit, lead=c is shown[0])
            for c in shown
        ],
        rows=[parts.TableRow(cells={c.name: _plain(row[c.name]) for c in shown}) for row in found],
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Referred):
        return value.title or value.key
    if isinstance(value, list):
        return "、".join(str(_plain(each)) for each in value)
    return value


def _told(sanction: Mapping[str, Any]) -> dict[str, object]:
    """A sanction as the person is told of it, with the form for an answer while there is time."""
    until = sanction["objection_until"]
    open_until = until is not None and timezone.localdate() <= until and sanction["stage"] in HEARABLE
    labels = (
        ("because", _("情形")),
        ("facts", _("事实")),
        ("reasons", _("理由和依据")),
        ("objection", _("我的陈述申辩")),
        ("decision", _("决定和答复")),
    )
    return {
        "stage": sanction["stage"],
        "facts": [
            parts.Fact(_("状态"), sanction["stage"]),
            parts.Fact(_("告知日期"), sanction["notified_on"], "date"),
            parts.Fact(_("申辩截止"), until, "date"),
            *(parts.Fact(label, sanction[name], long=True) for name, label in labels if sanction[name]),
            *([parts.Fact(_("限制至"), sanction["ends_on"], "date")] if sanction["ends_on"] else []),
        ],
        "url": f"/mine/employment/{sanction['id']}/answer/" if open_until else "",
        "field": parts.Field(
            name="objection",
            label=_("陈述申辩"),
            kind="textarea",
            value=sanction["objection"],
            required=True,
            rows=5,
            max_length=5000,
            help=_("写明事实和您的意见；作出决定前可以再改。只有经办部门看得到。"),
        ),
    }
