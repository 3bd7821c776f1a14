"""``/desks/<desk>/``: all that a desk has besides its menu, for whoever looks for a list and not for a person's file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.kernel.access import SIGNED_IN, needs
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.office.frame import further
from linzhan.office.navigation import DESKS
from linzhan.office.parts import Duty, PageHead
from linzhan.office.registers.naming import heading
from linzhan.office.requests import at_desk

LIST = "/r/"


@needs(SIGNED_IN)
@require_safe
def desk(request: HttpRequest, icon: str) -> HttpResponse:
    """Pages and lists of one desk; as if it did not exist where the reader's rights open none."""
    name = next((each.key for each in DESKS if each.icon == icon), "")
    found = further(at_desk(request).rights).get(name)
    if not found:
        raise Http404
    pages = [Duty(title=label, url=url) for _order, label, url in found if not url.startswith(LIST)]
    lists = [
        Duty(title=label, url=url, note=_holds(url.removeprefix(LIST).strip("/")))
        for _order, label, url in found
        if url.startswith(LIST)
    ]
    context = {
        "head": PageHead(
            name=_("更多"),
            place=_(name),
            lead=_("这些平时在对象、个案、小组的页面上办理；需要整本查找、导出时从这里进。"),
        ),
        "sections": [(_("办理"), pages), (_("台账"), lists)],
    }
    return render(request, "office/home/desk.html", context)


def _holds(key: str) -> str:
    """What a list is about, in the words of its columns."""
    register = REGISTERS[key]
    return _("、").join(heading(register.column(name)) for name in register.listed)
