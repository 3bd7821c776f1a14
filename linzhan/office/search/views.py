"""``/search/``: the page, and the suggestions under the search box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from linzhan.kernel.access import SIGNED_IN, needs
from linzhan.office import parts
from linzhan.office.requests import at_desk
from linzhan.office.search.finding import groups

SUGGESTED, LISTED = 5, 20


def _text(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:100]


@needs(SIGNED_IN)
def suggest(request: HttpRequest) -> HttpResponse:
    text = _text(request)
    found = groups(text, at_desk(request).rights, limit=SUGGESTED)
    return render(request, "office/parts/search_results.html", {"q": text, "groups": found})


@needs(SIGNED_IN)
def page(request: HttpRequest) -> HttpResponse:
    text = _text(request)
    name = _("搜索“%(text)s”") % {"text": text} if text else _("搜索")
    context = {
        "head": parts.PageHead(name=name),
        "q": text,
        "field": parts.Field(name="q", label=_("编号或名称"), kind="search", value=text, autofocus=not text),
        "groups": groups(text, at_desk(request).rights, limit=LISTED),
        "empty": parts.Empty(
            title=_("没有找到“%(text)s”") % {"text": text},
            body=_("可以输姓名或名称中的几个字、拼音、拼音首字母，编号的开头，或完整的证件号码、信用代码。"),
            icon="search",
        ),
    }
    return render(request, "office/search/page.html", context)
