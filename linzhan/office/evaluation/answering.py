"""A survey answered by a personal link, on one's own phone and without an account (EVL-03, EVL-22).

The page says what is asked, and nothing about who opens it. The code in the address is all that lets somebody
in, so there is no cookie to forge a request with and nothing of the address goes on to anybody else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from linzhan.kernel.access import PUBLIC, needs
from linzhan.kernel.periods import parse_period
from linzhan.kernel.steps import StepRefused
from linzhan.office.regions.names import name_of
from linzhan.quality.api import (
    Invitation,
    Question,
    Standing,
    answer_by_link,
    invited_by,
    questions_of,
    refuse_by_link,
)

PAGE: Final = "office/evaluation/answering.html"
HEADERS: Final = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
KNOCK: Final = {"username": "应访链接"}
"""Under what name the lock of the sign-in page counts wrong codes of an address."""
RATINGS: Final = (
    ("1", "1 分，很不满意"),
    ("2", "2 分，不太满意"),
    ("3", "3 分，一般"),
    ("4", "4 分，比较满意"),
    ("5", "5 分，很满意"),
)
YES_NO: Final = (("是", "是"), ("否", "否"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page shows it; without choices it is answered in words."""

    name: str
    label: str
    value: str
    choices: Sequence[tuple[str, str]]


@needs(PUBLIC)
@csrf_exempt  # nothing but the code lets anybody in, and a page without referrer sends no origin to check
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, code: str) -> HttpResponse:
    """``/s/<code>/``: the questions while they are open, otherwise one calm sentence."""
    found = invited_by(code)
    if found is None:
        return _unknown(request)
    if request.method == "POST" and found.standing in (Standing.ASKED, Standing.REFUSED):
        return _taken(request, found, code)
    return _shown(request, found)


def _taken(request: HttpRequest, found: Invitation, code: str) -> HttpResponse:
    given = [_written(request.POST, place) for place in range(len(questions_of(found.survey.questions)))]
    refuses = "refuse" in request.POST
    if not refuses and not any(given):
        return _shown(request, found, wrong=_("还没有回答：请至少答一题。不想答的，请按“我不想参加”"))
    try:
        if refuses:
            refuse_by_link(found)
        else:
            answer_by_link(found, given)
    except StepRefused as refused:
        now = invited_by(code)  # it may have been answered, or have ended, in the meantime
        if now is None:
            return _unknown(request)
        still = now.standing in (Standing.ASKED, Standing.REFUSED)
        return _shown(request, now, wrong=str(refused) if still else "")
    return HttpResponseRedirect(request.path, headers=HEADERS)


def _written(posted: QueryDict, place: int) -> str:
    """An answer as it was typed; browsers send a line's end as two characters."""
    return posted.get(f"q{place}", "").replace("\r\n", "\n").strip()


def _shown(request: HttpRequest, found: Invitation, *, wrong: str = "") -> HttpResponse:
    standing = found.standing
    asks = standing == Standing.ASKED or (standing == Standing.REFUSED and (wrong or "again" in request.GET))
    questions = questions_of(found.survey.questions) if asks else []
    context = {
        "state": Standing.ASKED.name if asks else standing.name,
        "survey": found.survey,
        "about": found.station or _("%s的社会工作服务") % name_of(found.survey.region_code),
        "period": parse_period(found.survey.period).label,
        "questions": [_asked(each, place, request.POST) for place, each in enumerate(questions)],
        "wrong": wrong,
    }
    return _page(request, context, 422 if wrong else 200)


def _asked(question: Question, place: int, posted: QueryDict) -> Asked:
    choices = {"评分": RATINGS, "是否": YES_NO}.get(question.kind, ())
    return Asked(f"q{place}", f"{place + 1}. {question.text}", _written(posted, place), choices)


def _unknown(request: HttpRequest) -> HttpResponse:
    """The same for a code that never was and one that was never handed out; an address may not try for ever.

    A code that is right opens from any address: many people share one, and a code is not found by trying.
    """
    many = _too_many(request)
    answer = _page(request, {"state": "LOCKED" if many else "UNKNOWN"}, 429 if many else 404)
    if many:
        answer.headers["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return answer


def _page(request: HttpRequest, context: Mapping[str, object], status: int) -> HttpResponse:
    answer = render(request, PAGE, dict(context), status=status)
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer


def _too_many(request: HttpRequest) -> bool:
    """Whether this address has tried too many wrong codes; counts this one where it has not.

    The lock is told the network address alone: neither the code nor what was typed.
    """
    knock = HttpRequest()
    knock.META = {
        name: value
        for name, value in request.META.items()
        if name == "REMOTE_ADDR" or name.startswith("HTTP_X_")
    }
    if not AxesProxyHandler.is_allowed(knock, KNOCK):
        return True
    AxesProxyHandler.user_login_failed(sender=by_link, credentials=KNOCK, request=knock)
    return False
