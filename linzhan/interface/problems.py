"""What went wrong, as RFC 9457 problem documents: a stable ``type``, Chinese words, errors by field.

A row out of the reader's scope and one that does not exist get the same document, word for word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults

CONTENT_TYPE = "application/problem+json"
BASE = "/problems/"

KINDS = {
    "not-signed-in": (401, gettext_lazy("没有登录")),
    "sign-in-failed": (401, gettext_lazy("登录失败")),
    "locked-out": (429, gettext_lazy("登录暂时锁定")),
    "not-allowed": (403, gettext_lazy("没有权限")),
    "csrf": (403, gettext_lazy("请求来源无法确认")),
    "password-change-required": (403, gettext_lazy("须先修改密码")),
    "kept-elsewhere": (403, gettext_lazy("不由您维护")),
    "not-found": (404, gettext_lazy("没有找到")),
    "method-not-allowed": (405, gettext_lazy("不支持这种请求")),
    "conflict": (409, gettext_lazy("与已有内容冲突")),
    "too-large": (413, gettext_lazy("文件太大")),
    "invalid": (422, gettext_lazy("内容有误")),
    "unreadable-file": (422, gettext_lazy("文件无法读取")),
    "malformed": (400, gettext_lazy("请求无法读取")),
    "failed": (500, gettext_lazy("系统出错")),
    "busy": (503, gettext_lazy("平台正忙")),
}
"""The last part of each stable ``type`` with its status and title."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field; ``field`` is its name, empty for the whole."""

    field: str
    message: str


@dataclass(eq=False)
class Problem(Exception):
    """Raised anywhere in the interface; becomes the answer."""

    kind: str
    detail: str = ""
    errors: Sequence[FieldError] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return KINDS[self.kind][0]

    def document(self, instance: str) -> dict[str, object]:
        """The members of RFC 9457, and ``errors`` by field where there are any."""
        status, title = KINDS[self.kind]
        found: dict[str, object] = {
            "type": f"{BASE}{self.kind}",
            "title": str(title),
            "status": status,
            "detail": self.detail or str(title),
            "instance": instance,
        }
        if self.errors:
            found["errors"] = [{"field": each.field, "message": each.message} for each in self.errors]
        return found


def not_found() -> Problem:
    """The one answer for what is not there and what the reader may not see."""
    return Problem("not-found", _("没有这条记录，或者它不在您的管辖范围内"))


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """``problem`` as the response."""
    text = json.dumps(problem.document(request.path), ensure_ascii=False)
    response = HttpResponse(text, status=problem.status, content_type=CONTENT_TYPE)
    for name, value in problem.headers.items():
        response[name] = value
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read: a problem document for a program, the house's page for a person."""
    if request.path.startswith("/api/"):
        return answer(request, Problem("malformed", _("地址或内容里有无法识别的字符")))
    return defaults.bad_request(request, exception)
