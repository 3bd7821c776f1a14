"""Pairs of files that may be of one person: looked at side by side, decided by a person, taken back if need be."""

from __future__ import annotations

from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linzhan.casework.api import RESIDENTS, Resident
from linzhan.casework.api.merging import (
    MERGE,
    DuplicatePair,
    MergeRefused,
    Merging,
    PairState,
    find_soon,
    look_again,
    merge,
    set_apart,
    undo_merge,
)
from linzhan.kernel import places
from linzhan.kernel.access import needs
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import look_up
from linzhan.kernel.scope import current_scope
from linzhan.office import parts
from linzhan.office.merging import comparing
from linzhan.office.registers.showing import referred_text

SHOWN = 200
COUNTY = 3


@needs(MERGE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """``/residents/duplicates/``: the pairs of the reader's area, by what became of them."""
    state = request.GET.get("state", PairState.OPEN.value)
    if state not in PairState.values:
        raise Http404
    pairs = list(DuplicatePair.objects.filter(state=state).order_by("-pk")[: SHOWN + 1])
    context = {
        "head": _head(),
        "tabs": [
            parts.Tab(str(each.label), f"?state={each.value}", each.value == state) for each in PairState
        ],
        "table": _table(pairs, state),
    }
    return render(request, "office/merging/list.html", context)


def _head() -> parts.PageHead:
    county = _county()
    find = parts.Action(
        label=_("重新查找"),
        url="/residents/duplicates/find/",
        post=True,
        icon="search",
        confirm=_("在本县全部服务对象中重新查找？约需一分钟，在后台进行；已经判定过的不变。"),
    )
    return parts.PageHead(
        name=_("重复档案"),
        lead=_(
            "同一县里证件号码相同，或姓名相近、出生日期相同且同村同户的档案。请核对后合并，或标明不是同一人。"
        ),
        actions=[find] if county else [],
    )


def _county() -> str:
    """The county of a reader who answers for one."""
    regions = current_scope().regions
    return regions[0] if len(regions) == 1 and places.level_of(regions[0]) == COUNTY else ""


def _table(pairs: list[DuplicatePair], state: str) -> parts.Table:
    shown = pairs[:SHOWN]
    names = look_up(RESIDENTS, {pk for pair in shown for pk in (pair.first_id, pair.second_id)})
    text = _("共 %d 对") % len(shown) if len(pairs) <= SHOWN else _("%d 对以上") % SHOWN
    return parts.Table(
        caption=_("疑似重复的档案"),
        columns=[
            parts.TableColumn(key="first", label=_("服务对象"), lead=True),
            parts.TableColumn(key="second", label=_("另一份档案")),
            parts.TableColumn(key="reasons", label=_("理由")),
            *([parts.TableColumn(key="decided", label=_("处理"))] if state != PairState.OPEN else []),
        ],
        rows=[
            parts.TableRow(
                id=str(pair.pk),
                url=f"/residents/duplicates/{pair.pk}/",
                cells={
                    "first": _called(names.get(pair.first_id)),
                    "second": _called(names.get(pair.second_id)),
                    "reasons": "、".join(pair.reasons),
                    "decided": f"{pair.decided_by} {pair.decided_at:%Y-%m-%d} {pair.note}".strip()
                    if pair.decided_at
                    else "",
                },
            )
            for pair in shown
        ],
        pager=parts.Pager(text=text),
        empty=parts.Empty(
            title=_("没有这样的档案"), body=_("登记和导入服务对象时会自动查找，找到的列在这里。")
        ),
    )


def _called(referred: object) -> str:
    return f"{referred_text(referred)} {referred.key}" if referred is not None else "—"  # type: ignore[arg-type,attr-defined]  # a Referred


@needs(MERGE)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Have a worker look through the reader's county."""
    if county := _county():
        find_soon(county)
        messages.info(request, _("正在后台查找，稍后刷新本页"))
    return HttpResponseRedirect("/residents/duplicates/")


@needs(MERGE)
def pair(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """``/residents/duplicates/<id>/``: two files side by side, and the decision."""
    found = _seen(pair_id)
    ids = (found.first_id, found.second_id)
    wrong = ""
    if request.method == "POST":
        try:
            return _decided(request, found)
        except MergeRefused as refusal:
            wrong = str(refusal)
    given = request.POST.get("kept", "")
    sides = comparing.sides(ids, next((pk for pk in ids if str(pk) == given), None))
    kept = next(side.id for side in sides if side.kept)
    merged = Merging.objects.filter(kept__in=ids, gone__in=ids, undone_at__isnull=True).first()
    context = {
        "head": parts.PageHead(
            name=_("是不是同一个人"),
            place=_("重复档案"),
            place_url="/residents/duplicates/",
            status=parts.Status(found.state, "wait" if found.state == PairState.OPEN else "off"),
            facts=[parts.Fact(_("理由"), "、".join(found.reasons))],
        ),
        "wrong": parts.Notice(text=wrong, tone="error") if wrong else None,
        "sides": sides,
        "lines": comparing.lines(request, ids, kept),
        "open": found.state == PairState.OPEN,
        "apart": found.state == PairState.DIFFERENT,
        "merged": merged,
        "note": request.POST.get("note", "") or found.note,
    }
    return render(request, "office/merging/pair.html", context, status=422 if wrong else 200)


def _seen(pair_id: UUID) -> DuplicatePair:
    """404 unless the pair and both its files are seen from here."""
    found = DuplicatePair.objects.filter(pk=pair_id).first()
    if found is None or Resident.objects.filter(pk__in=(found.first_id, found.second_id)).count() != 2:
        raise Http404
    return found


def _decided(request: HttpRequest, found: DuplicatePair) -> HttpResponse:
    note, decision = request.POST.get("note", "")[:200], request.POST.get("decision", "")
    if decision == "apart":
        set_apart(found.pk, note=note)
        messages.success(request, _("已记为不是同一人，不再提示"))
        return HttpResponseRedirect("/residents/duplicates/")
    if decision == "again":
        look_again(found.pk)
        return HttpResponseRedirect(f"/residents/duplicates/{found.pk}/")
    ids = (found.first_id, found.second_id)
    kept = next((pk for pk in ids if str(pk) == request.POST.get("kept")), None)
    if decision != "merge" or kept is None:
        raise MergeRefused(_("请选择保留哪一份档案"))
    gone = next(pk for pk in ids if pk != kept)
    made = merge(kept=kept, gone=gone, taken=comparing.taken(request.POST, ids, kept), note=note)
    messages.success(request, _("已合并，可随时撤销"))
    return HttpResponseRedirect(f"/residents/mergings/{made.pk}/")


@needs(MERGE)
@require_safe
def merging(request: HttpRequest, merging_id: UUID) -> HttpResponse:
    """``/residents/mergings/<id>/``: what went over, and the way back."""
    found = Merging.objects.filter(pk=merging_id).first()
    if found is None:
        raise Http404
    names = {register.key: register.name for register in REGISTERS}
    names |= {model._meta.db_table: str(model._meta.verbose_name) for model in apps.get_models()}
    codes = dict(Resident.objects.filter(pk__in=(found.kept_id, found.gone_id)).values_list("pk", "code"))
    undone = found.undone_at is not None
    context = {
        "head": parts.PageHead(
            name=_("档案合并"),
            place=_("重复档案"),
            place_url="/residents/duplicates/?state=已合并",
            status=parts.Status(_("已撤销"), "off") if undone else parts.Status(_("已合并"), "good"),
            facts=[
                parts.Fact(_("保留"), codes.get(found.kept_id), url=f"/r/residents/{found.kept_id}/"),
                parts.Fact(_("并入"), codes.get(found.gone_id), url=f"/r/residents/{found.gone_id}/"),
                parts.Fact(_("合并人"), found.merged_by),
                parts.Fact(_("合并时间"), found.merged_at, "moment"),
            ],
        ),
        "moved": comparing.moved(found.snapshot, names),
        "note": found.note,
        "undo_url": "" if undone else f"/residents/mergings/{found.pk}/undo/",
        "undone": [
            parts.Fact(_("撤销人"), found.undone_by),
            parts.Fact(_("撤销时间"), found.undone_at, "moment"),
        ]
        if undone
        else [],
    }
    return render(request, "office/merging/merging.html", context)


@needs(MERGE)
@require_POST
def undo(request: HttpRequest, merging_id: UUID) -> HttpResponse:
    """Take the two files apart again."""
    if not Merging.objects.filter(pk=merging_id).exists():
        raise Http404
    try:
        back = undo_merge(merging_id)
        messages.success(
            request, _("已撤销，%d 条记录回到原来的档案；合并以后新登记的仍在保留的档案上") % back
        )
    except MergeRefused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(f"/residents/mergings/{merging_id}/")
