"""``/checks/``: the checks with their rates; ``/checks/<code>/``: one of them; ``/checks/mine/``: what is asked of me."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.kernel.access import needs
from linzhan.office import parts
from linzhan.office.figures.asked import own_region
from linzhan.office.plausibility.asking import asked_of_me
from linzhan.office.warning.views import thresholds_table
from linzhan.oversight.api import CHECKS, REPLY_FLAGS, VIEW_CHECKS, Rate, rates
from linzhan.policy.api import consulting

SHOWN = 100


@needs(VIEW_CHECKS)
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """The catalogue: printed from the registry, with how often each asked in vain."""
    known, region = rates(), own_region(request)
    with consulting(ahead=True):
        methods = {
            each.code: str(each.unable) or each.method(region, timezone.localdate()) for each in CHECKS
        }
    context = {
        "head": parts.PageHead(
            name=_("可信度核对"),
            count=_("共 %d 项") % len(CHECKS),
            lead=_(
                "核对发现的是疑点，不是结论：先由社工本人说明，再由他人核实；只有核实为“属实”的才作数。误报率公开，"
                "误报多的核对应当调整参数。"
            ),
        ),
        "note": _("误报率 = 说明成立 ÷ 已核实，按全平台累计；核实不足 5 个的不算"),
        "table": parts.Table(
            caption=_("可信度核对"),
            columns=[
                parts.TableColumn(key="check", label=_("核对"), lead=True),
                parts.TableColumn(key="formula", label=_("判断方法")),
                parts.TableColumn(key="settled", label=_("已核实"), kind="number", unit="个"),
                parts.TableColumn(key="confirmed", label=_("属实"), kind="number", unit="个"),
                parts.TableColumn(key="rate", label=_("误报率")),
            ],
            rows=[
                parts.TableRow(
                    url=f"/checks/{each.code}/",
                    cells={
                        "check": f"{each.code} {each.name}",
                        "formula": methods[each.code],
                        **_rated(known.get(each.code, Rate()), made=not each.unable),
                    },
                )
                for each in sorted(CHECKS, key=lambda one: one.code)
            ],
        ),
    }
    return render(request, "office/warning/list.html", context)


def _rated(rate: Rate, *, made: bool) -> dict[str, object]:
    if not made:
        return {"settled": None, "confirmed": None, "rate": _("不核对")}
    told = _("核实不足，暂不计算") if rate.in_vain is None else f"{rate.in_vain:.0f}%"
    return {"settled": rate.settled, "confirmed": rate.confirmed, "rate": told}


@needs(VIEW_CHECKS)
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """One check: how it judges, what it does not look at, and its numbers here."""
    if code not in CHECKS:
        raise Http404
    asked = CHECKS[code]
    facts = [parts.Fact(_("判断方法"), asked.method(own_region(request), timezone.localdate()), long=True)]
    if asked.unable:
        facts.append(parts.Fact(_("为什么不核对"), str(asked.unable), long=True))
    else:
        facts.append(parts.Fact(_("常见的正常原因"), str(asked.innocent), long=True))
    if asked.partly:
        facts.append(parts.Fact(_("哪些不查"), str(asked.partly), long=True))
    context = {
        "head": parts.PageHead(
            name=f"{asked.code} {asked.name}", place=_("可信度核对"), place_url="/checks/"
        ),
        "facts": facts,
        "thresholds": thresholds_table(asked, own_region(request)),
    }
    return render(request, "office/plausibility/check.html", context)


@needs(REPLY_FLAGS)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Each question with a line to answer it in."""
    found = asked_of_me().order_by("answer_by", "pk")[:SHOWN]
    context = {
        "head": parts.PageHead(
            name=_("问我的疑点"),
            lead=_(
                "平台核对记录时看到这些情形，先听您说明。一句话就行；说明以后由别人核实，不作数的不留影响。"
            ),
        ),
        "flags": [
            {
                "url": f"/r/plausibility-flags/{each.pk}/",
                "title": f"{each.rule} {CHECKS[each.rule].name}",
                "message": each.message,
                "until": each.answer_by,
                "late": each.answer_by < timezone.localdate(),
                "id": each.pk,
            }
            for each in found
        ],
        "nothing": parts.Empty(title=_("没有问您的疑点"), body=_("有的时候工作台会提醒您。")),
    }
    return render(request, "office/plausibility/mine.html", context)
